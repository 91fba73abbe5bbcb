import { expect, test } from '@playwright/test';
import { finished, isEditState, problems, sameState, startEdit, startNew } from '../../../extension/ui/items/edit-state.ts';
import { unnamedFields } from '../../../extension/ui/items/fields.ts';
import { checkOtp } from '../../../extension/ui/items/otp-secret.ts';
import { acceptTag, parseTags, suggestTags } from '../../../extension/ui/items/tags.ts';
import { completed, nameFromHost, openable, shown, stored, websiteProblem } from '../../../extension/ui/items/website.ts';

test.describe('one-time code secret', () => {
  test('base32 as sites show it', () => {
    expect(checkOtp('')).toEqual({ state: 'empty' });
    expect(checkOtp('JBSW Y3DP-EHPK 3PXP').state).toBe('good');
    expect(checkOtp('jbswy3dpehpk3pxp====').state).toBe('good');
  });
  test('slips are named', () => {
    expect(checkOtp('JBSWY3DPEHPK3PX0')).toEqual({ state: 'bad', reason: 'character', char: '0' });
    expect(checkOtp('JBSWY3')).toEqual({ state: 'bad', reason: 'short' });
    expect(checkOtp('otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP&counter=1')).toEqual({ state: 'bad', reason: 'counter' });
    expect(checkOtp('otpauth://totp/x')).toEqual({ state: 'bad', reason: 'no-secret' });
    expect(checkOtp('https://example.com')).toEqual({ state: 'bad', reason: 'not-otpauth' });
    expect(checkOtp('otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=4')).toEqual({ state: 'bad', reason: 'options' });
    expect(checkOtp('otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&period=0')).toEqual({ state: 'bad', reason: 'options' });
    expect(checkOtp('otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&algorithm=MD5')).toEqual({ state: 'bad', reason: 'options' });
  });
  test('otpauth address', () => {
    expect(checkOtp('otpauth://totp/Bank:ann%40x.org?secret=JBSWY3DPEHPK3PXP&digits=8&period=60&algorithm=SHA256')).toEqual({
      state: 'good',
      digits: 8,
      period: 60,
      algorithm: 'SHA256',
      label: 'Bank:ann@x.org',
    });
    expect(checkOtp('otpauth://totp/%E0%A4%A?secret=JBSWY3DPEHPK3PXP').state).toBe('good');
  });
});

test.describe('websites', () => {
  test('S-79: only http and https can be opened', () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'chrome://settings',
      'vbscript:x',
      'blob:https://x',
      'JaVaScRiPt://%0aalert(1)',
      ' javascript:alert(1)',
      'java\nscript:alert(1)',
    ]) {
      expect(openable({ url, match: 'host' }), url).toBeNull();
    }
    expect(openable({ url: 'example.com/login', match: 'host' })).toBe('https://example.com/login');
    expect(openable({ url: 'http://example.com', match: 'host' })).toBe('http://example.com/');
    expect(openable({ url: 'https://.*', match: 'regex' })).toBeNull();
  });
  test('the scheme that was left out', () => {
    expect(completed('example.com')).toBe('https://example.com');
    expect(completed('example.com:8443/x')).toBe('https://example.com:8443/x');
    expect(completed('localhost:3000')).toBe('http://localhost:3000');
    expect(completed('127.0.0.1')).toBe('http://127.0.0.1');
    expect(completed('[::1]:80')).toBe('http://[::1]:80');
    expect(completed('localhost.evil.example')).toBe('https://localhost.evil.example');
    expect(completed('http://example.com')).toBe('http://example.com');
  });
  test('problems', () => {
    expect(websiteProblem({ url: '', match: 'host' })).toBeNull();
    expect(websiteProblem({ url: 'two words', match: 'host' })).toBe('not-address');
    expect(websiteProblem({ url: 'javascript:alert(1)', match: 'host' })).toBe('not-web');
    expect(websiteProblem({ url: 'https://ann:secret@example.com', match: 'host' })).toBe('not-address');
    expect(websiteProblem({ url: '(', match: 'regex' })).toBe('regex');
    expect(websiteProblem({ url: '^https://[a-z]+\\.example\\.com/', match: 'regex' })).toBeNull();
  });
  test('shown without what says nothing, but http is said', () => {
    expect(shown({ url: 'https://example.com/', match: 'host' })).toBe('example.com');
    expect(shown({ url: 'http://example.com/a?b', match: 'host' })).toBe('http://example.com/a?b');
    expect(shown({ url: 'https://аpple.com', match: 'host' })).toBe('xn--pple-43d.com');
  });
  test('S-67: a host in another script is stored in its ASCII form', () => {
    expect(stored({ url: 'bücher.example/käse', match: 'host' }).url).toBe('https://xn--bcher-kva.example/k%C3%A4se');
    expect(stored({ url: ' example.com ', match: 'host' }).url).toBe('https://example.com');
    expect(stored({ url: '^https://ü', match: 'regex' }).url).toBe('^https://ü');
  });
  test('names from hosts', () => expect(nameFromHost('www.example.org:8080')).toBe('example.org'));
});

test.describe('tags', () => {
  test('split, trimmed, no doubles', () =>
    expect(parseTags(' work, Bank ;work,, BANK , two  words')).toEqual(['work', 'Bank', 'two words']));
  test('suggestions follow what is typed', () => {
    expect(suggestTags('work, ba', ['bank', 'Ball', 'work'])).toEqual(['bank', 'Ball']);
    expect(suggestTags('work, ', ['bank'])).toEqual([]);
    expect(acceptTag('work, ba', 'bank')).toBe('work, bank, ');
  });
});

test.describe('editor', () => {
  test('a new login starts from the tab', () => {
    const state = startNew('login', { origin: 'https://www.example.com', host: 'www.example.com' });
    expect(state.item.name).toBe('example.com');
    expect(state.item.websites).toEqual([{ url: 'https://www.example.com', match: 'host' }]);
    expect(startNew('note', { origin: 'https://x.org', host: 'x.org' }).item.websites).toEqual([]);
  });
  test('problems are found where they are', () => {
    const state = startNew('login', null);
    state.item.websites = [
      { url: 'ok.example', match: 'host' },
      { url: 'not ok', match: 'host' },
    ];
    state.item.totp = 'ABC';
    state.item.custom = [{ name: '', kind: 'hidden', value: 'x' }];
    expect(problems(state).map((problem) => problem.field)).toEqual(['name', 'website-1', 'totp', 'custom-0']);
  });
  test('blanks are dropped and tags split on the way out', () => {
    const state = startNew('login', null);
    state.item.name = ' Bank ';
    state.item.websites = [
      { url: '', match: 'host' },
      { url: 'bank.example', match: 'site' },
    ];
    state.item.custom = [{ name: '', kind: 'text', value: '' }];
    state.item.fields = { a: '', b: 'kept' };
    state.tagLine = 'x, y';
    const out = finished(state);
    expect(out).toMatchObject({
      name: 'Bank',
      websites: [{ url: 'https://bank.example', match: 'site' }],
      custom: [],
      fields: { b: 'kept' },
      tags: ['x', 'y'],
    });
  });
  test('opening and leaving as it was is no change', () => {
    const item = { ...startNew('login', null).item, id: 'a', name: 'Bank', websites: [], tags: ['x'] };
    expect(sameState(startEdit(item), startEdit(structuredClone(item)))).toBe(true);
    expect(sameState(startEdit(item), startEdit({ ...item, password: 'p' }))).toBe(false);
  });
  test('drafts come back whole; what is no draft is refused', () => {
    const state = startNew('card', null);
    state.item.fields = { cardholder: 'Ann' };
    expect(isEditState(JSON.parse(JSON.stringify(state)))).toBe(true);
    const { item } = state;
    const wrong = [
      null,
      {},
      { item: {}, tagLine: '' },
      { item },
      { item: { ...item, name: 7 }, tagLine: '' },
      { item: { ...item, websites: {} }, tagLine: '' },
      { item: { ...item, fields: null }, tagLine: '' },
      { item: { ...item, kind: 'key' }, tagLine: '' },
    ];
    for (const value of wrong) expect(isEditState(value), JSON.stringify(value)).toBe(false);
  });
  test('fields of a newer version are kept in view', () => expect(unnamedFields('card', { pin: '1', loyalty: '2' })).toEqual(['loyalty']));
});
