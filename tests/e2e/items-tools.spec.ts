/** What helps with many items: the keyboard, the long list, the generator, password health. */
import { expect, test } from './fixtures.ts';
import { login } from './support/calls.ts';
import { all, button, field, openVault, row, status } from './support/vault.ts';

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
  // At once: Enter waits for the answer to the last letter.
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'cherry' })).toBeVisible();
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
