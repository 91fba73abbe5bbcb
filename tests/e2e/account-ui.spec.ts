/** Signing up and signing in with the real server: what a person sees and does, by the names that they see. */
import { expect } from './fixtures.ts';
import { email, signUp, synced } from './support/account.ts';
import { back, beginSignUp, box, fillSignIn, find, press, shows, syncLine, test, toAccount } from './support/account-ui.ts';
import { call } from './support/calls.ts';
import { createVault, expectUnlocked, lockNow, notNow, PASSWORD, proveCode, saveLogin, shownCode, unlockWith } from './support/flows.ts';

// A server that is not there is said on the console, too.
test.use({ expectedErrors: [/Failed to load resource/] });
test.describe.configure({ timeout: 120_000 });

test('a vault with an account: the code from the mail, the recovery kit, and sync says that it is done', async ({ sesame, server }) => {
  const page = await sesame.openPopup();
  await beginSignUp(page, server);
  await box(page, 'Code from the e-mail').fill(await server.codeFor(email()));
  await press(page, 'Confirm');
  await proveCode(page, await shownCode(page));
  await notNow(page);
  await expect(syncLine(page)).toHaveText('Synced just now', { timeout: 30_000 });
  await toAccount(page);
  const account = page.getByRole('region', { name: 'Account' });
  await expect(account.getByText(email())).toBeVisible();
  await expect(account.getByRole('radio', { name: 'Automatically' })).toBeChecked();
  await press(page, 'Sync now');
  await expect(account.getByText('Synced just now')).toBeVisible();
});

test('no server, no mail: the vault is there at once, and the account is finished another day', async ({ sesame, server }) => {
  await server.halt();
  const page = await sesame.openPopup();
  await beginSignUp(page, server);
  await expect(page.getByText(/Your vault is made and safe in this browser/)).toBeVisible();
  await press(page, 'Later');
  await proveCode(page, await shownCode(page));
  await notNow(page);
  await saveLogin(page, { name: 'Kept', username: 'alice', password: 'x' });
  await back(page);
  await server.restart();

  // In a new popup, where nobody holds the password any more.
  await page.reload();
  await page.getByRole('link', { name: 'Finish setting up the account' }).click();
  await press(page, 'Send again');
  await expect(page.getByRole('status')).toContainText('Another code is on its way');
  await box(page, 'Master password').fill(PASSWORD);
  for (const wrong of ['7KQ2M-9DX4T', 'nothing like a code']) {
    await box(page, 'Code from the e-mail').fill(wrong);
    await press(page, 'Confirm');
    await expect(page.getByText(/^This code does not fit/)).toBeVisible({ timeout: 30_000 });
  }
  await box(page, 'Code from the e-mail').fill(await server.codeFor(email()));
  await box(page, 'Master password').fill('not the one');
  await press(page, 'Confirm');
  await expect(page.getByText('Wrong master password.')).toBeVisible({ timeout: 30_000 });
  await box(page, 'Master password').fill(PASSWORD);
  await press(page, 'Confirm');
  await expect(syncLine(page)).toHaveText('Synced just now', { timeout: 30_000 });
  await expect(page.getByRole('link', { name: 'Finish setting up the account' })).toHaveCount(0);
});

test('S-35: before a vault is taken over, sign-in says what it holds, and the letters on the recovery kit', async ({
  sesame,
  other,
  server,
}) => {
  const first = await sesame.openPopup();
  await beginSignUp(first, server);
  await box(first, 'Code from the e-mail').fill(await server.codeFor(email()));
  await press(first, 'Confirm');
  await shownCode(first);
  const letters = /Check letters of this vault: (\S+)\./.exec(await first.locator('main').innerText())?.[1] ?? '';
  expect(letters).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await press(first, 'Later');
  await notNow(first);
  await saveLogin(first, { name: 'Garden', username: 'alice', password: 'x' });
  await back(first);
  await synced(first);

  const second = await other.openPopup();
  await find(second, server);
  await expect(second.getByText('1 item', { exact: true })).toBeVisible();
  await expect(second.getByText(/^Last changed today/)).toBeVisible();
  await expect(second.getByText('2 browsers, this one included')).toBeVisible();
  await expect(second.getByText(`Check letters ${letters}`)).toBeVisible();
  await expect(second.getByRole('radio', { name: 'Automatically' })).toBeChecked();
  await second.getByRole('link', { name: 'Not what you expect?' }).click();
  await expect(second.getByText('Nothing has been taken over yet.')).toBeVisible();
  await second.getByRole('link', { name: 'Leave it and go back' }).click();
  await expect(second.getByRole('heading', { name: 'Welcome to Sesame' })).toBeVisible();
  // Whoever goes back was never there: no browser without a name is left in the list.
  await expect.poll(async () => (await call(first, 'accountInfo')).devices.length).toBe(1);

  await find(second, server);
  await press(second, 'Use this vault');
  await expectUnlocked(second);
  await shows(second, 'Garden');
});

test('S-118: a wrong password and an unknown address are told in the same words', async ({ sesame, other, server }) => {
  await signUp(await sesame.openPopup(), server);
  const page = await other.openPopup();
  await press(page, 'Sign in');
  await fillSignIn(page, server, 'not the one at all');
  const wrong = page.getByRole('alert').getByText('E-mail address and master password don’t fit together.');
  await expect(wrong).toBeVisible({ timeout: 30_000 });
  const said = await page.getByRole('alert').innerText();
  await box(page, 'Email address').fill('nobody@example.org');
  await press(page, 'Sign in');
  await expect(wrong).toHaveCount(0);
  await expect(wrong).toBeVisible({ timeout: 30_000 });
  expect(await page.getByRole('alert').innerText()).toBe(said);
  // The way on is in sight.
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await expect(page.getByRole('heading', { name: 'Ways back in' })).toBeVisible();
});

test('a vault that is already here: its items come along, and it is kept', async ({ sesame, other, server }) => {
  const first = await sesame.openPopup();
  await signUp(first, server);
  await saveLogin(first, { name: 'Garden', username: 'alice', password: 'x' });
  await back(first);
  await synced(first);

  const second = await other.openPopup();
  await createVault(second, { password: 'another password for this one', prove: false });
  await notNow(second);
  await saveLogin(second, { name: 'Library', username: 'alice', password: 'y' });
  await back(second);
  await toAccount(second);
  await press(second, 'Sign in to an account');
  await fillSignIn(second, server);
  await expect(second.getByRole('radio', { name: 'Bring its items along' })).toBeChecked({ timeout: 30_000 });
  await press(second, 'Use this vault');
  await expectUnlocked(second);
  await shows(second, 'Garden');
  await shows(second, 'Library');
  await expect(syncLine(second)).toHaveText('Synced just now', { timeout: 30_000 });
  // The account's own master password opens it now.
  await lockNow(second);
  await unlockWith(second);
  await expectUnlocked(second);
  await press(first, 'Settings');
  await press(first, 'Sync now');
  await expect(first.getByRole('main').getByText('Synced just now')).toBeVisible();
  await back(first);
  await shows(first, 'Library');
});

test('signing in with the recovery code opens the vault, and a new code takes its place', async ({ sesame, other, server }) => {
  const code = await signUp(await sesame.openPopup(), server);
  const page = await other.openPopup();
  await press(page, 'Sign in');
  await box(page, 'Email address').fill(email());
  await box(page, 'Server address').fill(server.origin);
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await press(page, 'Use recovery code');
  await expect(box(page, 'Email address')).toHaveValue(email());
  await box(page, 'Recovery code').fill(code);
  await press(page, 'Sign in');
  await expect(page.getByRole('heading', { name: 'Your vault was found' })).toBeVisible({ timeout: 30_000 });
  // Right after signing up there is nothing in it, and that is said.
  await expect(page.getByText('This vault is empty.')).toBeVisible();
  await press(page, 'Use this vault');
  const next = await shownCode(page);
  expect(next).not.toBe(code);
});

test('a sign-in whose page was closed goes on where it was: who and where are there, the keyboard is at the password', async ({
  sesame,
}) => {
  const page = await sesame.openPopup();
  await press(page, 'Sign in');
  await expect(box(page, 'Email address')).toBeFocused();
  await expect(box(page, 'Server address')).toHaveValue('http://localhost:8484');
  await box(page, 'Email address').fill(email());
  await box(page, 'Server address').fill('https://own.example');
  await page.close();

  const again = await sesame.openPopup();
  await press(again, 'Sign in');
  // What comes back is there before anybody can type: never in between two letters.
  await again.getByRole('textbox', { name: 'Email address' }).waitFor({ state: 'attached' });
  expect(await box(again, 'Email address').inputValue()).toBe(email());
  expect(await box(again, 'Server address').inputValue()).toBe('https://own.example');
  await expect(box(again, 'Master password')).toBeFocused();
});
