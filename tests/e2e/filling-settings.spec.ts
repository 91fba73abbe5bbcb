/** Settings › Filling: what is shown, what is copied, which sites are one, where nothing is saved; and the report of a page. */
import { PASSWORD } from '../pages/desk.ts';
import { expect, test } from './fixtures.ts';
import { call, login } from './support/calls.ts';
import { button, field, openVault, status } from './support/vault.ts';

test('the icon and the copied code are switched, and stay so after a lock', async ({ sesame }) => {
  const page = await openVault(sesame);
  expect((await call(page, 'settings')).filling).toMatchObject({ icon: true, copyCode: false });
  await button(page, 'Settings').click();
  const filling = page.getByRole('region', { name: 'Filling' });
  await expect(filling.getByRole('checkbox', { name: 'Copy the one-time code after filling' })).not.toBeChecked();
  await filling.getByRole('checkbox', { name: 'Copy the one-time code after filling' }).check();
  await filling.getByRole('checkbox', { name: 'Show the icon in fields' }).uncheck();
  await expect.poll(async () => (await call(page, 'settings')).filling).toMatchObject({ icon: false, copyCode: true });
});

test('S-87: equivalent sites are the person’s own list and a short one of ours, which can be switched off', async ({
  sesame,
  site,
  page: web,
}) => {
  await web.goto(`${site.origin}/sign-in`);
  const page = await openVault(sesame, []);
  await button(page, 'Settings').click();
  await page.getByRole('button', { name: 'Equivalent sites' }).click();
  const own = page.getByRole('region', { name: 'Your groups' });
  const sites = field(page, 'Sites that share an account');
  await sites.fill('one.com');
  await button(page, 'Add group').click();
  await expect(own).toContainText('Name two sites or more.');
  await sites.fill('one.com co.uk');
  await page.keyboard.press('Enter');
  await expect(own).toContainText('not the name of a whole site');
  await sites.fill('https://www.One.com/login, two.org');
  await page.keyboard.press('Enter');
  await expect(own).toContainText('one.com, two.org');
  expect((await call(page, 'settings')).filling.equivalents).toEqual([['one.com', 'two.org']]);
  await expect(sites).toHaveValue('');
  await button(page, 'Remove one.com, two.org').click();
  await expect.poll(async () => (await call(page, 'settings')).filling.equivalents).toEqual([]);
  const builtIn = page.getByRole('region', { name: 'Built in' }).getByRole('checkbox');
  const [first] = await call(page, 'builtinEquivalents');
  await builtIn.first().uncheck();
  await expect.poll(async () => (await call(page, 'settings')).filling.builtInOff).toEqual([first?.[0]]);
});

test('a site that was left out of saving can be taken in again', async ({ sesame }) => {
  const page = await openVault(sesame, []);
  const { filling } = await call(page, 'settings');
  await call(page, 'saveFilling', { ...filling, never: ['https://one.example', 'https://two.example'] });
  await button(page, 'Settings').click();
  await page.getByRole('button', { name: 'Never offer to save' }).click();
  await button(page, 'Offer to save on https://one.example again').click();
  await expect(page.getByRole('listitem')).toHaveText(['https://two.example']);
  expect((await call(page, 'settings')).filling.never).toEqual(['https://two.example']);
});

test('a page’s forms are described for a report, without what is typed in them or whose page it is', async ({
  sesame,
  site,
  page: web,
}) => {
  await web.goto(`${site.origin}/sign-in`);
  await web.getByLabel('User name').fill('canary-user');
  await web.getByLabel('Password').fill('canary-secret');
  const page = await openVault(sesame, [login('canary-item', { password: PASSWORD, websites: [{ url: site.origin, match: 'host' }] })]);
  await button(page, 'Settings').click();
  await page.getByRole('button', { name: 'Describe this page’s forms' }).click();
  const text = page.getByRole('region', { name: 'Description' });
  await expect(text).toContainText('current-password');
  const words = await text.locator('pre').innerText();
  expect(words).not.toContain('canary');
  expect(words).not.toContain(new URL(site.origin).host);
  await button(page, 'Copy').click();
  await expect(status(page)).toContainText('Copied');
  expect((await page.evaluate(() => navigator.clipboard.readText())).trim()).toBe(words.trim());
});
