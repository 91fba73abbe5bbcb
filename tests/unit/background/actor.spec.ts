import { expect, test } from '@playwright/test';
import { Actor, type EngineLike, type Ports, toError } from '../../../extension/background/actor.ts';
import type { Rows, Writes } from '../../../extension/background/storage.ts';
import { SesameError } from '../../../extension/shared/errors.ts';

/** Stands in for the Wasm engine: one counter, kept in the row `vault/header`. */
class Counter implements EngineLike {
  value = 0;
  locked = false;
  open = false;
  load(vault: Rows): string {
    this.value = vault.get('header')?.[0] ?? 0;
    return JSON.stringify({ state: 'locked', damage: [] });
  }
  resume(secret: Uint8Array): void {
    if (secret[0] !== 7) throw { code: 'wrong-secret' };
    this.open = true;
  }
  lock(): void {
    this.locked = true;
    this.open = false;
  }
  add(): Writes {
    this.value += 1;
    return [['vault', 'header', Uint8Array.of(this.value)]];
  }
}

function house(session: number | null = 7) {
  const disk: Rows = new Map([['header', Uint8Array.of(1)]]);
  const made: Counter[] = [];
  const state = { fail: null as Error | null, alive: true, expired: 0, session };
  const ports: Ports<Counter> = {
    start: async () => undefined,
    fresh: () => {
      const counter = new Counter();
      made.push(counter);
      return counter;
    },
    read: async () => ({ vault: disk, shards: new Map() }),
    write: async (writes) => {
      await new Promise((done) => setTimeout(done, 1));
      if (state.fail) throw state.fail;
      for (const [, key, value] of writes) if (value) disk.set(key, value);
    },
    session: async () => (state.session === null ? null : { secret: Uint8Array.of(state.session), state: '{}' }),
    alive: () => state.alive,
    expired: () => {
      state.expired += 1;
    },
  };
  return { actor: new Actor(ports), disk, made, state };
}

test.describe('the queue before the engine', () => {
  test('S-116: jobs run one after another, so no change is lost', async () => {
    const { actor, disk } = house();
    await Promise.all(Array.from({ length: 20 }, () => actor.run(({ engine, commit }) => commit(engine.add()))));
    expect(disk.get('header')).toEqual(Uint8Array.of(21));
  });

  test('a failed write leaves memory as the disk is, and says why', async () => {
    const { actor, disk, made, state } = house();
    state.fail = new SesameError('quota');
    await expect(actor.run(({ engine, commit }) => commit(engine.add()))).rejects.toMatchObject({ code: 'quota' });
    state.fail = null;
    expect(await actor.run(({ engine }) => engine.value)).toBe(1);
    expect(made).toHaveLength(2);
    expect(made[0]?.locked).toBe(true);
    expect(disk.get('header')).toEqual(Uint8Array.of(1));
  });

  test('an exception nobody foresaw ends in a fresh engine and the code internal', async () => {
    const { actor, made } = house();
    const panic = actor.run(() => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    await expect(panic).rejects.toMatchObject({ code: 'internal' });
    await actor.run(() => undefined);
    expect(made).toHaveLength(2);
  });

  test('a known refusal keeps the engine', async () => {
    const { actor, made } = house();
    const refused = actor.run(() => {
      throw { code: 'not-found' };
    });
    await expect(refused).rejects.toMatchObject({ code: 'not-found' });
    await actor.run(() => undefined);
    expect(made).toHaveLength(1);
  });

  test('S-101: a session that ran out is not used by the next job', async () => {
    const { actor, made, state } = house();
    expect(await actor.run((desk) => desk.state)).toBe('unlocked');
    state.alive = false;
    state.session = null;
    expect(await actor.run((desk) => desk.state)).toBe('locked');
    expect(made[0]?.open).toBe(false);
    expect(state.expired).toBe(1);
  });

  test('a session secret that does not open the vault locks instead of failing', async () => {
    const { actor, state } = house(3);
    expect(await actor.run((desk) => desk.state)).toBe('locked');
    expect(state.expired).toBe(1);
  });

  test('S-98: lock waits for the job before it, and the engine of then is wiped', async () => {
    const { actor, disk, made, state } = house();
    const change = actor.run(({ engine, commit }) => commit(engine.add()));
    const locked = actor.lock(async () => {
      state.session = null;
    });
    const after = actor.run((desk) => desk.state);
    await Promise.all([change, locked]);
    expect(disk.get('header')).toEqual(Uint8Array.of(2));
    expect(made[0]?.locked).toBe(true);
    expect(await after).toBe('locked');
  });

  test('reload goes on in the same job with what is on the disk', async () => {
    const { actor } = house();
    const seen = await actor.run(async (desk) => {
      desk.engine.add();
      await desk.reload();
      return [desk.engine.value, desk.state];
    });
    expect(seen).toEqual([1, 'unlocked']);
  });
});

test('errors: only known codes pass, everything else is internal', () => {
  expect(toError({ code: 'quota' }).code).toBe('quota');
  expect(toError({ code: 'rm -rf' }).code).toBe('internal');
  expect(toError(new TypeError('x')).code).toBe('internal');
  expect(toError(undefined).code).toBe('internal');
});
