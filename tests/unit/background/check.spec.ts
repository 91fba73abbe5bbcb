import { expect, test } from '@playwright/test';
import { b64, flag, id, list, oneOf, optional, orNull, shape, text, texts, variant, whole } from '../../../extension/background/check.ts';
import { itemEdit, listQuery, opener } from '../../../extension/background/ui/inputs.ts';

const SLOT = 'a'.repeat(32);
const KEY = 'A'.repeat(43);
const refused = (act: () => unknown): void => expect(act).toThrow(expect.objectContaining({ code: 'invalid' }));

test.describe('S-89: what crosses the boundary is built anew or refused', () => {
  test('simple values', () => {
    expect(text(3)('abc')).toBe('abc');
    refused(() => text(3)('abcd'));
    refused(() => text(3)(['a']));
    expect(whole(0, 9)(9)).toBe(9);
    for (const odd of [10, -1, 0.5, Number.NaN, '1', null]) refused(() => whole(0, 9)(odd));
    expect(oneOf(0, 1)(0)).toBe(0);
    refused(() => oneOf(0, 1)('0'));
    refused(() => flag(1));
    refused(() => id('A'.repeat(32)));
    expect(orNull(flag)(null)).toBe(null);
    refused(() => list(flag, 1)([true, true]));
  });
  test('base64url has one spelling and an exact length', () => {
    expect(b64(32)(KEY)).toBe(KEY);
    for (const odd of [`${KEY}=`, `${KEY}A`, KEY.slice(1), `${KEY.slice(1)}B`, `${KEY.slice(1)}+`]) refused(() => b64(32)(odd));
  });
  test('a shape takes exactly its fields', () => {
    const point = shape<{ x: number; label?: string }>({ x: whole(0, 9), label: optional(text(5)) });
    expect(point({ x: 1 })).toEqual({ x: 1 });
    expect(point({ x: 1, label: 'a' })).toEqual({ x: 1, label: 'a' });
    refused(() => point({}));
    refused(() => point({ x: 1, y: 2 }));
    refused(() => point({ x: 1, label: undefined }));
    refused(() => point(Object.create({ x: 1 })));
    refused(() => point([1]));
  });
  test('S-96: names that reach into prototypes are no names', () => {
    const hostile = JSON.parse('{"__proto__":"x"}');
    refused(() => texts(10, 10)(hostile));
    refused(() => texts(10, 10)({ 'a.b': 'x' }));
    expect(texts(10, 10)({ cardNumber: '4' })).toEqual({ cardNumber: '4' });
    refused(() => shape<object>({})(hostile));
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
  test('a variant is chosen by its own value only', () => {
    expect(opener({ by: 'password', slotId: SLOT, stretched: KEY })).toEqual({ by: 'password', slotId: SLOT, stretched: KEY });
    for (const by of ['toString', '__proto__', 'constructor', 'nobody', 7]) refused(() => opener({ by, slotId: SLOT, stretched: KEY }));
    refused(() => opener({ by: 'recovery', code: 'x', slotId: SLOT }));
    expect(variant<{ k: 'a' }>('k', { a: shape<{ k: 'a' }>({ k: oneOf('a') }) })({ k: 'a' })).toEqual({ k: 'a' });
  });
  test('the shapes in use accept what pages send', () => {
    expect(listQuery({ text: '', in: 'items', offset: 0, limit: 50 })).toBeTruthy();
    const edit = {
      id: '',
      kind: 'login',
      name: 'n',
      username: 'u',
      password: 'p',
      websites: [{ url: 'https://a.example', match: 'host' }],
      totp: '',
      notes: '',
      custom: [{ name: 'PIN', kind: 'hidden', value: '1' }],
      fields: {},
      tags: ['t'],
      favourite: false,
    };
    expect(itemEdit(edit)).toEqual(edit);
    refused(() => itemEdit({ ...edit, kind: 'root' }));
    refused(() => itemEdit({ ...edit, id: 'x' }));
  });
});
