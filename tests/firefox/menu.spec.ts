/** S-55: Firefox can't tell whether a frame in a page is seen. Icon and menu are there; what is chosen is confirmed in the popup. */
import { test as base, expect } from '@playwright/test';
import type { UiApi } from '../../extension/shared/api.ts';
import { KEY, login } from '../e2e/support/calls.ts';
import { until } from '../e2e/support/cdp.ts';
import { startSampleSite } from '../pages/server.mjs';
import { type Firefox, launchFirefox, Tab } from './firefox.ts';

const test = base.extend<{ firefox: Firefox }>({
  firefox: async ({}, use) => {
    const firefox = await launchFirefox();
    await use(firefox);
    await firefox.close();
  },
});

const call = async <K extends keyof UiApi>(page: Tab, name: K, input: unknown = null): Promise<ReturnType<UiApi[K]>> => {
  const request = JSON.stringify({ to: 'background', call: name, input });
  const { ok, error } = await page.evaluate<{ ok?: unknown; error?: string }>(`chrome.runtime.sendMessage(${request})`);
  if (error !== undefined) throw new Error(error);
  return ok as ReturnType<UiApi[K]>;
};

test('S-55: the icon, the menu, and nothing filled from it', async ({ firefox }) => {
  const site = await startSampleSite();
  try {
    const popup = await firefox.open(firefox.url('popup.html'));
    const salt = Buffer.alloc(32, 9).toString('base64url');
    await call(popup, 'createVault', { vaultName: 'Test', hint: '', kdfId: 1, salt, stretched: KEY });
    await call(popup, 'save', login('Bank', { websites: [{ url: site.origin, match: 'host' }] }));
    const page = await firefox.open(`${site.origin}/sign-in`);
    await page.activate();
    const count = (): Promise<number> => page.evaluate('document.documentElement.childElementCount');
    const before = await count();
    const field = await page.bySelector('[name=password]');
    await page.click(field);
    await until('the icon', async () => ((await count()) > before ? true : undefined));
    // The icon lies at the end of the field.
    const width = await page.evaluate<number>('document.querySelector("[name=password]").getBoundingClientRect().width');
    await page.click(field, Math.floor(width / 2) - 16);
    const menu = await until('the menu', async () => (await page.frames()).find(({ url }) => url.startsWith('moz-extension://')));
    const frame = new Tab(firefox.bidi, menu.context);
    const option = await frame.byRole('option', 'Bank Bank@example.com');
    const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
    await pause(1_000);
    // The pointer has just come in: the first press does not count.
    await frame.click(option);
    await pause(1_000);
    expect((await page.frames()).length).toBe(1);
    await frame.click(option);
    await until('the menu to go', async () =>
      (await page.frames()).some(({ url }) => url.startsWith('moz-extension://')) ? undefined : true,
    );
    await pause(800);
    expect(await page.evaluate(`[...document.querySelectorAll('input:not([type=checkbox])')].map((input) => input.value).join('')`)).toBe(
      '',
    );
  } finally {
    await site.close();
  }
});
