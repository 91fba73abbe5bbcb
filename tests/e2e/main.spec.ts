/** The main job, as a person does it: make a vault, save a login, lock, unlock, fill a form. */
import { Authenticator, expect, test } from './fixtures.ts';
import { createVault, expectUnlocked, lockNow, notNow, PASSWORD, proveCode, saveLogin, shownCode, unlockWith } from './support/flows.ts';

test('create, save, lock, unlock with the master password, fill', async ({ sesame, site }) => {
  const web = await sesame.context.newPage();
  await web.goto(`${site.origin}/sign-in`);
  const popup = await sesame.openPopup();
  await expect(popup.getByRole('heading', { name: 'Welcome to Sesame' })).toBeVisible();
  await createVault(popup);
  await notNow(popup);
  await saveLogin(popup, { name: 'Sample bank', username: 'alice', password: 'correct horse', website: `${site.origin}/sign-in` });

  await popup.goto(sesame.url('popup.html'));
  await lockNow(popup);
  await unlockWith(popup, 'not the one');
  await expect(popup.getByRole('alert')).toContainText('Wrong master password');
  await unlockWith(popup);
  await expectUnlocked(popup);

  const here = popup.getByRole('region', { name: 'For this site' });
  await expect(here.getByRole('button', { name: /^Sample bank,? alice/ })).toBeVisible();
  await here.getByRole('button', { name: 'Fill' }).click();
  await expect(web.getByLabel('Password')).toHaveValue('correct horse');
  await web.getByRole('button', { name: 'Sign in' }).click();
  await expect(web.getByRole('status')).toContainText('Signed in as alice');
});

test('biometric unlock: set up, lock, unlock; the password still works', async ({ sesame }) => {
  const popup = await sesame.openPopup();
  await Authenticator.add(popup);
  await createVault(popup);
  await popup.getByRole('button', { name: 'Set up biometric unlock' }).click();
  await expect(popup.getByRole('searchbox', { name: 'Search vault' })).toBeVisible({ timeout: 20_000 });
  await lockNow(popup);
  await popup.getByRole('button', { name: 'Unlock with biometrics' }).click();
  await expectUnlocked(popup);
  await lockNow(popup);
  await unlockWith(popup, PASSWORD);
  await expectUnlocked(popup);
});

test('recovery code opens the vault, is replaced, and leads to a new master password', async ({ sesame }) => {
  const popup = await sesame.openPopup();
  const code = await createVault(popup);
  await notNow(popup);
  await lockNow(popup);
  await popup.getByRole('link', { name: "Can't get in?" }).click();
  await expect(popup.getByRole('heading', { name: 'Ways back in' })).toBeVisible();
  await popup.getByRole('button', { name: 'Use recovery code' }).click();
  await popup.getByRole('textbox', { name: 'Recovery code' }).fill(code.toLowerCase().replaceAll('-', ' '));
  await popup.keyboard.press('Enter');
  const replacement = await shownCode(popup);
  expect(replacement).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
  expect(replacement).not.toBe(code);
  await proveCode(popup, replacement);
  // No old password is asked for: the code that was just used stands in for it (S-173).
  await popup.getByRole('button', { name: 'Set a new master password' }).click();
  await popup.getByRole('textbox', { name: 'New master password', exact: true }).fill('fresh bread at dawn again');
  await popup.getByRole('textbox', { name: 'Repeat master password' }).fill('fresh bread at dawn again');
  await popup.getByRole('button', { name: 'Set a new master password' }).click();
  await expectUnlocked(popup);
  await lockNow(popup);
  await unlockWith(popup, PASSWORD);
  await expect(popup.getByRole('alert')).toContainText('You replaced this password on');
  await unlockWith(popup, 'fresh bread at dawn again');
  await expectUnlocked(popup);
});

test('the real action popup: open, unlock, fill', async ({ sesame, site }) => {
  const popup = await sesame.openPopup();
  await createVault(popup);
  await notNow(popup);
  await saveLogin(popup, { name: 'Sample bank', username: 'alice', password: 'correct horse', website: site.origin });
  await popup.goto(sesame.url('popup.html'));
  await lockNow(popup);
  await popup.close();
  const web = await sesame.context.newPage();
  await web.goto(`${site.origin}/sign-in`);
  await web.bringToFront();
  const action = await sesame.openActionPopup();
  await action.type('textbox', 'Master password', PASSWORD);
  await action.click('button', 'Unlock');
  await action.click('button', 'Fill');
  await expect(web.getByLabel('Password')).toHaveValue('correct horse');
});
