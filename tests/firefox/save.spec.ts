/** Saving in Firefox, where documents may have no id: asked about when the site took it, and not before. */
import { test as base, expect } from '@playwright/test';
import type { UiApi } from '../../extension/shared/api.ts';
import { KEY } from '../e2e/support/calls.ts';
import { until } from '../e2e/support/cdp.ts';
import { startSampleSite } from '../pages/server.mjs';
import { type Firefox, launchFirefox, type Tab } from './firefox.ts';

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

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function signIn(page: Tab, password: string): Promise<void> {
  await page.click(await page.bySelector('[name=username]'));
  await pause(500);
  await page.type('ada');
  await page.click(await page.bySelector('[name=password]'));
  await page.type(password);
  await page.click(await page.bySelector('form button'));
}

test('a sign-in is asked about once the site has taken it', async ({ firefox }) => {
  const site = await startSampleSite();
  try {
    const popup = await firefox.open(firefox.url('popup.html'));
    const salt = Buffer.alloc(32, 9).toString('base64url');
    await call(popup, 'createVault', { vaultName: 'Test', hint: '', kdfId: 1, salt, stretched: KEY });
    const page = await firefox.open(`${site.origin}/sign-in`);
    await page.activate();
    await page.evaluate("document.querySelector('form').addEventListener('submit', (event) => event.preventDefault()) ?? null");
    await signIn(page, 'canary-wrong');
    await pause(3_000);
    expect(await call(popup, 'waitingCapture')).toBeNull();
    await page.goto(`${site.origin}/sign-in`);
    await signIn(page, 'canary-right');
    const waiting = await until('the question', async () => (await call(popup, 'waitingCapture')) ?? undefined, 15_000);
    expect(waiting).toMatchObject({ verdict: 'new', origin: site.origin, username: 'ada' });
    const { itemId } = await call(popup, 'saveCapture', { id: waiting.id, itemId: null, name: 'Bank', username: 'ada' });
    expect(await call(popup, 'reveal', { id: itemId, secret: 'password' })).toBe('canary-right');
  } finally {
    await site.close();
  }
});
