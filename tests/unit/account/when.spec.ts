/** When sync is tried by itself, how long it waits after a failure, and which token still counts. */
import { expect, test } from '@playwright/test';
import type { AccountView, SessionEngine } from '../../../extension/background/account/engine-api.ts';
import { isDue, type Occasion } from '../../../extension/background/account/schedule.ts';
import { AccountSession, type Held } from '../../../extension/background/account/session.ts';
import { troubleAfter } from '../../../extension/background/account/trouble.ts';
import { Refusal, type RefusalName } from '../../../extension/background/server/refusal.ts';
import { type ErrorCode, SesameError } from '../../../extension/shared/errors.ts';

const NOW = 1_800_000_000_000;
const account = (change: Partial<AccountView> = {}): AccountView => ({
  server: 'https://sesame.example',
  email: 'ada@example.org',
  mode: 'auto',
  state: 'ok',
  reason: null,
  lastSyncAt: null,
  passwordBehind: false,
  reset: null,
  account: '',
  generation: 'aa',
  device: '',
  fingerprint: '',
  credId: '',
  serverKey: '',
  ...change,
});
const BY_ITSELF: Occasion[] = ['unlock', 'edit', 'timer', 'popup'];

test.describe('occasions', () => {
  const due = (occasion: Occasion, change: Partial<AccountView> = {}, retryAt: number | null = null, last = 0): boolean =>
    isDue(occasion, account(change), retryAt === null ? null : { problem: 'offline', retryAt, failures: 1 }, last, NOW);

  test('each one counts, but the popup not twice in a row', () => {
    for (const occasion of BY_ITSELF) expect(due(occasion), occasion).toBe(true);
    expect(due('popup', {}, null, NOW - 5_000)).toBe(false);
    expect(due('popup', {}, null, NOW - 31_000)).toBe(true);
  });
  test('only a person syncs where they said "only when I ask"', () => {
    for (const occasion of BY_ITSELF) expect(due(occasion, { mode: 'ask' }), occasion).toBe(false);
    expect(due('person', { mode: 'ask' })).toBe(true);
  });
  test('S-17: after a failed verification nothing is asked until a person decides', () => {
    for (const occasion of BY_ITSELF) expect(due(occasion, { state: 'suspended', reason: 'rollback' }), occasion).toBe(false);
    expect(due('person', { state: 'suspended' })).toBe(true);
  });
  test('a browser that was signed out does not knock; one before a reset hears of its undoing', () => {
    for (const occasion of BY_ITSELF) expect(due(occasion, { state: 'signed-out' }), occasion).toBe(false);
    expect(BY_ITSELF.map((occasion) => due(occasion, { state: 'reset-elsewhere' }))).toEqual([true, false, true, false]);
  });
  test('what was asked to wait waits', () => {
    for (const occasion of BY_ITSELF) expect(due(occasion, {}, NOW + 1), occasion).toBe(false);
    for (const occasion of BY_ITSELF) expect(due(occasion, {}, NOW), occasion).toBe(true);
    expect(due('person', {}, NOW + 1)).toBe(true);
  });
});

test.describe('after a failure', () => {
  const wait = (failure: SesameError, failures: number, chance: number): number =>
    (troubleAfter(failure, { problem: 'offline', retryAt: 0, failures }, NOW, chance)?.retryAt ?? 0) - NOW;
  const offline = new SesameError('offline');

  test('longer each time, up to a quarter of an hour, never in step with the others', () => {
    expect([0, 1, 2, 3, 9, 99].map((failures) => wait(offline, failures, 1))).toEqual([30_000, 60_000, 120_000, 240_000, 900_000, 900_000]);
    expect(wait(offline, 5, 0)).toBe(450_000);
    expect(wait(offline, 0, 0)).toBe(30_000);
  });
  test('as long as the server asks, if that is longer', () => {
    const slow = (seconds: number): SesameError => new Refusal('slow-down', Uint8Array.of(0, 0, seconds >> 8, seconds & 255));
    expect(wait(slow(3600), 0, 0)).toBe(3_600_000);
    expect(wait(slow(1), 0, 0)).toBe(30_000);
  });
  test('S-17, S-132: what only a person can settle is not tried again', () => {
    const settled: ErrorCode[] = ['sync-suspended', 'signed-out', 'gen-changed', 'account-deleted', 'internal', 'locked'];
    for (const code of settled) expect(troubleAfter(new SesameError(code), null, NOW, 0), code).toBeNull();
    expect(troubleAfter(new SesameError('quota'), null, NOW, 0)?.problem).toBe('storage');
    expect(troubleAfter(new Refusal('over-quota'), null, NOW, 0)?.problem).toBe('over-quota');
    expect(troubleAfter(new SesameError('newer-format'), null, NOW, 0)?.problem).toBe('update');
  });
});

/** A session whose server answers as told, one word for each request to anything but `session/...`. */
function house(answers: (RefusalName | 'yes')[], held: Held | null = null) {
  const asked: string[] = [];
  const wrote: string[] = [];
  const state = { held, now: NOW, gen: 'aa', finish: 'yes' as RefusalName | 'yes', foreign: false };
  const engine: SessionEngine = {
    sessionStartBody: () => Uint8Array.of(1),
    sessionBody: () => Uint8Array.of(2),
    sessionOpened: () => {
      if (state.foreign) throw { code: 'sync-suspended' };
      return JSON.stringify({ token: `token-${asked.length}`, ttl: 900, headSeq: 0, flags: 0 });
    },
    suspendWrites: () => [['vault', 'account', Uint8Array.of(3)]],
    genChanged: () => [['vault', 'account', Uint8Array.of(2)]],
    signedOut: () => [['vault', 'account', Uint8Array.of(1)]],
  };
  const session = new AccountSession<SessionEngine>({
    step: async (job) =>
      job({
        engine,
        bases: async () => new Map(),
        commit: async (writes) => void wrote.push(...writes.map(([, key, value]) => `${key}=${value?.[0]}`)),
      }),
    ask: async (server, path, _body, token) => {
      asked.push(`${path} ${token ?? '-'}`);
      const word = path === 'session/finish' ? state.finish : path === 'session/start' ? 'yes' : (answers.shift() ?? 'yes');
      if (word !== 'yes') throw new Refusal(word);
      expect(server).toBe('https://sesame.example');
      return Uint8Array.of(3);
    },
    account: async () => ({ server: 'https://sesame.example', gen: state.gen }),
    recall: async () => state.held,
    keep: async (next) => {
      state.held = next;
    },
    opened: async () => undefined,
    now: () => state.now,
  });
  return { session, asked, wrote, state };
}
const body = new Uint8Array(0);
const token = (since: number, change: Partial<Held> = {}): Held => ({
  token: 'held',
  server: 'https://sesame.example',
  gen: 'aa',
  since,
  until: since + 870_000,
  ...change,
});

test.describe('tokens', () => {
  test('one is opened when it is needed, and used while it lasts', async () => {
    const { session, asked, state } = house([]);
    await session.ask('v/pull', body);
    await session.ask('v/rows', body);
    expect(asked).toEqual(['session/start -', 'session/finish -', 'v/pull token-2', 'v/rows token-2']);
    state.now += 900_000;
    await session.ask('v/pull', body);
    expect(asked.slice(4)).toEqual(['session/start -', 'session/finish -', 'v/pull token-6']);
  });
  test('of another server, another generation, the future or the past: none', async () => {
    const odd = [token(NOW, { server: 'https://other.example' }), token(NOW, { gen: 'bb' }), token(NOW + 1), token(NOW - 900_000)];
    for (const held of odd) {
      const { session, asked } = house([], held);
      await session.ask('v/pull', body);
      expect(asked.at(-1), JSON.stringify(held)).toBe('v/pull token-2');
    }
    const { session, asked } = house([], token(NOW));
    await session.ask('v/pull', body);
    expect(asked).toEqual(['v/pull held']);
  });
  test('what wants a fresh proof gets one after four minutes', async () => {
    const { session, asked } = house([], token(NOW - 5 * 60_000));
    await session.ask('v/pull', body);
    await session.ask('device/remove', body, true);
    expect(asked).toEqual(['v/pull held', 'session/start -', 'session/finish -', 'device/remove token-3']);
  });
  test('one that the server does not take is replaced once', async () => {
    const once = house(['unauthorised'], token(NOW));
    await once.session.ask('account', body);
    expect(once.asked).toEqual(['account held', 'session/start -', 'session/finish -', 'account token-3']);
    const twice = house(['unauthorised', 'unauthorised'], token(NOW));
    await expect(twice.session.ask('account', body)).rejects.toMatchObject({ code: 'server-error' });
    expect(twice.asked).toHaveLength(4);
  });
  for (const path of ['v/pull', 'v/commit', 'password/finish'] as const) {
    test(`S-152: what carries the epoch of then is made anew with the new session (${path})`, async () => {
      const { session, asked, state } = house(['unauthorised'], token(NOW));
      await expect(session.ask(path, body)).rejects.toMatchObject({ code: 'conflict' });
      expect(asked).toEqual([`${path} held`, 'session/start -', 'session/finish -']);
      expect(state.held?.token).toBe('token-3');
    });
  }
  test("S-17, S-26: a session for another vault is written down as what stops sync, and its token isn't kept", async () => {
    const { session, asked, wrote, state } = house([]);
    state.foreign = true;
    await expect(session.ask('v/pull', body)).rejects.toMatchObject({ code: 'sync-suspended' });
    expect(wrote).toEqual(['account=3']);
    expect([asked, state.held]).toEqual([['session/start -', 'session/finish -'], null]);
  });
  test('several at a time open one session', async () => {
    const { session, asked } = house([]);
    await Promise.all([session.ask('v/pull', body), session.ask('account', body), session.ask('hint', body)]);
    expect(asked.filter((each) => each.startsWith('session/finish'))).toHaveLength(1);
  });
  test('S-131, S-132: signed out and reset elsewhere are written down, wherever they are heard', async () => {
    const out = house([]);
    out.state.finish = 'device-unknown';
    await expect(out.session.ask('v/pull', body)).rejects.toMatchObject({ code: 'signed-out' });
    expect(out.wrote).toEqual(['account=1']);
    const changed = house(['gen-changed'], token(NOW));
    await expect(changed.session.ask('v/commit', body)).rejects.toMatchObject({ code: 'gen-changed' });
    expect(changed.wrote).toEqual(['account=2']);
    expect(changed.state.held).toBeNull();
  });
});
