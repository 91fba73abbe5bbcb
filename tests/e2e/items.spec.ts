/** Items as a person keeps them: made, found, copied, changed, binned, brought in and taken out. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, type Sesame, test } from './fixtures.ts';
import { call, login, makeVault } from './support/calls.ts';
import { saveLogin } from './support/flows.ts';

/** An unlocked vault with these items, in popup.html at the popup's size. */
async function openVault(sesame: Sesame, items = [login('apple'), login('banana'), login('cherry')]): Promise<Page> {
  const page = await sesame.openPopup();
  await makeVault(page);
  if (items.length > 0) await call(page, 'importItems', { items });
  await reopen(sesame, page);
  return page;
}

async function reopen(sesame: Sesame, page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.goto(sesame.url('popup.html'));
  await expect(page.getByRole('searchbox', { name: 'Search vault' })).toBeFocused();
}

const all = (page: Page): Locator => page.getByRole('region', { name: 'All items' });
const row = (page: Page, name: RegExp): Locator => all(page).getByRole('button', { name });
const status = (page: Page): Locator => page.getByRole('status');
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });

test('a login is made, found, read, changed, and its old password kept', async ({ sesame }) => {
  const page = await openVault(sesame, []);
  await expect(page.getByText('Your vault is empty.')).toBeVisible();
  await saveLogin(page, { name: 'Sample bank', username: 'alice', password: 'first secret', website: 'bank.example', totp: 'JBSWY3DPEHPK3PXP' });
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

test('generator: characters and passphrases, history, and the editor', async ({ sesame }) => {
  const page = await openVault(sesame, []);
  await button(page, 'Generator').click();
  const result = page.getByRole('group', { name: 'Generated password' });
  await expect(result).toHaveText(/^\S{20}$/);
  await page.getByRole('slider', { name: 'Length' }).fill('32');
  await expect(result).toHaveText(/^\S{32}$/);
  for (const name of ['Small letters', 'Capital letters', 'Symbols']) await page.getByRole('checkbox', { name }).uncheck();
  await expect(result).toHaveText(/^\d{32}$/);
  await page.getByRole('checkbox', { name: 'Digits (0–9)' }).uncheck();
  await expect(page.getByText('Choose at least one kind of character.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Digits (0–9)' }).check();
  await page.getByRole('radio', { name: 'Passphrase' }).check({ force: true });
  await expect(result).toHaveText(/^([a-z-]+-){4,}[a-z]+$/);
  const made = await result.innerText();
  await button(page, 'Copy').click();
  await expect(status(page)).toHaveText(/Copied, cleared in/);
  await expect(page.getByRole('region', { name: 'Recently generated' })).toContainText(made);

  await page.keyboard.press('Escape');
  await button(page, 'New item').click();
  await button(page, 'Login').click();
  await button(page, 'Generate password').click();
  // The choice of a passphrase was remembered.
  await expect(field(page, 'Password')).toHaveValue(/^([a-z-]+-){4,}[a-z]+$/);
});

test('keyboard only: from the search into the list, copy, open, back, and one step at a time', async ({ sesame }) => {
  const page = await openVault(sesame);
  await page.keyboard.type('an');
  await expect(row(page, /^apple/)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(row(page, /^apple/)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, /^apple/)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, /^banana/)).toBeFocused();
  await page.keyboard.press('Control+c');
  await expect(status(page)).toHaveText(/Copied, cleared/);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('secret of banana');
  await page.keyboard.press('Control+Shift+C');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('banana@example.com');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'banana' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row(page, /^banana/)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('cher');
  await expect(row(page, /^cherry/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'cherry' })).toBeVisible();
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

test('S-79: what was saved as text stays text, and only web addresses can be opened', async ({ sesame }) => {
  const evil = '<img src=x onerror=alert(1)>';
  const page = await openVault(sesame, [
    login('evil', { name: evil, username: evil, notes: evil, tags: [evil], websites: [{ url: `https://ok.example/${evil}`, match: 'host' }] }),
  ]);
  page.on('dialog', () => expect(false, 'a script ran').toBe(true));
  await row(page, /^<img/).click();
  await expect(page.getByRole('heading', { name: evil })).toBeVisible();
  expect(await page.locator('img').count()).toBe(0);
});

test('ten thousand items: only what is in view is in the document, and the search answers to the last letter', async ({ sesame }) => {
  const many = Array.from({ length: 10_000 }, (_, n) => login(`site${n}`));
  const page = await openVault(sesame, many);
  const items = all(page).getByRole('listitem');
  await expect(items.first()).toHaveAttribute('aria-setsize', '10000');
  expect(await items.count()).toBeLessThan(40);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await expect(items.last()).toHaveAttribute('aria-posinset', '10000');
  await expect(items.last().getByRole('button', { name: /^site/ })).toBeFocused();
  await page.getByRole('searchbox').fill('site777');
  await expect(row(page, /^site777,? /)).toBeVisible();
  expect(await items.count()).toBeLessThan(40);
});

test('import: what a file holds is shown first; a bad file says so and changes nothing', async ({ sesame }) => {
  const page = await openVault(sesame, []);
  await button(page, 'Settings').click();
  await button(page, 'Import').click();
  const choose = (name: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('holiday.csv', 'this is no table of passwords');
  await expect(page.getByRole('alert')).toContainText('Nothing was changed');
  await choose('chrome.csv', 'name,url,username,password,note\nBank,https://bank.example/,alice,one,\nShop,https://shop.example/,alice,two,hello\n');
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

test('password health: weak, reused and unencrypted ones lead to their items', async ({ sesame }) => {
  const page = await openVault(sesame, [
    login('weak', { password: 'letmein' }),
    login('twin', { password: 'vapor-Quilt-82-lantern' }),
    login('twin2', { password: 'vapor-Quilt-82-lantern' }),
    login('open', { websites: [{ url: 'http://open.example', match: 'host' }], password: 'hR4!vm2Qz-81pLw' }),
  ]);
  await button(page, 'Password health').click();
  await expect(page.getByRole('region', { name: 'Weak' }).getByRole('button')).toHaveText([/weak/]);
  await expect(page.getByRole('region', { name: 'Used more than once' }).getByRole('button')).toHaveCount(2);
  await page.getByRole('region', { name: 'Unencrypted addresses' }).getByRole('button').click();
  await expect(page.getByRole('heading', { name: 'open' })).toBeVisible();
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
