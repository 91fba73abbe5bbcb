/** The ceremony window, as the real popup of the toolbar button opens it: what was begun there is finished. */
import type { Page } from '@playwright/test';
import { ActionPopup, expect, type Sesame, test } from './fixtures.ts';
import { call, login } from './support/calls.ts';
import { leaveOpen, popupOver, waits, windowOf } from './support/ceremony.ts';
import { createVault, notNow, PASSWORD, proveCode } from './support/flows.ts';

const NEXT = 'another lantern quilt harbor';
const UNLOCK = 'Unlock with biometrics';

/** A vault with a login for the site, made in a tab whose page then only asks the background. */
async function withLogin(sesame: Sesame, origin: string): Promise<Page> {
  const own = await sesame.openPopup();
  await createVault(own);
  await notNow(own);
  await call(own, 'save', login('site', { username: 'alice', password: 'of the site', websites: [{ url: `${origin}/`, match: 'host' }] }));
  return own;
}

/** Enrols from the real popup, through the window. */
async function enrol(sesame: Sesame, page: Page, keepOpen: boolean): Promise<Page> {
  const popup = await popupOver(sesame, page);
  await popup.click('button', 'Settings');
  await popup.click('button', 'Set up biometric unlock');
  const { window } = await windowOf(sesame, () => popup.click('button', 'Set up biometric unlock'));
  await popup.closed;
  if (keepOpen) {
    await window.evaluate(() => {
      globalThis.close = () => undefined;
    });
  }
  const closing = keepOpen ? null : window.waitForEvent('close');
  await window.getByRole('button', { name: 'Set up biometric unlock' }).click();
  await closing;
  await expect.poll(() => waits(sesame)).toBe(false);
  return window;
}

const secretField = (page: Page) => page.locator('input[type=password]').first();
const keysOf = async (own: Page) => (await call(own, 'status')).locked?.passkeys ?? [];

async function lockWithWaitingFill(sesame: Sesame, own: Page, page: Page): Promise<void> {
  await call(own, 'lock');
  const tabId = await (await sesame.worker()).evaluate(
    async (url) => (await chrome.tabs.query({})).find((tab) => tab.url === url)?.id ?? -1,
    page.url(),
  );
  await call(own, 'setIntent', { kind: 'fill', itemId: null, tabId });
}

test('from the popup: set up, lock, unlock with biometrics, and the fill that waited is done', async ({ sesame, site, page }) => {
  test.slow();
  const own = await withLogin(sesame, site.origin);
  await page.goto(`${site.origin}/sign-in`);
  const window = await enrol(sesame, page, true);
  expect(await keysOf(own)).toMatchObject([{ usedHere: true, lastProblem: null }]);

  await lockWithWaitingFill(sesame, own, page);
  await leaveOpen(sesame);
  const popup = await popupOver(sesame, page);
  await popup.click('button', UNLOCK);
  await popup.closed;
  await expect(secretField(page)).toHaveValue('of the site');
  const { state, open, intent } = await call(own, 'status');
  expect([state, open?.openedBy, intent]).toEqual(['unlocked', 'passkey', null]);
  expect(await waits(sesame)).toBe(false);
  await window.close();
});

test('S-170: a passkey that is gone is said as far as it is known; the fill waits for another way in', async ({ sesame, site, page }) => {
  test.slow();
  const own = await withLogin(sesame, site.origin);
  await page.goto(`${site.origin}/sign-in`);
  await enrol(sesame, page, false);
  await lockWithWaitingFill(sesame, own, page);
  const popup = await popupOver(sesame, page);
  // The window of now has an authenticator that never saw this passkey.
  const { window } = await windowOf(sesame, () => popup.click('button', UNLOCK));
  await expect(window.getByRole('alert')).toContainText('gave no answer');
  await expect(window.getByRole('alert')).toContainText('removed or reset');
  await expect(window.getByRole('button', { name: UNLOCK })).toBeEnabled();
  expect(await keysOf(own)).toMatchObject([{ lastProblem: 'not-allowed' }]);

  const back = await popupOver(sesame, page, () => window.getByRole('button', { name: 'Cancel' }).click());
  await back.waitFor('button', UNLOCK);
  await back.waitFor('link', 'Why not?');
  await back.type('textbox', 'Master password', PASSWORD);
  await back.press('Enter');
  await expect(secretField(page)).toHaveValue('of the site', { timeout: 30_000 });
  await back.closed;
  expect((await call(own, 'status')).intent).toBeNull();
});

test('S-107: closing the window by its cross leaves nothing of what it was for', async ({ sesame, page, site }) => {
  const own = await withLogin(sesame, site.origin);
  const act = { kind: 'prove-passkey', then: 'export', format: 'csv', typed: 'export' } as const;
  const { window } = await windowOf(sesame, () => call(own, 'openCeremony', act));
  expect(await waits(sesame)).toBe(true);
  await window.close();
  await expect.poll(() => waits(sesame)).toBe(false);
  await page.close();
});

/** Two more minutes: what was shown until now is no longer fresh. */
async function later(sesame: Sesame): Promise<void> {
  await (await sesame.worker()).evaluate(() => {
    const before = Date.now;
    Date.now = () => before() + 120_000;
  });
}

test('S-117, S-173: from the popup, biometrics stand before an export, a new recovery code and a new master password', async ({
  sesame,
  site,
  page,
}) => {
  test.setTimeout(240_000);
  const own = await withLogin(sesame, site.origin);
  await page.goto(`${site.origin}/sign-in`);
  const window = await enrol(sesame, page, true);
  const confirm = async (popup: ActionPopup): Promise<void> => {
    await leaveOpen(sesame);
    await popup.waitFor('dialog', 'Is it still you?');
    await popup.click('button', 'Confirm with biometrics');
    await popup.closed;
  };
  const popupAt = async (route: string): Promise<ActionPopup> => {
    await later(sesame);
    await call(own, 'setIntent', { kind: 'view', route });
    return popupOver(sesame, page);
  };

  const exporting = await popupAt('export');
  await exporting.click('button', 'Export a readable file');
  await exporting.type('textbox', 'Type “export” to go on', 'export');
  await exporting.click('button', 'Export');
  const saving = window.waitForEvent('download');
  await confirm(exporting);
  expect((await saving).suggestedFilename()).toMatch(/\.csv$/);
  await expect(window.getByText(/^Saved as /)).toBeVisible();
  const back = await ActionPopup.next(sesame, () => window.getByRole('button', { name: 'Close' }).click());
  await back.waitFor('heading', 'Export');
  await back.close();

  const renewing = await popupAt('ways-back');
  await renewing.click('button', 'New recovery code');
  await confirm(renewing);
  const code = window.getByRole('textbox', { name: /^Type group/ });
  await expect(code).toBeVisible();
  const shown = /([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}/.exec(await window.locator('body').innerText())?.[0] ?? '';
  const after = await ActionPopup.next(sesame, () => proveCode(window, shown));
  await after.waitFor('heading', 'Ways back in');
  await after.close();
  expect((await call(own, 'status')).open?.waysBack.recovery.confirmed).toBe(true);

  const setting = await popupAt('set-password');
  await setting.type('textbox', 'New master password', NEXT);
  await setting.type('textbox', 'Repeat master password', NEXT);
  await setting.click('button', 'Set a new master password');
  await setting.waitFor('dialog', 'Is it still you?', 30_000);
  await confirm(setting);
  await expect.poll(async () => (await call(own, 'status')).locked?.retired.length).toBe(1);
  await expect.poll(() => waits(sesame)).toBe(false);
});
