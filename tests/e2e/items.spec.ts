/** Items as a person keeps them: made, found, copied, changed, thrown away. */
import { expect, test } from './fixtures.ts';
import { call, login } from './support/calls.ts';
import { saveLogin } from './support/flows.ts';
import { all, button, field, openVault, reopen, row, status } from './support/vault.ts';

test('a login is made, found, read, changed, and its old password kept', async ({ sesame }) => {
  const page = await openVault(sesame, []);
  await expect(all(page)).toContainText('Your vault is empty.');
  await saveLogin(page, {
    name: 'Sample bank',
    username: 'alice',
    password: 'first secret',
    website: 'bank.example',
    totp: 'JBSWY3DPEHPK3PXP',
  });
  await expect(row(page, /^Sample bank,? alice/)).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search vault' }).fill('bänk alice');
  await row(page, /^Sample bank/).click();

  await expect(page.getByText('first secret')).toHaveCount(0);
  await button(page, 'Show password').click();
  await expect(page.locator('.secret-text')).toHaveText('first secret');
  await button(page, 'Copy password').click();
  await expect(status(page)).toHaveText(/Copied, cleared in (29|30) s/);
  await expect(page.locator('.totp-code')).toHaveText(/^\d{6}$/);
  await expect(page.getByRole('img', { name: /^\d+ seconds? left$/ })).toBeVisible();
  await expect(button(page, 'Open bank.example')).toBeVisible();

  await button(page, 'Edit').click();
  await field(page, 'Password').fill('second secret');
  await field(page, 'Tags').fill('money, home');
  await button(page, 'Add field').click();
  await field(page, 'Field name').fill('Phone PIN');
  await page.getByRole('combobox', { name: 'Field type' }).selectOption('hidden');
  await field(page, 'Field value').fill('4711');
  await button(page, 'Save').click();
  await button(page, 'Show Phone PIN').click();
  await expect(page.locator('.secret-text')).toHaveText('4711');
  await expect(page.getByRole('list', { name: 'Tags' })).toContainText('money');

  await button(page, 'History').click();
  await button(page, 'Show old password').click();
  await expect(page.locator('.secret-text')).toHaveText('first secret');
});

test('every kind of item has its own fields', async ({ sesame }) => {
  const page = await openVault(sesame, []);
  await button(page, 'New item').click();
  for (const kind of ['Login', 'Card', 'Identity', 'Secure note']) await expect(button(page, kind)).toBeVisible();
  await button(page, 'Card').click();
  await field(page, 'Name').fill('Travel card');
  await field(page, 'Card number').fill('4242424242424242');
  await field(page, 'Expiry month').fill('09');
  await field(page, 'Expiry year').fill('2029');
  await button(page, 'Save').click();
  await row(page, /^Travel card/).click();
  await expect(page.getByText('09/2029')).toBeVisible();
  await expect(page.getByText('4242424242424242')).toHaveCount(0);
  await button(page, 'Show Card number').click();
  await expect(page.locator('.secret-text')).toHaveText('4242424242424242');
  await page.keyboard.press('Escape');
  await button(page, 'New item').click();
  await button(page, 'Secure note').click();
  await field(page, 'Name').fill('Alarm');
  await field(page, 'Note').fill('Behind the coats');
  await button(page, 'Save').click();
  await row(page, /^Alarm/).click();
  await expect(page.getByText('Behind the coats')).toBeVisible();
});

test('what is wrong in the editor is said where it is, and nothing is saved', async ({ sesame }) => {
  const page = await openVault(sesame, []);
  await button(page, 'New item').click();
  await button(page, 'Login').click();
  await field(page, 'Website').fill('two words');
  await field(page, 'One-time code secret').fill('JBSWY3DPEHPK3PX0');
  await expect(page.getByText('“0” can’t be part of a secret')).toBeVisible();
  await button(page, 'Save').click();
  await expect(page.getByRole('alert')).toContainText('Not saved yet: 3 fields need a look.');
  await expect(field(page, 'Name')).toBeFocused();
  await expect(field(page, 'Website')).toHaveAccessibleDescription(/isn’t a web address/);
  await field(page, 'Website').fill('javascript:alert(1)');
  await expect(field(page, 'Website')).toHaveAccessibleDescription(/Only http and https/);
  expect((await call(page, 'status')).open?.itemCount).toBe(0);
});

test('bin: moved, restored, deleted for ever, emptied', async ({ sesame }) => {
  const page = await openVault(sesame);
  await row(page, /^apple/).click();
  await button(page, 'Move to bin').click();
  await expect(status(page)).toHaveText('“apple” is in the bin.');
  await expect(row(page, /^apple/)).toHaveCount(0);
  await row(page, /^banana/).hover();
  await all(page).getByRole('listitem').filter({ hasText: 'banana' }).getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Move to bin' }).click();
  await expect(row(page, /^banana/)).toHaveCount(0);

  await button(page, 'Bin').click();
  const binned = page.getByRole('region', { name: 'Bin' }).getByRole('listitem');
  await expect(binned).toHaveCount(2);
  await binned.filter({ hasText: 'apple' }).getByRole('button', { name: 'Restore' }).click();
  await expect(status(page)).toHaveText('“apple” is back in your vault.');
  await expect(binned).toHaveCount(1);
  await binned.getByRole('button', { name: /^banana/ }).click();
  await expect(button(page, 'Edit')).toHaveCount(0);
  await expect(button(page, 'Restore')).toBeVisible();
  await page.keyboard.press('Escape');
  await button(page, 'Empty bin').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(binned).toHaveCount(1);
  await button(page, 'Empty bin').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Empty bin' }).click();
  await expect(page.getByText('The bin is empty.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row(page, /^apple/)).toBeVisible();
  await expect(row(page, /^banana/)).toHaveCount(0);
});

test('a draft survives the popup closing, until it is saved or discarded', async ({ sesame }) => {
  const page = await openVault(sesame, []);
  await button(page, 'New item').click();
  await button(page, 'Login').click();
  await field(page, 'Name').fill('Half written');
  await field(page, 'Password').fill('half secret');
  await reopen(sesame, page);
  await expect(page.getByText('“Half written” has unsaved changes.')).toBeVisible();
  await page.getByRole('link', { name: 'Continue editing' }).click();
  await expect(field(page, 'Password')).toHaveValue('half secret');
  await page.keyboard.press('Escape');
  await button(page, 'New item').click();
  await button(page, 'Login').click();
  await expect(field(page, 'Name')).toHaveValue('Half written');
  await button(page, 'Cancel').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click();
  await expect(field(page, 'Name')).toHaveValue('Half written');
  await button(page, 'Cancel').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }).click();
  await reopen(sesame, page);
  await button(page, 'New item').click();
  await button(page, 'Login').click();
  await expect(field(page, 'Password')).toHaveValue('');
  await expect(page.getByText('You have unsaved changes')).toHaveCount(0);
});

test('S-79: what was saved as text stays text, and no script runs', async ({ sesame }) => {
  const evil = '<img src=x onerror=alert(1)>';
  const page = await openVault(sesame, [
    login('evil', {
      name: evil,
      username: evil,
      notes: evil,
      tags: [evil],
      websites: [{ url: `https://ok.example/${evil}`, match: 'host' }],
    }),
  ]);
  page.on('dialog', () => expect(false, 'a script ran').toBe(true));
  await row(page, /^<img/).click();
  await expect(page.getByRole('heading', { name: evil })).toBeVisible();
  expect(await page.locator('img').count()).toBe(0);
});
