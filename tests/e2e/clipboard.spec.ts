/** S-97: what was copied is taken back, what came later is left alone. */
import type { Page } from '@playwright/test';
import { expect, type Sesame, test } from './fixtures.ts';
import { call, login, makeVault } from './support/calls.ts';

/** By the background's own means: pages may read the clipboard only with the focus. */
async function paste(page: Page): Promise<string> {
  await page.bringToFront();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function copied(sesame: Sesame): Promise<Page> {
  const page = await sesame.openPopup();
  await makeVault(page);
  const { id } = await call(page, 'save', login('copied'));
  const { clearsAt } = await call(page, 'copy', { id, secret: 'password' });
  expect(clearsAt - Date.now()).toBeGreaterThan(25_000);
  expect(await paste(page)).toBe('secret of copied');
  return page;
}

const alarm = async (sesame: Sesame): Promise<void> =>
  (await sesame.worker()).evaluate(() => {
    (chrome.alarms.onAlarm as unknown as { dispatch(alarm: object): void }).dispatch({ name: 'clipboard', scheduledTime: Date.now() });
  });

test('cleared after 30 seconds, though popup and service worker are gone', async ({ sesame, page: own }) => {
  test.slow();
  const page = await copied(sesame);
  await page.close();
  await sesame.killWorker();
  await own.waitForTimeout(27_000);
  const reader = await sesame.openPopup();
  expect(await paste(reader)).toBe('secret of copied');
  await expect.poll(() => paste(reader), { timeout: 20_000 }).toBe('');
});

test('left alone when something else was copied since', async ({ sesame }) => {
  const page = await copied(sesame);
  await page.evaluate(() => navigator.clipboard.writeText('the person copied this'));
  await alarm(sesame);
  await page.waitForTimeout(1_000);
  expect(await paste(page)).toBe('the person copied this');
});

test('cleared on lock, and the offscreen document is gone', async ({ sesame }) => {
  const page = await copied(sesame);
  await call(page, 'lock');
  await expect.poll(() => paste(page)).toBe('');
  expect(await (await sesame.worker()).evaluate(() => chrome.offscreen.hasDocument())).toBe(false);
});
