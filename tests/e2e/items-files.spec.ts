/** Bringing items in and taking them out, and the settings. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { call } from './support/calls.ts';
import { button, field, openVault, row, status } from './support/vault.ts';

test('import: what a file holds is shown first; a bad file says so and changes nothing', async ({ sesame }) => {
  const page = await openVault(sesame, []);
  await button(page, 'Settings').click();
  await button(page, 'Import').click();
  const choose = (name: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('holiday.csv', 'this is no table of passwords');
  await expect(page.getByRole('alert')).toContainText('Nothing was changed');
  await choose(
    'chrome.csv',
    'name,url,username,password,note\nBank,https://bank.example/,alice,one,\nShop,https://shop.example/,alice,two,hello\n',
  );
  await expect(page.getByText('2 logins')).toBeVisible();
  expect((await call(page, 'status')).open?.itemCount).toBe(0);
  await button(page, 'Import 2 items').click();
  await expect(page.getByText('2 items added.')).toBeVisible();
  await button(page, 'Show my items').click();
  await expect(row(page, /^Shop,? alice/)).toBeVisible();
});

test('export: the backup is sealed; the readable file needs a typed word (S-38, S-117)', async ({ sesame }) => {
  const page = await openVault(sesame);
  await button(page, 'Settings').click();
  await button(page, 'Export').click();
  const sealed = page.waitForEvent('download');
  await button(page, 'Save a backup').click();
  const backup = await readFile(await (await sealed).path());
  expect(backup.includes('secret of apple')).toBe(false);
  await button(page, 'Export a readable file').click();
  await expect(button(page, 'Export')).toBeDisabled();
  await field(page, 'Type “export” to go on').fill('export');
  const readable = page.waitForEvent('download');
  await button(page, 'Export').click();
  expect(await readFile(await (await readable).path(), 'utf8')).toContain('secret of apple');
});

test('settings hold: lock time, theme and language; Italian is Italian everywhere', async ({ sesame }) => {
  const page = await openVault(sesame);
  await button(page, 'Settings').click();
  await page.getByRole('combobox', { name: 'Lock after' }).selectOption('5');
  await expect(status(page)).toHaveText('Saved.');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('it');
  await expect(page.getByRole('heading', { name: 'Impostazioni' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'it');
  await page.goto('about:blank');
  await page.goto(sesame.url('popup.html'));
  await expect(page.getByRole('searchbox', { name: 'Cerca nella cassaforte' })).toBeFocused();
  expect((await call(page, 'settings')).lockAfter).toBe(5);
});
