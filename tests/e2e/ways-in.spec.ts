/** Every way in and back in, as a person meets it: with words for what went wrong and a way on. */
import type { Page } from '@playwright/test';
import { Authenticator, expect, type Sesame, test } from './fixtures.ts';
import { rowsOf, spoil } from './support/calls.ts';
import { createVault, expectUnlocked, lockNow, notNow, PASSWORD, proveCode, saveLogin, shownCode, unlockWith } from './support/flows.ts';

const NEXT = 'another lantern quilt harbor';

async function lockedVault(sesame: Sesame): Promise<{ page: Page; code: string }> {
  const page = await sesame.openPopup();
  const code = await createVault(page);
  await notNow(page);
  await lockNow(page);
  return { page, code };
}

async function withBiometrics(sesame: Sesame): Promise<{ page: Page; device: Authenticator }> {
  const page = await sesame.openPopup();
  const device = await Authenticator.add(page);
  await createVault(page);
  await page.getByRole('button', { name: 'Set up biometric unlock' }).click();
  await expectUnlocked(page);
  await lockNow(page);
  return { page, device };
}

const alert = (page: Page) => page.getByRole('alert');
const biometric = (page: Page) => page.getByRole('button', { name: 'Unlock with biometrics' });
const whyNot = (page: Page) => page.getByRole('link', { name: 'Why not?' });

async function setNewPassword(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'New master password' }).fill(NEXT);
  await page.getByRole('textbox', { name: 'Repeat master password' }).fill(NEXT);
  await page.getByRole('button', { name: 'Set a new master password' }).click();
}

test('a wrong master password: spaces at its ends are said, and nothing is lost', async ({ sesame }) => {
  const { page } = await lockedVault(sesame);
  await unlockWith(page, `${PASSWORD} `);
  await expect(alert(page)).toContainText('Wrong master password');
  await expect(alert(page)).toContainText('starts or ends with a space');
  await page.getByRole('button', { name: 'Show hint' }).click();
  await expect(page.getByText('the view from the lake house')).toBeVisible();
  await unlockWith(page);
  await expectUnlocked(page);
});

test('a replaced master password is recognised, with its date', async ({ sesame }) => {
  const { page } = await lockedVault(sesame);
  await unlockWith(page);
  await page.getByRole('button', { name: /^Ways back in/ }).click();
  await page.getByRole('button', { name: 'Set a new master password' }).click();
  await setNewPassword(page);
  await expect(page.getByRole('status')).toContainText('new master password is set');
  await page.keyboard.press('Escape');
  await lockNow(page);
  await unlockWith(page, PASSWORD);
  const today = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(Date.now());
  await expect(alert(page)).toContainText(`You replaced this password on ${today}.`);
  await unlockWith(page, NEXT);
  await expectUnlocked(page);
});

test('S-137: a hint that gives the password away is refused, and nothing is made', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await page.getByRole('button', { name: 'Create a vault' }).click();
  await page.getByRole('textbox', { name: 'Master password', exact: true }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Repeat master password' }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Hint' }).fill('toasted seeds');
  await page.getByRole('button', { name: 'Create vault' }).click();
  await expect(page.getByText(/^This hint gives away part/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Hint' })).toBeFocused();
  await expect(page.getByRole('meter', { name: 'Password strength' })).toHaveAttribute('aria-valuenow', /[34]/);
});

test('a suggested passphrase is strong, shown, and typed once more', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await page.getByRole('button', { name: 'Create a vault' }).click();
  await page.getByRole('button', { name: 'Suggest a passphrase' }).click();
  const field = page.getByRole('textbox', { name: 'Master password', exact: true });
  await expect(field).toHaveValue(/^\S{20,}$/);
  await expect(field).toHaveAttribute('type', 'text');
  await expect(page.getByRole('textbox', { name: 'Repeat master password' })).toHaveValue('');
  await expect(page.getByRole('meter', { name: 'Password strength' })).toHaveAttribute('aria-valuenow', '4');
});

test('S-166, S-167: a typing slip is told apart; a used code is replaced and leads to a new password', async ({ sesame }) => {
  const { page, code } = await lockedVault(sesame);
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await page.getByRole('button', { name: 'Use recovery code' }).click();
  const field = page.getByRole('textbox', { name: 'Recovery code' });
  await field.fill(`${code.slice(0, -1)}${code.endsWith('0') ? '2' : '0'}`);
  await page.keyboard.press('Enter');
  await expect(alert(page)).toContainText('typing slip');
  await field.fill(code.toLowerCase().replaceAll('-', ' '));
  await page.keyboard.press('Enter');
  const next = await shownCode(page);
  expect(next).not.toBe(code);
  await proveCode(page, next);
  await setNewPassword(page);
  await expectUnlocked(page);
  await lockNow(page);
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await page.getByRole('button', { name: 'Use recovery code' }).click();
  await field.fill(code);
  await page.keyboard.press('Enter');
  await expect(alert(page)).toContainText('did not open the vault');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await unlockWith(page, NEXT);
  await expectUnlocked(page);
});

test('S-172: biometrics wait for a proved recovery code', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await Authenticator.add(page);
  await createVault(page, { prove: false });
  await expect(page.getByRole('button', { name: 'Set up biometric unlock' })).toBeDisabled();
  await expect(page.getByText('First confirm your recovery code.')).toBeVisible();
});

test('S-173: biometrics stand in for the old password, and only while fresh', async ({ sesame }) => {
  const { page } = await withBiometrics(sesame);
  await biometric(page).click();
  await expectUnlocked(page);
  await page.getByRole('button', { name: /^Ways back in/ }).click();
  await page.getByRole('button', { name: 'Set a new master password' }).click();
  await setNewPassword(page);
  await expect(page.getByRole('status')).toContainText('new master password is set');
  // A minute later the same wants to see the person again.
  await page.clock.setSystemTime(Date.now() + 120_000);
  await page.getByRole('button', { name: 'Set a new master password' }).click();
  await setNewPassword(page);
  const dialog = page.getByRole('dialog', { name: 'Is it still you?' });
  await dialog.getByRole('button', { name: 'Confirm with biometrics' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Ways back in' })).toBeVisible();
});

test('S-170: each cause under Why not? that can be told apart is told apart', async ({ sesame }) => {
  const { page, device } = await withBiometrics(sesame);
  await expect(biometric(page)).toBeEnabled();
  await expect(whyNot(page)).toBeHidden();
  await device.clear();
  await biometric(page).click();
  await expect(alert(page)).toContainText('gave no answer');
  await whyNot(page).click();
  await expect(page.getByText(/passkey was removed or reset/)).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await device.remove();
  await page.reload();
  await expect(biometric(page)).toBeDisabled();
  await whyNot(page).click();
  await expect(page.getByText('no fingerprint, face or PIN right now')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await unlockWith(page);
  await expectUnlocked(page);
});

test('S-170: an authenticator without PRF or without user verification enrols nothing', async ({ sesame }) => {
  const page = await sesame.openPopup();
  const plain = await Authenticator.add(page, { hasPrf: false });
  await createVault(page);
  await page.getByRole('button', { name: 'Set up biometric unlock' }).click();
  await expect(alert(page)).toContainText('keep a key for Sesame');
  await plain.remove();
  await Authenticator.add(page, { hasUserVerification: false });
  await page.getByRole('button', { name: 'Set up biometric unlock' }).click();
  await expect(alert(page)).not.toBeEmpty();
  await notNow(page);
  await lockNow(page);
  await expect(biometric(page)).toBeDisabled();
  await whyNot(page).click();
  await expect(page.getByText('not set up in this browser')).toBeVisible();
});

test('a passkey is named, renamed and removed; removing leaves the other ways', async ({ sesame }) => {
  const { page } = await withBiometrics(sesame);
  await unlockWith(page);
  await page.getByRole('button', { name: /^Ways back in/ }).click();
  await expect(page.getByText('Only on this device')).toBeVisible();
  await page.getByRole('button', { name: /^More for / }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Label' }).fill('Kitchen laptop');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'More for Kitchen laptop' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Kitchen laptop')).toBeHidden();
  await page.keyboard.press('Escape');
  await lockNow(page);
  await expect(biometric(page)).toBeDisabled();
  await unlockWith(page);
  await expectUnlocked(page);
});

test('start over keeps a sealed copy, and that copy opens again', async ({ sesame }) => {
  const { page } = await lockedVault(sesame);
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await page.getByRole('link', { name: 'Start over here' }).click();
  const end = page.getByRole('button', { name: 'Start over here' });
  await expect(end).toBeDisabled();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save a sealed copy' }).click();
  const file = await (await saving).path();
  await page.getByRole('textbox', { name: /^Type the vault/ }).fill('My vault');
  await end.click();
  await expect(page.getByRole('heading', { name: 'Welcome to Sesame' })).toBeVisible();
  await page.getByRole('button', { name: 'Open a backup' }).click();
  await page.getByLabel('Backup file').locator('input[type=file]').setInputFiles(file);
  await expect(page.getByText(/^Opens with the master password set on/)).toBeVisible();
  await expect(page.getByText('Its hint: the view from the lake house')).toBeVisible();
  await page.getByRole('textbox', { name: 'Master password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Open backup' }).click();
  await expectUnlocked(page);
});

test('the hint of the first form survives the popup closing; its passwords do not', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await page.getByRole('button', { name: 'Create a vault' }).click();
  await page.getByRole('textbox', { name: 'Master password', exact: true }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Hint' }).fill('the lake house');
  await page.waitForTimeout(400);
  await page.close();
  const again = await sesame.openPopup();
  await again.getByRole('button', { name: 'Create a vault' }).click();
  await expect(again.getByRole('textbox', { name: 'Hint' })).toHaveValue('the lake house');
  await expect(again.getByRole('textbox', { name: 'Master password', exact: true })).toHaveValue('');
});

test('keyboard: Escape goes one step back, and focus is where it was', async ({ sesame }) => {
  const { page } = await lockedVault(sesame);
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await page.getByRole('button', { name: 'Use recovery code' }).click();
  await expect(page.getByRole('textbox', { name: 'Recovery code' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Use recovery code' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: "Can't get in?" })).toBeFocused();
});

test('S-35: damage is never called a wrong password or an empty vault; it is named and repaired', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await createVault(page);
  await notNow(page);
  await saveLogin(page, { name: 'Sample bank', username: 'alice', password: 'correct horse' });
  await page.reload();
  await lockNow(page);
  const { header = '' } = await rowsOf(page, 'vault');
  await spoil(page, 'vault', 'manifest', '00');
  await sesame.killWorker();
  await page.reload();
  await expect(page.getByRole('link', { name: 'See what is safe and repair' })).toBeVisible();
  await unlockWith(page);
  await expect(page.getByRole('heading', { name: 'Damaged vault' })).toBeVisible();
  await page.getByRole('button', { name: 'Repair' }).click();
  await expect(page.getByRole('status')).toContainText('repaired');
  await expect(page.getByText('Sample bank')).toBeVisible();

  await lockNow(page);
  await spoil(page, 'vault', 'header', header.replaceAll(/./g, '0'));
  await spoil(page, 'vault', 'header.previous', '00');
  await sesame.killWorker();
  await page.reload();
  await expect(page.getByText('The stored vault can’t be read.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save a sealed copy' })).toBeEnabled();
  await expect(page.getByRole('textbox', { name: 'Master password' })).toHaveCount(0);
});
