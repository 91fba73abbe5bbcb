/** One round of sync against an engine and a server of make-believe that note what is asked of them, and in which order. */
import { expect, test } from '@playwright/test';
import type { PullNext, SyncEngine } from '../../../extension/background/account/engine-api.ts';
import { type RoundPorts, round, type WaitingPassword } from '../../../extension/background/account/round.ts';
import { Refusal, type RefusalName } from '../../../extension/background/server/refusal.ts';
import type { Rows } from '../../../extension/background/storage.ts';
import { SesameError } from '../../../extension/shared/errors.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const REPORT = JSON.stringify({ taken: 0, merged: 0, kept: 0, deleted: 0, changed: false, header: false, names: [] });

interface Plan {
  /** What `pulled`, `chain` and `rowsAnswer` say one after another; then `apply`. */
  pulls?: PullNext[];
  /** How many batches there are to send. */
  batches?: number;
  /** The code that the engine throws at a call, once. */
  throws?: Record<string, string>;
  /** How the server refuses a path, once. */
  refuses?: Record<string, RefusalName | 'offline'>;
  /** Each time. */
  always?: boolean;
  /** Something that happens before the turn with this number, from 1. */
  before?: Record<number, (world: World) => void>;
  password?: WaitingPassword;
}

interface World {
  bases: Rows;
  locked: boolean;
  replace(): void;
}

function house(plan: Plan) {
  const done: string[] = [];
  const pulls = [...(plan.pulls ?? [])];
  const throws = { ...plan.throws };
  const refuses = { ...plan.refuses };
  let batches = plan.batches ?? 0;
  let password = plan.password ?? null;
  let turns = 0;
  const act = (name: string): void => {
    done.push(name);
    const code = throws[name];
    delete throws[name];
    if (code) throw { code };
  };
  const does = <T>(name: string, what: () => T): T => {
    act(name);
    return what();
  };
  const next = (): PullNext => pulls.shift() ?? { next: 'apply', locals: ['aa'] };
  const engine = (): SyncEngine => ({
    pullBody: () => does('pullBody', () => bytes(1)),
    pulled: () => does('pulled', next),
    chain: () => does('chain', next),
    rowsAnswer: () => does('rowsAnswer', next),
    applyPulled: (locals) => does(`applyPulled ${[...locals.keys()]}`, () => ({ writes: [['vault', 'applied', null]], report: REPORT })),
    suspendWrites: () => does('suspendWrites', () => [['vault', 'suspended', null]]),
    pushIds: (bases) => [...bases.keys()],
    push: () => {
      act('push');
      if (batches === 0) return undefined;
      batches -= 1;
      return { writes: [['vault', 'sending', null]], body: bytes(2) };
    },
    pushed: () => does('pushed', () => ({ writes: [['vault', 'sent', null]], more: batches > 0 })),
    pushFailed: () => act('pushFailed'),
    passwordBody: () => does('passwordBody', () => ({ writes: [], body: bytes(3) })),
    passwordDone: () => [],
  });
  let current = engine();
  const world: World = {
    bases: new Map([['aa', bytes(7)]]),
    locked: false,
    replace: () => {
      current = engine();
    },
  };
  const ports: RoundPorts<SyncEngine> = {
    step: async (job) => {
      turns += 1;
      plan.before?.[turns]?.(world);
      if (world.locked) throw new SesameError('locked');
      return job({
        engine: current,
        bases: async () => new Map(world.bases),
        commit: async (writes) => void done.push(...writes.map(([, key]) => `write ${key}`)),
      });
    },
    ask: async (path) => {
      done.push(path);
      const refusal = refuses[path];
      if (!plan.always) delete refuses[path];
      if (refusal === 'offline') throw new SesameError('offline');
      if (refusal) throw new Refusal(refusal);
      return bytes(0);
    },
    items: async (ids) => new Map(ids.map((id) => [id, bytes(8)])),
    waitingPassword: async () => password,
    passwordTaken: async () => {
      done.push('passwordTaken');
      password = null;
    },
  };
  return { done, run: () => round(ports) };
}

const PULL = ['pullBody', 'v/pull', 'pulled', 'applyPulled aa', 'write applied'];
const BATCH = ['push', 'write sending', 'v/commit', 'pushed', 'write sent'];

test('takes in first, then sends; each step is on the disk before the next', async () => {
  const body = bytes(5);
  const { done, run } = house({
    pulls: [
      { next: 'chain', body },
      { next: 'rows', body },
      { next: 'rows', body },
    ],
    batches: 2,
  });
  await run();
  const pulled = ['pullBody', 'v/pull', 'pulled', 'v/chain', 'chain', 'v/rows', 'rowsAnswer', 'v/rows', 'rowsAnswer'];
  expect(done).toEqual([...pulled, 'applyPulled aa', 'write applied', ...BATCH, ...BATCH]);
});

test('nothing to send: the server is asked one thing', async () => {
  const { done, run } = house({});
  await run();
  expect(done).toEqual([...PULL, 'push']);
});

test('a new registration goes out after what the account has is known, before the rest', async () => {
  const { done, run } = house({ password: { upload: 'AA', signOutOthers: false }, batches: 1 });
  await run();
  expect(done).toEqual([...PULL, 'passwordBody', 'password/finish', 'passwordTaken', ...BATCH]);
});

test('somebody else was quicker: the engine is told, and all begins anew', async () => {
  const { done, run } = house({ batches: 2, refuses: { 'v/commit': 'conflict' } });
  await run();
  expect(done).toEqual([...PULL, 'push', 'write sending', 'v/commit', 'pushFailed', ...PULL, ...BATCH]);
});

test('always somebody else: given up after four times, as the server that it must be', async () => {
  const { done, run } = house({ batches: 99, refuses: { 'v/commit': 'conflict' }, always: true });
  await expect(run()).rejects.toMatchObject({ code: 'server-error' });
  expect(done.filter((each) => each === 'v/commit')).toHaveLength(4);
});

for (const call of ['pulled', 'chain', 'rowsAnswer', 'applyPulled aa', 'pushed']) {
  test(`S-17: what is wrong with an answer is written down before anything else, and nothing more is asked (${call})`, async () => {
    const body = bytes(5);
    const pulls: PullNext[] = [
      { next: 'chain', body },
      { next: 'rows', body },
    ];
    const { done, run } = house({ throws: { [call]: 'sync-suspended' }, pulls, batches: 1 });
    await expect(run()).rejects.toMatchObject({ code: 'sync-suspended' });
    expect(done.slice(-3)).toEqual([call, 'suspendWrites', 'write suspended']);
  });
}

test('an item that was changed here while the answer came: asked anew, so that the change is merged', async () => {
  const { done, run } = house({ before: { 3: ({ bases }) => bases.set('bb', bytes(1)) } });
  await run();
  expect(done).toEqual(['pullBody', 'v/pull', 'pulled', ...PULL, 'push']);
});

test('an item that went out of the way meanwhile is no reason to ask anew', async () => {
  const { done, run } = house({ before: { 3: ({ bases }) => bases.delete('aa') } });
  await run();
  expect(done.filter((each) => each === 'v/pull')).toHaveLength(1);
});

for (const turn of [2, 3]) {
  test(`another engine than the one that asked knows nothing of the answer: asked anew (turn ${turn})`, async () => {
    const { done, run } = house({ before: { [turn]: (world) => world.replace() } });
    await run();
    expect(done.filter((each) => each === 'v/pull')).toHaveLength(2);
    expect(done.slice(-6)).toEqual([...PULL, 'push']);
  });
}

test('another engine while a batch was on its way: what it was is found out by asking', async () => {
  const { done, run } = house({ batches: 1, before: { 6: (world) => world.replace() } });
  await run();
  expect(done).toEqual([...PULL, 'push', 'write sending', 'v/commit', ...PULL, 'push']);
});

for (const [at, writes] of [0, 0, 0, 1, 1, 2].entries()) {
  const turn = at + 1;
  test(`the vault is locked at any point: the round ends and writes nothing more (turn ${turn})`, async () => {
    const lock = (world: World): void => {
      world.locked = true;
    };
    const { done, run } = house({ batches: 1, before: { [turn]: lock } });
    await expect(run()).rejects.toMatchObject({ code: 'locked' });
    const whole = [...PULL, ...BATCH];
    expect(whole.slice(0, done.length)).toEqual(done);
    expect(done.filter((each) => each.startsWith('write'))).toHaveLength(writes);
  });
}

test('the server is gone in the middle of sending: the engine is told, and the next round goes on', async () => {
  const { done, run } = house({ batches: 2, refuses: { 'v/commit': 'offline' } });
  await expect(run()).rejects.toMatchObject({ code: 'offline' });
  expect(done.at(-1)).toBe('pushFailed');
  await run();
  expect(done.slice(-BATCH.length - PULL.length)).toEqual([...PULL, ...BATCH]);
});
