/** The menu of the right mouse button: fill, copy, generate; the same on every page, and honest while locked. */
import type { Page } from '@playwright/test';
import { PASSWORD } from '../pages/desk.ts';
import { expect, type Sesame, test } from './fixtures.ts';
import { call, login, makeVault } from './support/calls.ts';

const ENTRIES = ['sesame', 'fill', 'fill-generated', 'copy-username', 'copy-password', 'copy-code', 'copy-generated'];

/** As if the person had chosen the entry on this page. */
async function chooseEntry(sesame: Sesame, page: Page, menuItemId: string): Promise<void> {
  await page.bringToFront();
  await (await sesame.worker()).evaluate(
    async ([url, entry]) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
      const clicked = chrome.contextMenus.onClicked as unknown as { dispatch(info: object, tab?: chrome.tabs.Tab): void };
      clicked.dispatch({ menuItemId: entry, editable: true, frameId: 0, pageUrl: url }, tab);
    },
    [page.url(), menuItemId] as const,
  );
}

async function paste(reader: Page): Promise<string> {
  await reader.bringToFront();
  return reader.evaluate(() => navigator.clipboard.readText());
}

const popups = async (sesame: Sesame): Promise<number> =>
  (await sesame.cdp.targets()).filter(({ type, url }) => type === 'page' && url.endsWith('popup.html')).length;

async function start(sesame: Sesame, origin: string): Promise<Page> {
  const own = await sesame.openPopup();
  await makeVault(own);
  const websites = [{ url: `${origin}/`, match: 'host' as const }];
  await call(own, 'save', login('Lantern Bank', { username: 'alice', password: PASSWORD, websites, totp: 'JBSWY3DPEHPK3PXP' }));
  return own;
}

test('S-78, S-103: all entries are there before there is a vault, with words of their own and nothing of an item', async ({ sesame }) => {
  const worker = await sesame.worker();
  const known = () =>
    worker.evaluate((entries) => {
      const there = (id: string) =>
        chrome.contextMenus.update(id, { visible: true }).then(
          () => id,
          () => null,
        );
      return Promise.all(entries.map(there));
    }, ENTRIES);
  // Made as the extension is installed, which may still be going on.
  await expect.poll(known).toEqual(ENTRIES);
});

test('fills, and copies of the item that fits', async ({ sesame, site, page }) => {
  const own = await start(sesame, site.origin);
  await page.goto(`${site.origin}/sign-in`);
  await chooseEntry(sesame, page, 'fill');
  await expect(page.getByLabel('Password')).toHaveValue(PASSWORD);
  for (const [entry, text] of [
    ['copy-username', /^alice$/],
    ['copy-password', new RegExp(`^${PASSWORD}$`)],
    ['copy-code', /^\d{6}$/],
  ] as const) {
    await chooseEntry(sesame, page, entry);
    await expect.poll(() => paste(own)).toMatch(text);
  }
});

test('a generated password is in the history before it is on the clipboard', async ({ sesame, site, page }) => {
  const own = await start(sesame, site.origin);
  await page.goto(`${site.origin}/sign-up`);
  await chooseEntry(sesame, page, 'copy-generated');
  await expect.poll(async () => (await call(own, 'generatorHistory')).length).toBe(1);
  const made = (await call(own, 'generatorHistory'))[0]?.value ?? '';
  expect(made.length).toBeGreaterThanOrEqual(20);
  await expect.poll(() => paste(own)).toBe(made);
});

test('a generated password is filled into the form that was clicked in, as often as it asks, and into no sign-in form', async ({
  sesame,
  site,
  page,
}) => {
  const own = await start(sesame, site.origin);
  await page.goto(`${site.origin}/sign-up`);
  const passwords = page.locator('input[type=password]');
  await passwords.first().click();
  await chooseEntry(sesame, page, 'fill-generated');
  await expect.poll(() => passwords.first().inputValue()).not.toBe('');
  const [made] = await call(own, 'generatorHistory');
  expect(await passwords.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))).toEqual([made?.value, made?.value]);
  await page.goto(`${site.origin}/sign-in`);
  await page.getByLabel('Password').click();
  await chooseEntry(sesame, page, 'fill-generated');
  await expect.poll(async () => (await call(own, 'status')).intent).toMatchObject({ kind: 'view', route: 'generator' });
  await expect(page.getByLabel('Password')).toHaveValue('');
});

test('while locked nothing is copied or filled; the popup opens with what was wanted', async ({ sesame, site, page }) => {
  const own = await start(sesame, site.origin);
  await own.evaluate(() => navigator.clipboard.writeText('before'));
  await call(own, 'lock');
  await page.goto(`${site.origin}/sign-in`);
  for (const [entry, intent] of [
    ['copy-password', { kind: 'open' }],
    ['copy-generated', { kind: 'view', route: 'generator' }],
    ['fill', { kind: 'fill', itemId: null }],
  ] as const) {
    await chooseEntry(sesame, page, entry);
    await expect.poll(async () => (await call(own, 'status')).intent).toMatchObject(intent);
    await expect.poll(() => popups(sesame)).toBe(2);
  }
  expect(await paste(own)).toBe('before');
  await expect(page.getByLabel('Password')).toHaveValue('');
});
