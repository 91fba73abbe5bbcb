/** Filling from the list: by keyboard, from an item's page, from the toolbar; and what is said when it does not fill. */
import { expect, test } from './fixtures.ts';
import { login } from './support/calls.ts';
import { button, openVault, reopen } from './support/vault.ts';

const ann = (url: string) => login('Sample bank', { username: 'ann', password: 'correct horse', websites: [{ url, match: 'host' }] });

test('Enter in the search fills the first row for this site; so does the item’s page', async ({ sesame, site }) => {
  const web = await sesame.context.newPage();
  await web.goto(`${site.origin}/sign-in`);
  const page = await openVault(sesame, [ann(site.origin), login('other')]);
  const here = page.getByRole('region', { name: 'For this site' });
  await expect(here.getByRole('button', { name: /^Sample bank,? ann/ })).toBeVisible();
  await expect(here.getByRole('button', { name: /^other/ })).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(web.getByLabel('Password')).toHaveValue('correct horse');
  await expect(page.getByRole('status')).toHaveText('Filled 2 fields.');

  await web.reload();
  await reopen(sesame, page);
  await page.keyboard.press('ArrowDown');
  await expect(here.getByRole('button', { name: /^Sample bank/ })).toBeFocused();
  await here.getByRole('button', { name: /^Sample bank/ }).click();
  await button(page, 'Fill').click();
  await expect(web.getByLabel('Password')).toHaveValue('correct horse');
});

test('why nothing was filled is said in words, and the page stays as it was', async ({ sesame, site }) => {
  const web = await sesame.context.newPage();
  await web.goto(`${site.origin}/`);
  const page = await openVault(sesame, [ann(site.origin)]);
  await button(page, 'Fill').click();
  await expect(page.getByRole('alert')).toContainText('No sign-in form was found on this page. Nothing was filled.');
});

test('the toolbar popup closes once it has filled', async ({ sesame, site }) => {
  const page = await openVault(sesame, [ann(site.origin)]);
  await page.close();
  const web = await sesame.context.newPage();
  await web.goto(`${site.origin}/sign-in`);
  await web.bringToFront();
  const popup = await sesame.openActionPopup();
  await popup.click('button', 'Fill');
  await popup.closed;
  await expect(web.getByLabel('Password')).toHaveValue('correct horse');
});
