/** The toolbar button's badge, the keyboard shortcut, and intents that survive a lock or a ceremony. */
import type { Page } from '@playwright/test';
import { expect, type Sesame, test } from './fixtures.ts';
import { call, login, makeVault, unlock } from './support/calls.ts';

async function withLogins(sesame: Sesame, origin: string, count: number): Promise<Page> {
  const page = await sesame.openPopup();
  await makeVault(page);
  for (let at = 0; at < count; at += 1) {
    const websites = [{ url: `${origin}/`, match: 'host' as const }];
    await call(page, 'save', login(`site ${at}`, { username: `user-${at}`, password: `password-${at}`, websites }));
  }
  return page;
}

async function badge(sesame: Sesame, page: Page): Promise<string> {
  return (await sesame.worker()).evaluate(async (url) => {
    const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
    return chrome.action.getBadgeText({ tabId: tab?.id ?? -1 });
  }, page.url());
}

/** As if the person had pressed the keys while this page was in front. */
async function pressShortcut(sesame: Sesame, page: Page): Promise<void> {
  await page.bringToFront();
  await (await sesame.worker()).evaluate(async (url) => {
    const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
    (chrome.commands.onCommand as unknown as { dispatch(name: string, tab?: chrome.tabs.Tab): void }).dispatch('fill', tab);
  }, page.url());
}

test('the badge counts matches while unlocked, and says nothing while locked', async ({ sesame, site, page }) => {
  const own = await withLogins(sesame, site.origin, 2);
  await page.goto(`${site.origin}/sign-in`);
  await page.bringToFront();
  await expect.poll(() => badge(sesame, page)).toBe('2');
  await page.goto(`${site.otherOrigin}/sign-in`);
  await expect.poll(() => badge(sesame, page)).toBe('');
  await page.goto(`${site.origin}/sign-in`);
  await expect.poll(() => badge(sesame, page)).toBe('2');
  await call(own, 'lock');
  await expect.poll(() => badge(sesame, page)).toBe('');
  await page.reload();
  await unlock(own);
  await page.bringToFront();
  await expect.poll(() => badge(sesame, page)).toBe('2');
});

test('the shortcut fills, and pressed again takes the next match', async ({ sesame, site, page }) => {
  await withLogins(sesame, site.origin, 2);
  await page.goto(`${site.origin}/sign-in`);
  const user = page.locator('input[autocomplete=username], input[name=username], input[type=email]').first();
  await pressShortcut(sesame, page);
  await expect(user).toHaveValue(/^user-/);
  const first = await user.inputValue();
  await pressShortcut(sesame, page);
  await expect(user).toHaveValue(first === 'user-0' ? 'user-1' : 'user-0');
});

test('the shortcut while locked opens the popup and keeps what was wanted', async ({ sesame, site, page }) => {
  const own = await withLogins(sesame, site.origin, 1);
  await call(own, 'lock');
  await page.goto(`${site.origin}/sign-in`);
  await pressShortcut(sesame, page);
  await expect.poll(async () => (await call(own, 'status')).intent).toMatchObject({ kind: 'fill', itemId: null });
  await expect
    .poll(async () => (await sesame.cdp.targets()).filter(({ type, url }) => type === 'page' && url.endsWith('popup.html')).length)
    .toBe(2);
  expect(await page.locator('input[type=password]').first().inputValue()).toBe('');
});

test('S-107: a ceremony gets its intent from the background, beside the one that waits', async ({ sesame, site, page }) => {
  const own = await withLogins(sesame, site.origin, 1);
  await page.goto(`${site.origin}/sign-in`);
  const { tab } = await call(own, 'status');
  const { rows } = (await call(own, 'forThisSite')) ?? { rows: [] };
  const waiting = { kind: 'fill', itemId: rows[0]?.id ?? null, tabId: tab?.id ?? -1 } as const;
  await call(own, 'setIntent', waiting);
  const opened = sesame.context.waitForEvent('page', { predicate: (one) => one.url().includes('ceremony.html') });
  await call(own, 'openCeremony', { kind: 'set-up-passkey' });
  const ceremony = await opened;
  await ceremony.waitForLoadState();
  expect((await call(ceremony, 'status')).intent).toEqual({ kind: 'set-up-passkey' });
  expect((await call(own, 'status')).intent).toEqual(waiting);
  await sesame.killWorker();
  await call(ceremony, 'ceremonyDone', { ok: true });
  await expect(page.locator('input[type=password]').first()).toHaveValue('password-0');
  expect((await call(own, 'status')).intent).toBeNull();
});
