// The auth module as it ships: the same bytes as the references, and nothing left in its memory.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';

type Glue = typeof import('../../../build/wasm/auth/auth.js');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const SALT = utf8('sesame-salt-32-bytes-0123456789a');

let auth: Glue;
let memory: WebAssembly.Memory;
test.beforeAll(async () => {
  auth = await import(pathToFileURL('build/wasm/auth/auth.js').href);
  ({ memory } = auth.initSync({ module: readFileSync('build/wasm/auth/auth_bg.wasm') }));
});

const refusal = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (thrown) {
    return thrown;
  }
};

test('stretches as libargon2 does', () => {
  // As in crate/auth/src/kdf/tests.rs, where the command for each stands.
  for (const [typed, kdfId, expected] of [
    ['correct horse battery staple', 1, '1ed1304ffcd84bd6083f4d8f35c347fb0d0d36ba9f5318b01a9f80280e0a50a7'],
    ['correct horse battery staple', 2, 'c83f1ff051c8ed7bc1b875af16043aa321f7c5fd547aefcbb30ccccdca450188'],
    ['correct horse battery staple', 3, '927d2fe5f73a13293bf786269d24f10ca9e10f64260b22db22b4671876accfef'],
    ['cafe\u{301}', 1, 'c519b598862bfda43d8480beba078de65efe2598194837614843e630ae4d6ed7'],
  ] as const) {
    expect(hex(auth.stretch(utf8(typed), SALT, kdfId))).toBe(expected);
  }
});

test('S-01 S-02: only the three parameter sets exist', () => {
  for (let id = 0; id < 256; id += 1) {
    if (id >= 1 && id <= 3) continue;
    expect(refusal(() => auth.stretch(utf8('x'), SALT, id))).toEqual({ code: 'invalid', reason: 'unknown-kdf' });
  }
  expect(refusal(() => auth.stretch(utf8('x'), SALT.subarray(1), 1))).toEqual({ code: 'invalid', reason: 'salt-length' });
});

test('S-165: what can not be a password is named', () => {
  expect(auth.passwordProblem(utf8(''))).toBe('empty');
  expect(auth.passwordProblem(utf8('a\tb'))).toBe('forbidden');
  expect(auth.passwordProblem(utf8('x'.repeat(1025)))).toBe('too-long');
  expect(auth.passwordProblem(utf8('x'.repeat(1024)))).toBeUndefined();
  expect(refusal(() => auth.stretch(utf8(''), SALT, 1))).toEqual({ code: 'invalid', reason: 'empty' });
});

test('S-137: a hint with the password in it is refused', () => {
  expect(auth.checkHint(utf8('zanzibar-7'), 'it is ZANZIBAR')).toBe('shares-part');
  expect(auth.checkHint(utf8('zanzibar-7'), 'an island')).toBeUndefined();
});

test('S-99 S-100: after a derivation nothing of it is left in memory', () => {
  const password = utf8('canary: a password that stands nowhere else');
  const hint = 'canary hint, also unmistakable';
  const stretched = auth.stretch(password, SALT, 1);
  auth.checkHint(password, hint);
  auth.hasEdgeSpace(password);

  const bytes = Buffer.from(memory.buffer);
  expect(bytes.length).toBeGreaterThan(64 * 1024 * 1024);
  const u32 = (number: number): Buffer => {
    const four = Buffer.alloc(4);
    four.writeUInt32LE(number);
    return four;
  };
  // H0 of RFC 9106: whoever has it can guess without doing the work.
  const h0 = createHash('blake2b512')
    .update(Buffer.concat([...[4, 32, 65_536, 3, 0x13, 2, password.length].map(u32), password, u32(SALT.length), SALT, u32(0), u32(0)]))
    .digest();
  for (const [name, secret] of [
    ['password', Buffer.from(password)],
    ['a piece of the password', Buffer.from(password.subarray(8, 24))],
    ['hint', Buffer.from(hint)],
    ['stretched password', Buffer.from(stretched)],
    ['a piece of the stretched password', Buffer.from(stretched.subarray(8, 24))],
    ['H0', h0.subarray(0, 16)],
    ['H0, middle', h0.subarray(24, 40)],
  ] as const) {
    expect(bytes.indexOf(secret), name).toBe(-1);
  }
  // Beyond the module's own tables there is only the heap: Argon2's working memory must be zero.
  const used = new BigUint64Array(memory.buffer).reduce((count, word) => count + (word === 0n ? 0 : 1), 0) * 8;
  expect(used).toBeLessThan(1024 * 1024);
});

/** As the account server's tests have it too (crate/auth/src/opaque/tests/vectors.rs). */
const VECTOR = JSON.parse(readFileSync('tests/vectors/opaque.json', 'utf8')).exchange as Record<string, string>;
const vector = (name: string): Uint8Array => new Uint8Array(Buffer.from(VECTOR[name] ?? '', 'hex'));

test('S-23 S-25: what a server may not answer', () => {
  const flow = new auth.Flow(utf8('correct horse battery staple'));
  const finish = (ke2: Uint8Array, pinned: Uint8Array | null = null): unknown => {
    flow.loginStart();
    return refusal(() => flow.loginFinish(ke2, vector('credId'), VECTOR.origin ?? '', pinned));
  };
  // An answer to another sign-in of the same account, with the right password.
  expect(finish(vector('ke2'))).toEqual({ code: 'wrong-secret', reason: 'denied' });
  expect(finish(vector('ke2').fill(0, 0, 32))).toEqual({ code: 'server-error', reason: 'server-answer' });
  expect(finish(vector('ke2').subarray(1))).toEqual({ code: 'server-error', reason: 'server-answer' });
  expect(finish(vector('ke2'), new Uint8Array(32))).toEqual({ code: 'wrong-secret', reason: 'denied' });
  const again = refusal(() => flow.loginFinish(vector('ke2'), vector('credId'), VECTOR.origin ?? '', null));
  expect(again).toEqual({ code: 'internal', reason: 'order' });
  flow.registerStart();
  const elsewhere = refusal(() => flow.registerFinish(vector('response'), vector('credId'), 'http://sesame.example'));
  expect(elsewhere).toEqual({ code: 'server-error', reason: 'server-answer' });
  flow.free();
});

test('S-99 S-100: of a password that was held, and of what was made with it, nothing is left', () => {
  const password = utf8('canary: held while a form asks a server');
  const flow = new auth.Flow(password);
  flow.registerStart();
  const { message, serverKey } = flow.registerFinish(vector('response'), vector('credId'), VECTOR.origin ?? '');
  expect(message.length).toBe(192);
  expect(hex(serverKey)).toBe(VECTOR.serverKey);
  const stretched = flow.stretch(SALT, 1);
  expect(hex(stretched)).toBe(hex(auth.stretch(password, SALT, 1)));
  const held = (): boolean => Buffer.from(memory.buffer).includes(Buffer.from(password));
  // It is looked for rightly: while it is held it is there.
  expect(held()).toBe(true);
  flow.free();
  expect(held()).toBe(false);
  const bytes = Buffer.from(memory.buffer);
  for (const [name, secret] of [
    ['a piece of the password', password.subarray(8, 24)],
    ['stretched password', stretched],
    // Its masking key is made of the password alone, and whoever has it can try passwords on it.
    ['a piece of the record', message.subarray(32, 64)],
  ] as const) {
    expect(bytes.includes(Buffer.from(secret)), name).toBe(false);
  }
});
