/** The worker that sees the master password, as it ships: what it answers, that it ends, what may start it. */
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import { createVault, expectUnlocked, lockNow, notNow, unlockWith } from './support/flows.ts';

interface Policy {
  createScriptURL(url: string): string;
}
interface Types {
  createPolicy(name: string, rules: Policy): Policy;
}

/** In the page: one call to a worker of its own. */
const callWorker = (call: { call: string; password?: string; salt?: string; kdfId?: number; underMs?: number }) =>
  new Promise<{ ok: boolean; value?: unknown; code?: string; reason?: string; ticks: number; emptied: boolean }>((resolve) => {
    const held = globalThis as unknown as { trustedTypes: Types; policy?: Policy };
    held.policy ??= held.trustedTypes.createPolicy('auth-worker', { createScriptURL: (url) => url });
    const worker = new Worker(held.policy.createScriptURL('auth-worker.js'), { type: 'module' });
    const bytes = (text: string | undefined) => (text === undefined ? undefined : new TextEncoder().encode(text));
    const { password, salt } = { password: bytes(call.password), salt: bytes(call.salt) };
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 10);
    worker.onmessage = ({ data }) => {
      clearInterval(ticking);
      worker.terminate();
      const hex = (value: unknown) =>
        value instanceof Uint8Array ? Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('') : value;
      const value =
        data.value && typeof data.value === 'object' && 'stretched' in data.value
          ? { ...data.value, stretched: hex(data.value.stretched) }
          : hex(data.value);
      resolve({ ...data, value, ticks, emptied: password === undefined || password.length === 0 });
    };
    worker.postMessage({ ...call, password, salt, id: 1 }, password ? [password.buffer] : []);
  });

const SALT = 'sesame-salt-32-bytes-0123456789a';
const PASSWORD = 'correct horse battery staple';
/** Made with Debian's argon2 command, see crate/auth/src/kdf/tests.rs. */
const STRETCHED = [
  '1ed1304ffcd84bd6083f4d8f35c347fb0d0d36ba9f5318b01a9f80280e0a50a7',
  'c83f1ff051c8ed7bc1b875af16043aa321f7c5fd547aefcbb30ccccdca450188',
  '927d2fe5f73a13293bf786269d24f10ca9e10f64260b22db22b4671876accfef',
];

test('stretches as the reference does, beside the page', async ({ sesame }) => {
  const page = await sesame.openPopup();
  for (const kdfId of [1, 3]) {
    const answer = await page.evaluate(callWorker, { call: 'stretch', password: PASSWORD, salt: SALT, kdfId });
    expect(answer).toMatchObject({ ok: true, value: STRETCHED[kdfId - 1], emptied: true });
    // S-02: the page went on meanwhile.
    expect(answer.ticks).toBeGreaterThan(3);
  }
});

test('S-01 S-02: no other parameters, and no password that can not be one', async ({ sesame }) => {
  const page = await sesame.openPopup();
  for (const kdfId of [0, 4, 255]) {
    const answer = await page.evaluate(callWorker, { call: 'stretch', password: PASSWORD, salt: SALT, kdfId });
    expect(answer).toMatchObject({ ok: false, code: 'invalid', reason: 'unknown-kdf' });
  }
  const answer = await page.evaluate(callWorker, { call: 'stretch', password: 'a\tb', salt: SALT, kdfId: 1 });
  expect(answer).toMatchObject({ ok: false, code: 'invalid', reason: 'forbidden' });
});

test('calibration takes the strongest parameters in time, and never less than the weakest', async ({ sesame }) => {
  const page = await sesame.openPopup();
  const calibrate = (underMs: number) => page.evaluate(callWorker, { call: 'calibrate', password: PASSWORD, salt: SALT, underMs });
  expect(await calibrate(0)).toMatchObject({ ok: true, value: { kdfId: 1, stretched: STRETCHED[0] } });
  expect(await calibrate(60_000)).toMatchObject({ ok: true, value: { kdfId: 3, stretched: STRETCHED[2] } });
});

/** In the page: steps of one worker, one after the other. Bytes go and come as hexadecimal. */
const goOn = async ([steps, password]: [{ call: string; [field: string]: unknown }[], string]) => {
  const held = globalThis as unknown as { trustedTypes: Types; policy?: Policy };
  held.policy ??= held.trustedTypes.createPolicy('auth-worker', { createScriptURL: (url) => url });
  const worker = new Worker(held.policy.createScriptURL('auth-worker.js'), { type: 'module' });
  const unhex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const hex = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (!value || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hex(one)]));
  };
  const answers = [];
  for (const [id, step] of [{ call: 'begin', password: new TextEncoder().encode(password) }, ...steps].entries()) {
    const fields = Object.entries(step).map(([name, value]) => {
      const bytes = ['response', 'credId', 'salt', 'ke2'].includes(name);
      return [name, bytes ? unhex(value as string) : value];
    });
    const answer = new Promise<{ ok: boolean; value?: unknown; code?: string; reason?: string }>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
    });
    worker.postMessage({ ...Object.fromEntries(fields), id });
    const { ok, value, code, reason } = await answer;
    answers.push(ok ? hex(value) : { code, reason });
  }
  worker.terminate();
  return answers.slice(1);
};

test('S-23: one worker holds the password for all steps of a form, and answers no server twice', async ({ sesame }) => {
  const vector = JSON.parse(readFileSync('tests/vectors/opaque.json', 'utf8')).exchange;
  const party = { server: vector.origin, credId: vector.credId };
  const salt = Buffer.from(SALT).toString('hex');
  const page = await sesame.openPopup();
  const [request, registered, ke1, refused, again, stretched, ended, late] = await page.evaluate(goOn, [
    [
      { call: 'register-start' },
      { call: 'register-finish', response: vector.response, ...party },
      { call: 'login-start' },
      { call: 'login-finish', ke2: vector.ke2, serverKey: null, ...party },
      { call: 'login-finish', ke2: vector.ke2, serverKey: null, ...party },
      { call: 'stretch-held', salt, kdfId: 1 },
      { call: 'end' },
      { call: 'login-start' },
    ],
    PASSWORD,
  ] as const as never);
  expect(request).toMatch(/^[0-9a-f]{64}$/);
  expect(registered).toMatchObject({ serverKey: vector.serverKey, message: expect.stringMatching(/^[0-9a-f]{384}$/) });
  expect(ke1).toMatch(/^[0-9a-f]{192}$/);
  // The right record and the right password, but the answer is to another first message.
  expect(refused).toEqual({ code: 'wrong-secret', reason: 'denied' });
  expect(again).toEqual({ code: 'internal', reason: 'order' });
  expect(stretched).toBe(STRETCHED[0]);
  expect(ended).toBeNull();
  expect(late).toMatchObject({ code: 'internal' });
});

test('S-02: the service worker answers while a page derives a key', async ({ sesame }) => {
  const page = await sesame.openPopup();
  const other = await sesame.openPopup();
  const derived = page.evaluate(callWorker, { call: 'stretch', password: PASSWORD, salt: SALT, kdfId: 3 });
  await expect(other.getByRole('heading', { name: 'Welcome to Sesame' })).toBeVisible();
  expect((await derived).ok).toBe(true);
});

test.describe('S-93', () => {
  // The refusals are said on the console too.
  test.use({ expectedErrors: [/Trusted ?Type|TrustedScriptURL/i] });

  test('nothing but our two workers can be started from a page', async ({ sesame }) => {
    const page = await sesame.openPopup();
    const refused = await page.evaluate(() => {
      const types = (globalThis as unknown as { trustedTypes: Types }).trustedTypes;
      const attempts = [
        () => new Worker('auth-worker.js', { type: 'module' }),
        () => types.createPolicy('other', { createScriptURL: (url) => url }),
        () => types.createPolicy('default', { createScriptURL: (url) => url }),
      ];
      return attempts.map((attempt) => {
        try {
          attempt();
          return 'allowed';
        } catch (thrown) {
          return (thrown as Error).name;
        }
      });
    });
    expect(refused).toEqual(['TypeError', 'TypeError', 'TypeError']);
  });
});

test('S-100: after unlocking no worker is left', async ({ sesame }) => {
  const popup = await sesame.openPopup();
  await createVault(popup);
  await notNow(popup);
  await expect.poll(() => popup.workers().length).toBe(0);
  await lockNow(popup);
  // The one that was started ahead, which shows that this would see them.
  await expect.poll(() => popup.workers().length).toBe(1);
  await unlockWith(popup, 'not the one');
  await expect(popup.getByRole('alert')).toContainText('Wrong master password');
  await unlockWith(popup);
  await expectUnlocked(popup);
  await expect.poll(() => popup.workers().length).toBe(0);
});
