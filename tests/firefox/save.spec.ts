/** Saving in Firefox, where documents may have no id: asked about when the site took it, and not before. */
import { until } from '../e2e/support/cdp.ts';
import type { Tab } from './firefox.ts';
import { call, expect, openVault, pause, test } from './fixtures.ts';

async function signIn(page: Tab, password: string): Promise<void> {
  await page.click(await page.bySelector('[name=username]'));
  await pause(500);
  await page.type('ada');
  await page.click(await page.bySelector('[name=password]'));
  await page.type(password);
  await page.click(await page.bySelector('form button'));
}

test('a sign-in is asked about once the site has taken it', async ({ firefox, site }) => {
  const popup = await openVault(firefox);
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
});
