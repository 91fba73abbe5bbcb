/** axe finds nothing on the ways in, in either theme; also with larger contrast demands of small text. */
import type { Prefs } from '../../extension/shared/api.ts';
import { expect, test } from './fixtures.ts';
import { sound } from './support/axe.ts';
import { call } from './support/calls.ts';
import { createVault, lockNow, notNow, unlockWith } from './support/flows.ts';

for (const theme of ['light', 'dark'] satisfies Prefs['theme'][]) {
  test(`the ways in, ${theme}`, async ({ sesame }) => {
    const page = await sesame.openPopup();
    await call(page, 'setPrefs', { theme, language: 'en' });
    await page.reload();
    await sound(page, 'Welcome');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await sound(page, 'Sign in');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Create a vault' }).click();
    await page.getByRole('textbox', { name: 'Master password', exact: true }).fill('weak');
    await page.getByRole('button', { name: 'Create vault' }).click();
    await expect(page.getByText(/^Too easy to guess/)).toBeVisible();
    await sound(page, 'Create a vault');
    await page.keyboard.press('Escape');
    await createVault(page, { prove: false });
    await sound(page, 'Biometric unlock');
    await notNow(page);
    await page.getByRole('button', { name: /^Ways back in/ }).click();
    await sound(page, 'Ways back in, open');
    await page.getByRole('button', { name: 'New recovery code' }).click();
    await expect(page.getByRole('button', { name: 'Download recovery kit' })).toBeVisible();
    await sound(page, 'Recovery kit');
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('button', { name: 'Set a new master password' }).click();
    await sound(page, 'Set a new master password');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await lockNow(page);
    await unlockWith(page, 'not the one');
    await expect(page.getByRole('alert')).toContainText('Wrong master password');
    await page.getByRole('button', { name: 'Show hint' }).click();
    await sound(page, 'Locked');
    await page.getByRole('link', { name: 'Why not?' }).click();
    await sound(page, 'Why not?');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: "Can't get in?" }).click();
    await sound(page, 'Ways back in, locked');
    await page.getByRole('button', { name: 'Use recovery code' }).click();
    await sound(page, 'Use recovery code');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Open a backup' }).click();
    await sound(page, 'Open a backup');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Start over here' }).click();
    await sound(page, 'Start over here');
  });
}

test('the ways in, Italian: the browser’s own language', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await call(page, 'setPrefs', { theme: 'system', language: 'it' });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Benvenuti in Sesame' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'it');
  await sound(page, 'Benvenuti');
  await page.getByRole('button', { name: 'Crea una cassaforte' }).click();
  await sound(page, 'Crea una cassaforte');
});
