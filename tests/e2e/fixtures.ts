/**
 * What every end-to-end test starts from: `import { expect, test } from './fixtures.ts'`.
 *
 * Each test has a browser of its own with a fresh profile and the built extension, so that tests
 * can't help or disturb each other.
 */
import { type BrowserContext, test as base, expect, type Page, type Worker } from '@playwright/test';
import { startSampleSite } from '../pages/server.mjs';
import { startServer, type TestServer } from '../support/server.ts';
import { ActionPopup } from './support/action-popup.ts';
import { type Browser, killServiceWorker, type LaunchOptions, launch, serviceWorker } from './support/launch.ts';

export interface Sesame extends Browser {
  /** chrome-extension://.../ of a file of the extension. */
  url(path: string): string;
  /** popup.html in a tab of its own, at the popup's size. "For this site" means the last used web tab. */
  openPopup(hash?: string): Promise<Page>;
  /** The real popup of the toolbar button, over the active tab. */
  openActionPopup(): Promise<ActionPopup>;
  /** The running service worker; ask again after it was stopped. */
  worker(): Promise<Worker>;
  /** Stops the service worker as an idle browser does. */
  killWorker(): Promise<void>;
}

interface Fixtures {
  browserOptions: LaunchOptions;
  /** Messages that pages of the extension may write to the console as errors; everything else fails the test. */
  expectedErrors: RegExp[];
  sesame: Sesame;
}

interface WorkerFixtures {
  /** The sample site of tests/pages, on two origins. `https`-only rules see http://localhost as it is. */
  site: { origin: string; otherOrigin: string };
  /** The account server with a mail server, for tests whose addresses are their own. */
  server: TestServer;
}

/** Errors of our own pages are failures, CSP and Trusted Types violations (S-94, S-95) among them. */
function watch(context: BrowserContext, found: string[]): void {
  const ours = (url: string): boolean => url.startsWith('chrome-extension://');
  context.on('weberror', (webError) => {
    if (ours(webError.page()?.url() ?? '')) found.push(webError.error().message);
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && ours(message.location().url)) found.push(message.text());
  });
}

export function dress(browser: Browser): Sesame {
  const url = (path: string): string => `chrome-extension://${browser.extensionId}/${path}`;
  return {
    ...browser,
    url,
    openPopup: async (hash = '') => {
      const page = await browser.context.newPage();
      await page.setViewportSize({ width: 380, height: 600 });
      await page.goto(url(`popup.html${hash}`));
      return page;
    },
    openActionPopup: () => ActionPopup.open(browser),
    worker: () => serviceWorker(browser),
    killWorker: () => killServiceWorker(browser),
  };
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  browserOptions: [{}, { option: true }],
  expectedErrors: [[], { option: true }],
  sesame: async ({ browserOptions, expectedErrors }, use) => {
    const browser = await launch(browserOptions);
    const errors: string[] = [];
    watch(browser.context, errors);
    await use(dress(browser));
    await browser.close();
    expect(errors.filter((text) => !expectedErrors.some((expected) => expected.test(text)))).toEqual([]);
  },
  // Playwright's own `context` and `page` are those of this browser.
  context: async ({ sesame }, use) => use(sesame.context),
  page: async ({ sesame }, use) => use(await sesame.context.newPage()),
  site: [
    async ({}, use) => {
      const site = await startSampleSite();
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

export { ActionPopup } from './support/action-popup.ts';
export { Authenticator } from './support/authenticator.ts';
export { launch } from './support/launch.ts';
export { expect };
