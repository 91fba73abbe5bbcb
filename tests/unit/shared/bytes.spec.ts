import { expect, test } from '@playwright/test';
import { fromB64, toB64, utf8, wipe } from '../../../extension/shared/bytes.ts';

test('bytes survive the way to text and back', () => {
  for (const length of [0, 1, 2, 3, 31, 32, 33, 0x8000, 0x8001, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + length) % 256);
    const text = toB64(bytes);
    expect(text).toBe(Buffer.from(bytes).toString('base64url'));
    expect(fromB64(text)).toEqual(bytes);
  }
});

test('only one spelling is read', () => {
  // Padding, the other alphabet, white space, an impossible length, stray bits in the last character.
  for (const text of ['QQ==', '+/+/', 'QU FB', 'QUFB\n', 'Q', 'QR', 'é']) {
    expect(() => fromB64(text)).toThrow(expect.objectContaining({ code: 'invalid' }));
  }
});

test('wiping leaves zeros', () => {
  const bytes = utf8('secret');
  wipe(bytes, null, undefined);
  expect(bytes).toEqual(new Uint8Array(6));
});
