/** What every test in Firefox starts from: a browser of its own, the sample site, and the background's calls. */
import { test as base, expect } from '@playwright/test';
import type { UiApi } from '../../extension/shared/api.ts';
import { KEY } from '../e2e/support/calls.ts';
import { startSampleSite } from '../pages/server.mjs';
import { type Firefox, launchFirefox, type Tab } from './firefox.ts';

interface Fixtures {
  firefox: Firefox;
  site: { origin: string; otherOrigin: string };
}

export const test = base.extend<Fixtures>({
  firefox: async ({}, use) => {
    const firefox = await launchFirefox();
    await use(firefox);
    await firefox.close();
  },
  site: async ({}, use) => {
    const site = await startSampleSite();
    await use(site);
    await site.close();
  },
});

/** Rejects with an error whose message is the code. */
export async function call<K extends keyof UiApi>(page: Tab, name: K, input: unknown = null): Promise<ReturnType<UiApi[K]>> {
  const request = JSON.stringify({ to: 'background', call: name, input });
  const { ok, error } = await page.evaluate<{ ok?: unknown; error?: string }>(`chrome.runtime.sendMessage(${request})`);
  if (error !== undefined) throw new Error(error);
  return ok as ReturnType<UiApi[K]>;
}

/** The popup in a tab of its own, with a new vault that is open. */
export async function openVault(firefox: Firefox): Promise<Tab> {
  const popup = await firefox.open(firefox.url('popup.html'));
  const salt = Buffer.alloc(32, 9).toString('base64url');
  await call(popup, 'createVault', { vaultName: 'Test', hint: '', kdfId: 1, salt, stretched: KEY });
  return popup;
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export { expect };
