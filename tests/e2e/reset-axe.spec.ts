/** The screens of a reset and of what comes after it, by axe, in both themes; and none of them scrolls sideways. */
import type { Prefs } from '../../extension/shared/api.ts';
import { expect, test } from './fixtures.ts';
import { email, signUp } from './support/account.ts';
import { sound } from './support/axe.ts';
import { call, login } from './support/calls.ts';
import { lockNow, notNow, PASSWORD, shownCode } from './support/flows.ts';
import { fillForm, openSealed } from './support/reset.ts';

for (const theme of ['light', 'dark'] satisfies Prefs['theme'][]) {
  test(`account reset and sealed vaults, ${theme}`, async ({ sesame, server }) => {
    test.slow();
    const to = email(`axe-${theme}`);
    const page = await sesame.openPopup();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await call(page, 'setPrefs', { theme, language: 'en' });
    await page.reload();
    await page.getByRole('link', { name: "Can't get in?" }).click();
    await sound(page, 'Ways back in, without a vault');
    await page.keyboard.press('Escape');
    await signUp(page, server, { email: to, items: [login('apple')] });
    await lockNow(page);
    await page.getByRole('link', { name: "Can't get in?" }).click();
    await sound(page, 'Ways back in, with an account');
    await page.getByRole('link', { name: 'Send it to my mail' }).click();
    await sound(page, 'Hint by mail');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Reset account' }).click();
    await sound(page, 'Reset account');
    await page.getByRole('button', { name: 'Start process' }).click();
    await expect(page.getByText('Look into your mail')).toBeVisible();
    await sound(page, 'Look into your mail');
    await page.getByRole('link', { name: 'I have a reset code' }).click();
    await sound(page, 'Reset code');
    // By keyboard alone: the field has the focus, Enter goes on.
    await page.keyboard.type(await server.resetLink(to));
    await page.keyboard.press('Enter');
    await expect(page.getByText(`A new vault for ${to}`)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('textbox', { name: 'New master password' })).toBeFocused();
    await sound(page, 'The last form');
    await fillForm(page);
    await shownCode(page);
    await page.getByRole('button', { name: 'Later' }).click();
    await notNow(page);
    await openSealed(page, 'At the account');
    await sound(page, 'Sealed vault');
    await page.getByRole('textbox', { name: 'Old master password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Merge into this vault' })).toBeFocused({ timeout: 30_000 });
    await sound(page, 'Sealed vault, opened');
    await page.keyboard.press('Escape');
    await sound(page, 'Sealed vaults');
    await page
      .getByRole('region', { name: 'In this browser' })
      .getByRole('button', { name: /^Vault put aside on/ })
      .click();
    await expect(page.getByRole('button', { name: 'Undo the reset' })).toBeVisible();
    await sound(page, 'Sealed vault, in this browser');
    await page.getByRole('button', { name: 'Undo the reset' }).click();
    await sound(page, 'Undo the reset');
  });
}
