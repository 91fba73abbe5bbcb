/** Looking after an account with the real server: browsers, address, password, leaving, deleting. */
import { expect } from './fixtures.ts';
import { email, signIn, signUp, synced } from './support/account.ts';
import { back, box, find, press, proveIfAsked, shows, syncLine, test, toAccount } from './support/account-ui.ts';
import { call, login } from './support/calls.ts';
import { expectUnlocked, PASSWORD, saveLogin } from './support/flows.ts';

// A server that is not there is said on the console, too.
test.use({ expectedErrors: [/Failed to load resource/] });
test.describe.configure({ timeout: 120_000 });

test('devices by their names: one is renamed, one is signed out and signs in again', async ({ sesame, other, server }) => {
  const first = await sesame.openPopup();
  await signUp(first, server);
  const second = await other.openPopup();
  await signIn(second, server);

  await toAccount(first);
  await press(first, 'Sync now');
  await press(first, 'Devices');
  await expect(first.getByText('This browser', { exact: true })).toBeVisible({ timeout: 30_000 });
  await first
    .getByRole('button', { name: /^Rename/ })
    .nth(0)
    .click();
  await box(first, 'Name of the device').fill('The one in the kitchen');
  await press(first, 'Save');
  await expect(first.getByRole('heading', { name: 'The one in the kitchen' })).toBeVisible();
  await first.getByRole('button', { name: /^Sign out/ }).click();
  await first.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  const proof = first.getByRole('textbox', { name: 'Current master password' });
  const gone = first.getByRole('button', { name: /^Sign out/ });
  await expect(proof.or(first.getByText(/ was signed out$/)).first()).toBeVisible({ timeout: 30_000 });
  if (await proof.isVisible()) {
    await proof.fill(PASSWORD);
    await press(first, 'Confirm');
  }
  await expect(gone).toHaveCount(0, { timeout: 30_000 });

  await toAccount(second);
  await press(second, 'Sync now');
  await expect(second.getByText('This browser was signed out of the account.').first()).toBeVisible({ timeout: 30_000 });
  await press(second, 'Sign in again');
  await expect(box(second, 'Email address')).toHaveValue(email());
  await box(second, 'Master password').fill(PASSWORD);
  await press(second, 'Sign in');
  await expect(second.getByRole('heading', { name: 'Your vault was found' })).toBeVisible({ timeout: 30_000 });
  await press(second, 'Use this vault');
  await expect(syncLine(second)).toHaveText('Synced just now', { timeout: 30_000 });
});

test('leaving keeps the vault; a server that is away is said, and what waits is counted', async ({ sesame, server }) => {
  const page = await sesame.openPopup();
  await signUp(page, server);
  await server.halt();
  await saveLogin(page, { name: 'Offline', username: 'alice', password: 'x' });
  await back(page);
  await expect(syncLine(page)).toContainText(`Can’t reach ${new URL(server.origin).host}`, { timeout: 30_000 });
  await expect(syncLine(page)).toContainText('1 change waiting');
  await server.restart();
  await toAccount(page);
  await press(page, 'Sync now');
  await expect(page.getByRole('region', { name: 'Account' }).getByText('Synced just now')).toBeVisible({ timeout: 30_000 });

  await page.getByRole('radio', { name: 'Keep a copy on this browser only' }).click();
  await expect(page.getByText('Everything stays in this browser.')).toBeVisible();
  await press(page, 'Keep a copy on this browser only');
  await expect(page.getByText(/This vault lives in this browser only/)).toBeVisible({ timeout: 30_000 });
  await back(page);
  await shows(page, 'Offline');
  await expect(page.getByRole('button', { name: /^Ways back in.*In this browser only$/ })).toBeVisible();
});

test('S-157: deleting the account takes the address typed by hand, thirty days, and can be taken back', async ({ sesame, server }) => {
  const page = await sesame.openPopup();
  await signUp(page, server);
  await toAccount(page);
  await press(page, 'About the account');
  await press(page, 'Delete account');
  await expect(page.getByText('The vault in this browser stays, and opens as before.')).toBeVisible();
  const end = page.getByRole('button', { name: 'Delete account', exact: true });
  await expect(end).toBeDisabled();
  await box(page, `Type ${email()} to confirm`).fill(email());
  await end.click();
  const done = page.getByText(/^The account will be deleted on/).first();
  await proveIfAsked(page, done);
  await expect(done).toBeVisible({ timeout: 30_000 });
  await press(page, 'Keep the account');
  await expect(page.getByRole('button', { name: 'Keep the account' })).toHaveCount(0, { timeout: 30_000 });
  await press(page, 'Sync now');
  await expect(page.getByRole('region', { name: 'Account' }).getByText('Synced just now')).toBeVisible({ timeout: 30_000 });
});

test('S-151: a new e-mail address is confirmed by its own code, and signs in', async ({ sesame, other, server }) => {
  const page = await sesame.openPopup();
  await signUp(page, server);
  await toAccount(page);
  await press(page, 'About the account');
  await press(page, 'Change e-mail address');
  await box(page, 'New email address').fill(email('alice-new'));
  await press(page, 'Send code');
  await proveIfAsked(page, box(page, 'Code from the e-mail'));
  await box(page, 'Code from the e-mail').fill(await server.codeFor(email('alice-new')));
  await press(page, 'Confirm');
  await expect(page.getByText(email('alice-new')).first()).toBeVisible({ timeout: 30_000 });

  const second = await other.openPopup();
  await press(second, 'Sign in');
  await box(second, 'Email address').fill(email('alice-new'));
  await box(second, 'Master password').fill(PASSWORD);
  await box(second, 'Server address').fill(server.origin);
  await press(second, 'Sign in');
  await expect(second.getByRole('heading', { name: 'Your vault was found' })).toBeVisible({ timeout: 30_000 });
});

test('a new master password signs in elsewhere; set without the server, the account learns it later', async ({ sesame, other, server }) => {
  const NEXT = 'a lantern over cold harbours';
  const page = await sesame.openPopup();
  await signUp(page, server);
  await server.halt();
  await press(page, 'Settings');
  await press(page, 'Set a new master password');
  await box(page, 'New master password').fill(NEXT);
  await box(page, 'Repeat master password').fill(NEXT);
  await press(page, 'Set a new master password');
  await page.getByRole('dialog').getByRole('button', { name: 'Set it in this browser' }).click({ timeout: 60_000 });
  await proveIfAsked(page, page.getByRole('heading', { name: 'Settings' }));
  await expect(page.getByText('The account still has your old master password.').first()).toBeVisible({ timeout: 30_000 });
  await server.restart();
  await page.getByRole('link', { name: 'Tell the account now' }).first().click();
  await box(page, 'Master password').fill(NEXT);
  await press(page, 'Confirm');
  await expect(page.getByText('The account still has your old master password.')).toHaveCount(0, { timeout: 30_000 });

  const second = await other.openPopup();
  await find(second, server, NEXT);
  await press(second, 'Use this vault');
  await expectUnlocked(second);
});

test('a password that others may know: the other browsers are signed out with it', async ({ sesame, other, server }) => {
  const NEXT = 'a lantern over cold harbours';
  const page = await sesame.openPopup();
  await signUp(page, server);
  const second = await other.openPopup();
  await signIn(second, server);
  await press(page, 'Settings');
  await press(page, 'Set a new master password');
  await box(page, 'New master password').fill(NEXT);
  await box(page, 'Repeat master password').fill(NEXT);
  await page.getByRole('checkbox', { name: 'Sign out the other browsers' }).check();
  await press(page, 'Set a new master password');
  await proveIfAsked(page, page.getByRole('heading', { name: 'Settings' }));
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible({ timeout: 60_000 });
  await toAccount(second);
  await press(second, 'Sync now');
  await expect(second.getByText('This browser was signed out of the account.').first()).toBeVisible({ timeout: 30_000 });
});

test('S-33: of two changes of one field the losing one is shown in the history', async ({ sesame, other, server }) => {
  const page = await sesame.openPopup();
  await signUp(page, server, { items: [login('apple')] });
  const second = await other.openPopup();
  await signIn(second, server);
  const { rows } = await call(page, 'list', { text: '', in: 'items', offset: 0, limit: 10 });
  const id = rows[0]?.id ?? '';
  await server.halt();
  await call(page, 'save', { ...(await call(page, 'edit', { id })), username: 'typed first' });
  await call(second, 'save', { ...(await call(second, 'edit', { id })), username: 'typed last' });
  await server.restart();
  for (const each of [page, second, page]) await synced(each);
  await page
    .getByRole('button', { name: /^apple/ })
    .first()
    .click();
  await expect(page.getByText('typed last')).toBeVisible();
  await press(page, 'History');
  await expect(page.getByRole('region', { name: 'Saved on another browser' })).toBeVisible();
  await press(page, 'Show other value of User name');
  await expect(page.locator('.copy-value')).toHaveText('typed first');
});
