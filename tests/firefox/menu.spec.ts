/** S-55: Firefox can't tell whether a frame in a page is seen. Icon and menu are there; what is chosen is confirmed in the popup. */
import { login } from '../e2e/support/calls.ts';
import { until } from '../e2e/support/cdp.ts';
import { Tab } from './firefox.ts';
import { call, expect, openVault, pause, test } from './fixtures.ts';

test('S-55: the icon, the menu, and nothing filled from it', async ({ firefox, site }) => {
  const popup = await openVault(firefox);
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
  expect(await page.evaluate(`[...document.querySelectorAll('input:not([type=checkbox])')].map((input) => input.value).join('')`)).toBe('');
});
