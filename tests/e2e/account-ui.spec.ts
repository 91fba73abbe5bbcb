/** The account's screens with the real server: what a person sees and does, by the names that they see. */
import type { Page } from '@playwright/test';
import { startServer, type TestServer } from '../support/server.ts';
import { test as base, dress, expect, launch, type Sesame } from './fixtures.ts';
import { signIn, signUp, synced } from './support/account.ts';
import { createVault, expectUnlocked, lockNow, notNow, PASSWORD, proveCode, saveLogin, shownCode, unlockWith } from './support/flows.ts';

const EMAIL = 'alice@example.org';
const HINT = 'the view from the lake house';

interface Fixtures {
  server: TestServer;
  /** Another person's machine, or the same person's second one. */
  other: Sesame;
}

const test = base.extend<Fixtures>({
  server: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
  other: async ({}, use) => {
    const browser = await launch();
    await use(dress(browser));
    await browser.close();
  },
});

const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const syncLine = (page: Page) => page.getByRole('contentinfo').locator('.sync-line');

/** Fills in the form of a new vault with an account, as far as the code. */
async function beginSignUp(page: Page, server: TestServer): Promise<void> {
  await press(page, 'Create a vault');
  await box(page, 'Master password').fill(PASSWORD);
  await box(page, 'Repeat master password').fill(PASSWORD);
  await box(page, 'Hint').fill(HINT);
  await page.getByRole('radio', { name: 'Sesame account' }).check();
  await box(page, 'Email address').fill(EMAIL);
  await box(page, 'Server address').fill(server.origin);
  await press(page, 'Create vault');
  await expect(box(page, 'Code from the e-mail')).toBeVisible({ timeout: 30_000 });
}

async function fillSignIn(page: Page, server: TestServer, password: string = PASSWORD): Promise<void> {
  await box(page, 'Email address').fill(EMAIL);
  await box(page, 'Master password').fill(password);
  await box(page, 'Server address').fill(server.origin);
  await press(page, 'Sign in');
}

/** From the welcome screen to what was found. */
async function find(page: Page, server: TestServer, password: string = PASSWORD): Promise<void> {
  await press(page, 'Sign in');
  await fillSignIn(page, server, password);
  await expect(page.getByRole('heading', { name: 'Your vault was found' })).toBeVisible({ timeout: 30_000 });
}

async function toAccount(page: Page): Promise<void> {
  await press(page, 'Settings');
  await expect(page.getByRole('region', { name: 'Account' })).toBeVisible();
}

async function back(page: Page, times = 1): Promise<void> {
  for (let n = 0; n < times; n += 1) await page.keyboard.press('Escape');
}

const shows = (page: Page, item: string) =>
  expect(page.getByRole('button', { name: new RegExp(`^${item}`) }).first()).toBeVisible({ timeout: 30_000 });

// A server that is not there is said on the console, too.
test.use({ expectedErrors: [/Failed to load resource/] });
test.describe.configure({ timeout: 120_000 });

test('a vault with an account: the code from the mail, the recovery kit, and sync says that it is done', async ({ sesame, server }) => {
  const page = await sesame.openPopup();
  await beginSignUp(page, server);
  await box(page, 'Code from the e-mail').fill(await server.codeFor(EMAIL));
  await press(page, 'Confirm');
  await proveCode(page, await shownCode(page));
  await notNow(page);
  await expect(syncLine(page)).toHaveText('Synced just now', { timeout: 30_000 });
  await toAccount(page);
  const account = page.getByRole('region', { name: 'Account' });
  await expect(account.getByText(EMAIL)).toBeVisible();
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
  await box(page, 'Code from the e-mail').fill(await server.codeFor(EMAIL));
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
  await box(first, 'Code from the e-mail').fill(await server.codeFor(EMAIL));
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
  const wrong = page.getByRole('alert').getByText("E-mail address and master password don't fit together.");
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
  await expect(first.getByText('Synced just now')).toBeVisible();
  await back(first);
  await shows(first, 'Library');
});

test('signing in with the recovery code opens the vault, and a new code takes its place', async ({ sesame, other, server }) => {
  const code = await signUp(await sesame.openPopup(), server);
  const page = await other.openPopup();
  await press(page, 'Sign in');
  await box(page, 'Email address').fill(EMAIL);
  await box(page, 'Server address').fill(server.origin);
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await press(page, 'Use recovery code');
  await expect(box(page, 'Email address')).toHaveValue(EMAIL);
  await box(page, 'Recovery code').fill(code);
  await press(page, 'Sign in');
  await expect(page.getByRole('heading', { name: 'Your vault was found' })).toBeVisible({ timeout: 30_000 });
  await press(page, 'Use this vault');
  const next = await shownCode(page);
  expect(next).not.toBe(code);
});

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
  await expect(box(second, 'Email address')).toHaveValue(EMAIL);
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
  await expect(syncLine(page)).toContainText(`Can't reach ${new URL(server.origin).host}`, { timeout: 30_000 });
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
  await box(page, `Type ${EMAIL} to confirm`).fill(EMAIL);
  await end.click();
  const proof = page.getByRole('textbox', { name: 'Current master password' });
  const done = page.getByText(/^The account will be deleted on/).first();
  await expect(proof.or(done).first()).toBeVisible({ timeout: 30_000 });
  if (await proof.isVisible()) {
    await proof.fill(PASSWORD);
    await press(page, 'Confirm');
  }
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
  await box(page, 'New email address').fill('alice@new.example');
  await press(page, 'Send code');
  const proof = page.getByRole('textbox', { name: 'Current master password' });
  await expect(proof.or(box(page, 'Code from the e-mail')).first()).toBeVisible({ timeout: 30_000 });
  if (await proof.isVisible()) {
    await proof.fill(PASSWORD);
    await press(page, 'Confirm');
  }
  await box(page, 'Code from the e-mail').fill(await server.codeFor('alice@new.example'));
  await press(page, 'Confirm');
  await expect(page.getByText('alice@new.example').first()).toBeVisible({ timeout: 30_000 });

  const second = await other.openPopup();
  await press(second, 'Sign in');
  await box(second, 'Email address').fill('alice@new.example');
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
  const proof = page.getByRole('textbox', { name: 'Current master password' });
  await expect(proof.or(page.getByRole('heading', { name: 'Settings' })).first()).toBeVisible({ timeout: 30_000 });
  if (await proof.isVisible()) {
    await proof.fill(PASSWORD);
    await press(page, 'Confirm');
  }
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
