/** S-20, S-21: nothing that Sesame does with a vault leaves the browser. */
import { expect, test } from './fixtures.ts';
import { ALL, call, login, makeVault, unlock } from './support/calls.ts';

test('S-20 S-21: a vault full of addresses causes no request at all', async ({ sesame, site }) => {
  const asked: string[] = [];
  sesame.context.on('request', (request) => asked.push(request.url()));
  const web = await sesame.context.newPage();
  await web.goto(`${site.origin}/sign-in`, { waitUntil: 'networkidle' });
  asked.length = 0;
  const page = await sesame.openPopup();
  await makeVault(page);
  const hosts = Array.from({ length: 20 }, (_, at) => login(`canary-${at}`));
  await call(page, 'importItems', { items: [...hosts, login('here', { websites: [{ url: site.origin, match: 'site' }] })] });
  await page.reload();
  await page.getByRole('button', { name: /^canary-1 / }).click();
  await expect(page.getByRole('button', { name: 'Copy password' })).toBeVisible();
  await call(page, 'audit');
  await call(page, 'lock');
  await unlock(page);
  const { rows } = await call(page, 'list', ALL);
  const tabId = (await call(page, 'forThisSite'))?.tabId ?? 0;
  const here = rows.find((row) => row.name === 'here');
  expect(await call(page, 'fill', { id: here?.id ?? '', tabId })).toMatchObject({ result: 'filled' });
  // No icon, no well-known address, no look-up: not even of the site that was filled.
  expect(asked.filter((url) => !url.startsWith(sesame.url('')))).toEqual([]);
});
