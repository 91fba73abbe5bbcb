/** A reset link in Firefox: its page belongs to the server, and leads to one of ours, as in Chromium. */
import { login } from '../e2e/support/calls.ts';
import { until } from '../e2e/support/cdp.ts';
import { NEW } from '../e2e/support/reset.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { EMAIL, fill, reads, signUp, synced } from './account.ts';
import { type Firefox, Tab } from './firefox.ts';
import { call, expect, pause, test } from './fixtures.ts';

const TOKEN = '7KQ2M9DX4TVA0HRNZB8E1WGSP6JC3FY57KQ2M9DX4TVA0HRNZB8E';

let server: TestServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.stop());

/** Every tab with a page of ours. */
const ours = async (firefox: Firefox): Promise<Tab[]> =>
  (await firefox.tabs()).filter(({ url }) => url.startsWith(firefox.url(''))).map(({ context }) => new Tab(firefox.bidi, context));

/** The page that Sesame opens beside those that are there. */
const opened = (firefox: Firefox, before: Tab[]): Promise<Tab> =>
  until('a page of ours', async () => (await ours(firefox)).find(({ context }) => !before.some((tab) => tab.context === context)));

const address = (page: Tab): Promise<string> => page.evaluate<string>('location.href');

test('S-34, S-93, S-125, S-128: it waits for a person, then a page of ours opens, and the token leaves the address', async ({
  firefox,
}) => {
  const page = await firefox.open(`${server.origin}/reset#t=${TOKEN}`);
  await page.activate();
  await reads(page, /7KQ2-M9DX/);
  // What a link scanner's script can do: press everything, but not as a person.
  await page.evaluate(`document.querySelectorAll('button').forEach((button) => button.click())`);
  await pause(1_000);
  expect(await ours(firefox)).toEqual([]);

  await page.goto('about:blank');
  await page.goto(`${server.origin}/reset#t=${TOKEN}`);
  await page.click(await page.byRole('button', 'Continue in Sesame'));
  const own = await opened(firefox, []);
  await own.byRole('heading', 'Reset account');
  expect(await address(own)).toBe(firefox.url('popup.html'));
  await until('the token to leave', async () => ((await address(page)) === `${server.origin}/reset` ? true : undefined));
  // The page still has its code for who goes on elsewhere.
  await reads(page, /7KQ2-M9DX/);
});

test('S-134: the link that this browser asked for leads to the new vault without another press', async ({ firefox }) => {
  test.setTimeout(180_000);
  const page = await signUp(firefox, server);
  await call(page, 'save', login('Sesame Bank'));
  await synced(page);
  await call(page, 'lock');
  await page.click(await page.byRole('link', "Can't get in?"));
  await page.click(await page.byRole('button', 'Start process'));
  const before = await ours(firefox);
  const link = await server.resetLink(EMAIL);
  const web = await firefox.open(link);
  const own = await opened(firefox, before);
  await own.activate();
  await fill(own, 'New master password', NEW);
  await fill(own, 'Repeat master password', NEW);
  await fill(own, 'Hint', 'what we ate on the ferry');
  await own.click(await own.byRole('button', 'Reset account'));
  await reads(own, /([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}/);
  expect(await address(web)).toBe(`${server.origin}/reset`);
  await synced(own);
  const { rows } = await call(own, 'list', { text: '', in: 'items', offset: 0, limit: 10 });
  expect(rows).toEqual([]);
  // What was there lies sealed, here and at the account.
  expect((await call(own, 'sealedVaults')).map(({ where }) => where).sort()).toEqual(['account', 'browser']);
});
