// A password that is held while a form talks to a server: what is asked of the worker, and that it ends.
import { expect, test } from '@playwright/test';
import { AuthSession } from '../../../extension/ui/auth-session.ts';

type Call = { id: number; call: string; [field: string]: unknown };

class FakeWorker extends EventTarget {
  static started: FakeWorker[] = [];
  terminated = false;
  readonly calls: Call[] = [];
  answers = true;
  constructor() {
    super();
    FakeWorker.started.push(this);
  }
  postMessage(call: Call, transfer: ArrayBuffer[]): void {
    // As the browser does: what is transferred is gone here.
    this.calls.push(structuredClone(call, { transfer }));
    if (this.answers) queueMicrotask(() => this.answer(call));
  }
  answer({ id, call }: Call, answer: object = { ok: true, value: VALUES[call] ?? null }): void {
    this.dispatchEvent(new MessageEvent('message', { data: { id, ...answer } }));
  }
  terminate(): void {
    this.terminated = true;
  }
}
const VALUES: Record<string, unknown> = {
  'register-start': new Uint8Array([1]),
  'login-start': new Uint8Array([2]),
  'register-finish': { message: new Uint8Array([3]), serverKey: new Uint8Array([4]) },
  'login-finish': { message: new Uint8Array([5]), serverKey: new Uint8Array([4]) },
  'stretch-held': new Uint8Array([6]),
  'calibrate-held': { kdfId: 2, stretched: new Uint8Array([7]) },
};
const PARTY = { server: 'https://sesame.example', credId: 'Xl4' };

test.beforeEach(() => {
  FakeWorker.started = [];
  Object.assign(globalThis, { Worker: FakeWorker, document: { baseURI: 'https://x/' } });
});
const begin = (signal?: AbortSignal): { session: AuthSession; worker: FakeWorker } => {
  const session = new AuthSession('correct horse', signal);
  const worker = FakeWorker.started[0];
  if (!worker) throw new Error('no worker was started');
  return { session, worker };
};

test('one worker answers every step of a form, and has the password from its first message only', async () => {
  const { session, worker } = begin();
  expect(await session.registerStart()).toBe('AQ');
  expect(await session.registerFinish({ ...PARTY, response: 'AAAA' })).toEqual({ upload: 'Aw', serverKey: 'BA' });
  expect(await session.loginStart()).toBe('Ag');
  expect(await session.loginFinish({ ...PARTY, ke2: 'AAAA', serverKey: 'BA' })).toEqual({ ke3: 'BQ', serverKey: 'BA' });
  expect([...(await session.stretch({ kdfId: 3, salt: 'AAAA' }))]).toEqual([6]);
  expect(await session.calibrate()).toMatchObject({ kdfId: 2, stretched: new Uint8Array([7]) });
  expect(FakeWorker.started.length).toBe(1);
  expect(worker.calls.map((call) => call.call)).toEqual([
    'begin',
    'register-start',
    'register-finish',
    'login-start',
    'login-finish',
    'stretch-held',
    'calibrate-held',
  ]);
  expect(worker.calls.filter((call) => 'password' in call).length).toBe(1);
  expect(worker.calls[4]).toMatchObject({ server: PARTY.server, serverKey: new Uint8Array([4]), ke2: new Uint8Array(3) });
  session.end();
});

test('S-100: at the end the password is wiped and the worker ended; then it must be typed again', async () => {
  const { session, worker } = begin();
  await session.loginStart();
  session.end();
  expect(session.ended).toBe(true);
  await expect.poll(() => worker.terminated).toBe(true);
  expect(worker.calls.at(-1)).toMatchObject({ call: 'end' });
  await expect(session.loginStart()).rejects.toMatchObject({ code: 'not-fresh' });
});

test('S-02: an end in the middle of a derivation is an end at once, and whoever waits is told', async () => {
  const { session, worker } = begin();
  await session.loginStart();
  worker.answers = false;
  const stretching = session.stretch({ kdfId: 3, salt: 'AAAA' });
  await expect.poll(() => worker.calls.at(-1)?.call).toBe('stretch-held');
  session.end();
  expect(worker.terminated).toBe(true);
  await expect(stretching).rejects.toMatchObject({ code: 'not-fresh' });
});

test('a form that is given up ends it', async () => {
  const form = new AbortController();
  const { session, worker } = begin(form.signal);
  await session.loginStart();
  form.abort();
  expect(session.ended).toBe(true);
  await expect.poll(() => worker.terminated).toBe(true);
});

test('after a wrong password the next try goes on; after a failure of the worker nothing does', async () => {
  const { session, worker } = begin();
  await session.loginStart();
  worker.answers = false;
  const last = async (answer: object): Promise<unknown> => {
    const finishing = session.loginFinish({ ...PARTY, ke2: 'AAAA' }).catch((thrown: unknown) => thrown);
    await expect.poll(() => worker.calls.at(-1)?.call).toBe('login-finish');
    worker.answer(worker.calls.at(-1) as Call, answer);
    worker.calls.push({ id: -1, call: '' });
    return finishing;
  };
  expect(await last({ ok: false, code: 'wrong-secret', reason: 'denied' })).toMatchObject({ code: 'wrong-secret' });
  expect(session.ended).toBe(false);
  expect(await last({ ok: false, code: 'internal' })).toMatchObject({ code: 'internal' });
  expect(session.ended).toBe(true);
  expect(worker.terminated).toBe(true);
});

test('a text that can be no password is said at the first step', async () => {
  const { session, worker } = begin();
  worker.answers = false;
  const started = session.loginStart().catch((thrown: unknown) => thrown);
  worker.answer(worker.calls[0] as Call, { ok: false, code: 'invalid', reason: 'forbidden' });
  expect(await started).toMatchObject({ code: 'invalid', reason: 'forbidden' });
  session.end();
});
