/**
 * The main job in Firefox: the same sources, its own platform. What Firefox can't do is said and is
 * never a dead end. Driven over WebDriver BiDi, because Playwright brings a Firefox of its own.
 */
import { test as base, expect } from '@playwright/test';
import type { ItemEdit, UiApi } from '../../extension/shared/api.ts';
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

const PASSWORD = 'toasted seeds on warm bread';

const call = <K extends keyof UiApi>(page: Tab, name: K, input: unknown = null): Promise<ReturnType<UiApi[K]>> =>
  page
    .evaluate<{ ok?: ReturnType<UiApi[K]>; error?: string }>(
      `chrome.runtime.sendMessage(${JSON.stringify({ to: 'background', call: name, input })})`,
    )
    .then(({ ok, error }) => {
      if (error !== undefined) throw new Error(error);
      return ok as ReturnType<UiApi[K]>;
    });

const item = (origin: string): ItemEdit => ({
  id: '',
  kind: 'login',
  name: 'Sesame Bank',
  username: 'alice',
  password: 'open sesame',
  websites: [{ url: origin, match: 'host' }],
  totp: '',
  notes: '',
  custom: [],
  fields: {},
  tags: [],
  favourite: false,
});

async function createVault(page: Tab): Promise<void> {
  await page.click(await page.byRole('button', 'Create a vault'));
  for (const name of ['Master password', 'Repeat master password']) {
    await page.click(await page.byLabel(name));
    await page.type(PASSWORD);
  }
  await page.click(await page.byRole('button', 'Create vault'));
  await page.click(await page.byRole('button', 'Later'));
}

test('creates a vault, fills a form on request, locks and opens again', async ({ firefox }) => {
  const site = await startSampleSite();
  try {
    const popup = await firefox.open(firefox.url('popup.html'));
    await createVault(popup);
    await call(popup, 'save', item(site.origin));
    const page = await firefox.open(`${site.origin}/sign-in`);
    const status = await call(popup, 'forThisSite');
    expect(status?.rows.map(({ name }) => name)).toEqual(['Sesame Bank']);
    const values = (): Promise<string[]> => page.evaluate(`[...document.querySelectorAll('input')].map((input) => input.value)`);
    expect((await values()).join('')).not.toContain('alice');
    const outcome = await call(popup, 'fill', { id: status?.rows[0]?.id, tabId: status?.tabId });
    expect(outcome).toMatchObject({ result: 'filled' });
    expect(await values()).toEqual(expect.arrayContaining(['alice', 'open sesame']));

    await call(popup, 'lock');
    await popup.activate();
    await popup.click(await popup.byLabel('Master password'));
    await popup.type('not this one');
    await popup.click(await popup.byRole('button', 'Unlock'));
    await popup.bySelector('[role=alert]');
    expect((await call(popup, 'status')).state).toBe('locked');
    await popup.evaluate(`location.reload()`).catch(() => undefined);
    await popup.click(await popup.byLabel('Master password'));
    await popup.type(PASSWORD);
    await popup.click(await popup.byRole('button', 'Unlock'));
    await until('the open vault', async () => ((await call(popup, 'status')).state === 'unlocked' ? true : undefined), 30_000);
  } finally {
    await site.close();
  }
});
