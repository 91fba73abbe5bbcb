/** What the tests of the built engine against a lying server start from: one world for a worker, honest again after each. */
import { test as base } from '@playwright/test';
import type { Handler } from '../support/mutator.ts';
import { withoutPostgres } from '../support/postgres.ts';
import type { Database } from '../support/server.ts';
import { type Pulled, readPulled, writePulled } from '../support/wire.ts';
import { World } from '../support/world.ts';

export interface WorkerFixtures {
  /** Chosen by the project: these tests run on both (S-155). */
  database: Database;
  running: World;
}

export const test = base.extend<{ world: World; leftOut: undefined }, WorkerFixtures>({
  database: ['sqlite', { option: true, scope: 'worker' }],
  running: [
    async ({ database }, use) => {
      const world = await World.start({ database });
      await use(world);
      await world.stop();
    },
    { scope: 'worker' },
  ],
  leftOut: [
    async ({ database }, use) => {
      base.skip(withoutPostgres(database), 'no PostgreSQL here');
      await use(undefined);
    },
    { auto: true },
  ],
  world: async ({ running }, use) => {
    await use(running);
    running.mutator.honest();
  },
});

export const PULL = /\/v\/pull$/;

/** The real answer, with its bytes changed. */
export const changed =
  (change: (body: Buffer) => Buffer): Handler =>
  async ({ pass }) => {
    const answer = await pass();
    return { ...answer, body: change(answer.body) };
  };

export const changedPull = (change: (pulled: Pulled) => void): Handler =>
  changed((body) => {
    const pulled = readPulled(body);
    change(pulled);
    return writePulled(pulled);
  });

export const codeOf = (failure: unknown): string => (failure as { code?: string }).code ?? String(failure);
