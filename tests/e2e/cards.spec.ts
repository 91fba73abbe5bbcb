/** Cards and identities in the popup: found by kind, filled from it, read as they are printed, and warned about in time. */
import { expect, test } from './fixtures.ts';
import { login } from './support/calls.ts';
import { button, field, openVault, row } from './support/vault.ts';

const now = new Date();
const month = String(now.getMonth() + 1).padStart(2, '0');
const year = String(now.getFullYear());

const card = (name: string, fields: Record<string, string>) =>
  login(name, {
    kind: 'card',
    username: '',
    password: '',
    websites: [],
    fields: { cardholder: 'Alice Rossi', cardNumber: '4111111111111111', securityCode: '737', ...fields },
  });
const alice = login('Home', {
  kind: 'identity',
  username: '',
  password: '',
  websites: [],
  fields: { givenName: 'Alice', familyName: 'Rossi', email: 'alice@example.org' },
});
const ITEMS = [
  card('Ending', { expiryMonth: month, expiryYear: year }),
  card('Ended', { expiryMonth: '3', expiryYear: '24' }),
  card('Lasting', { expiryMonth: '12', expiryYear: String(now.getFullYear() + 3) }),
  alice,
  login('site'),
];

test('a card that ends is marked in the list, on its page and in the health report; one that lasts is not', async ({ sesame }) => {
  const page = await openVault(sesame, ITEMS);
  await expect(row(page, /^Ending/)).toContainText('Expires this month');
  await expect(row(page, /^Ended/)).toContainText('Expired in March 2024');
  await expect(row(page, /^Lasting/)).not.toContainText('Expire');
  await row(page, /^Ended/).click();
  await expect(page.getByText('Expired in March 2024')).toBeVisible();
  await page.keyboard.press('Escape');
  await button(page, 'Password health').click();
  const found = page.getByRole('region', { name: 'Expiring cards' });
  await expect(found.getByRole('button')).toHaveCount(2);
  await expect(found.getByRole('button').first()).toHaveAccessibleName(/^Ended/);
});

test('items are listed by their kind', async ({ sesame }) => {
  const page = await openVault(sesame, ITEMS);
  await page.getByRole('combobox', { name: 'Show' }).selectOption('Cards');
  await expect(row(page, /^Ending/)).toBeVisible();
  await expect(row(page, /^site/)).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Show' }).selectOption('Identities');
  await expect(row(page, /^Home/)).toBeVisible();
  await expect(row(page, /^Ending/)).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Show' }).selectOption('All kinds');
  await expect(row(page, /^site/)).toBeVisible();
});

test('a number is shown as it is printed, with whose card it is; a mistyped one is doubted and saved all the same', async ({ sesame }) => {
  const page = await openVault(sesame, ITEMS);
  await row(page, /^Lasting/).click();
  await expect(page.getByText('4111')).toHaveCount(0);
  await button(page, 'Show Card number').click();
  await expect(page.locator('.secret-group')).toHaveText(['4111', '1111', '1111', '1111']);
  await expect(page.getByText('Visa')).toBeVisible();
  await button(page, 'Edit').click();
  const number = field(page, 'Card number');
  await number.fill('4111 1111 1111 1112');
  await expect(page.getByText('The number may be mistyped')).toBeVisible();
  await button(page, 'Save').click();
  await expect(button(page, 'Save')).toHaveCount(0);
});

test('a card is filled from its page and from the list, on a page that asks for one', async ({ sesame, site, page: web }) => {
  await web.goto(`${site.origin}/card`);
  const page = await openVault(sesame, ITEMS);
  const number = web.locator('[autocomplete=cc-number]');
  await row(page, /^Lasting/).click();
  await button(page, 'Fill').click();
  await expect(number).toHaveValue(/^4111 ?1111 ?1111 ?1111$/);
  await web.reload();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Show' }).selectOption('Cards');
  await page.locator('.item-row', { hasText: 'Lasting' }).getByRole('button', { name: 'Fill' }).click();
  await expect(number).toHaveValue(/^4111 ?1111 ?1111 ?1111$/);
});
