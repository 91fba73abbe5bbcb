import { defineConfig } from '@playwright/test';

/**
 * `unit` runs TypeScript of the rooms without a browser; `e2e` drives dist/chromium, as shipped.
 * No retries: a test that only sometimes passes is a defect of the test or of Sesame.
 */
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: Number(process.env['SESAME_WORKERS'] ?? 2),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { actionTimeout: 10_000, navigationTimeout: 15_000 },
  projects: [
    { name: 'unit', testMatch: 'unit/**/*.spec.ts' },
    { name: 'e2e', testMatch: ['e2e/**/*.spec.ts', 'hostile/**/*.spec.ts'] },
    { name: 'firefox', testMatch: 'firefox/**/*.spec.ts' },
  ],
});
