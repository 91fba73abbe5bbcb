import { defineConfig } from '@playwright/test';
import type { WorkerFixtures } from './tests/server/fixtures.ts';

/**
 * `unit` runs TypeScript of the rooms without a browser; `server` the built engine against the real account
 * server, without a browser either, and `server-postgres` what of it depends on a database on the other one;
 * `e2e` drives dist/chromium, as shipped.
 * One second try, never silent: tests/unsteady.mjs names each test that needed it, and fails the run at more than
 * three. A test that only sometimes passes is a defect of the test or of Sesame, to be looked into.
 */
export default defineConfig<object, Pick<WorkerFixtures, 'database'>>({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 1,
  workers: Number(process.env['SESAME_WORKERS'] ?? 2),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./tests/unsteady.mjs']],
  use: { actionTimeout: 10_000, navigationTimeout: 15_000 },
  projects: [
    { name: 'unit', testMatch: 'unit/**/*.spec.ts' },
    { name: 'server', testMatch: 'server/**/*.spec.ts' },
    {
      name: 'server-postgres',
      testMatch: ['server/faults.spec.ts', 'server/hostile*.spec.ts'],
      // What a browser judges by itself, hundreds of times over, is the same whatever lies behind the server.
      grepInvert: /no byte of an answer|the second message of a sign-in|no header but/,
      use: { database: 'postgres' },
    },
    { name: 'e2e', testMatch: ['e2e/**/*.spec.ts', 'hostile/**/*.spec.ts'] },
    { name: 'firefox', testMatch: 'firefox/**/*.spec.ts' },
  ],
});
