/**
 * The main job in Firefox: the same sources, its own platform. What Firefox can't do is said and is
 * never a dead end. Driven over WebDriver BiDi, because Playwright brings a Firefox of its own.
 */
import { login } from '../e2e/support/calls.ts';
import { until } from '../e2e/support/cdp.ts';
import type { Tab } from './firefox.ts';
import { call, expect, test } from './fixtures.ts';

const PASSWORD = 'toasted seeds on warm bread';

async function createVault(page: Tab): Promise<void> {
  await page.click(await page.byRole('button', 'Create a vault'));
  for (const name of ['Master password', 'Repeat master password']) {
    await page.click(await page.byLabel(name));
    await page.type(PASSWORD);
  }
  await page.click(await page.byRole('button', 'Create vault'));
  await page.click(await page.byRole('button', 'Later'));
}

test('creates a vault, fills a form on request, locks and opens again', async ({ firefox, site }) => {
  const popup = await firefox.open(firefox.url('popup.html'));
  await createVault(popup);
  const websites = [{ url: site.origin, match: 'host' as const }];
  await call(popup, 'save', login('Sesame Bank', { username: 'alice', password: 'open sesame', websites }));
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
});
