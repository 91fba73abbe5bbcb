/** axe finds nothing on the account's screens, in either theme, and none scrolls sideways at 380 px. */
import type { Page } from '@playwright/test';
import type { Prefs } from '../../extension/shared/api.ts';
import { expect } from './fixtures.ts';
import { email } from './support/account.ts';
import { beginSignUp, box, find, press, test } from './support/account-ui.ts';
import { sound } from './support/axe.ts';
import { call } from './support/calls.ts';
import { notNow, shownCode } from './support/flows.ts';

test.use({ expectedErrors: [/Failed to load resource/] });
test.describe.configure({ timeout: 120_000 });

const back = (page: Page) => page.keyboard.press('Escape');

for (const theme of ['light', 'dark'] satisfies Prefs['theme'][]) {
  test(`the account's screens, ${theme}`, async ({ sesame, other, server }) => {
    const page = await sesame.openPopup();
    await call(page, 'setPrefs', { theme, language: 'en' });
    await page.reload();

    await press(page, 'Create a vault');
    await page.getByRole('radio', { name: 'Sesame account' }).check();
    await page.getByRole('textbox', { name: 'Server address' }).fill('ftp://nowhere');
    await page.getByRole('textbox', { name: 'Master password', exact: true }).fill('a phrase of some length');
    await press(page, 'Create vault');
    await expect(page.getByText(/^This is not a server address/)).toBeVisible();
    await sound(page, 'Create a vault with an account');
    await back(page);
    await press(page, 'Sign in');
    await sound(page, 'Sign in');
    await page.getByRole('link', { name: "Can't get in?" }).click();
    await sound(page, "Can't get in?, from Sign in");
    await press(page, 'Use recovery code');
    await sound(page, 'Recovery code, from Sign in');
    for (let n = 0; n < 3; n += 1) await back(page);

    await beginSignUp(page, server);
    await sound(page, 'The code from the mail');
    await box(page, 'Code from the e-mail').fill(await server.codeFor(email()));
    await press(page, 'Confirm');
    await shownCode(page);
    await press(page, 'Later');
    await notNow(page);
    await expect(page.getByText('Synced just now')).toBeVisible();
    await sound(page, 'The list, synced');

    const second = await other.openPopup();
    await call(second, 'setPrefs', { theme, language: 'en' });
    await second.reload();
    await find(second, server);
    await expect(second.getByRole('button', { name: 'Use this vault' })).toBeEnabled();
    await second.getByRole('link', { name: 'Not what you expect?' }).click();
    await sound(second, 'What was found');
    await second.getByRole('link', { name: 'Leave it and go back' }).click();
    await expect(second.getByRole('heading', { name: 'Welcome to Sesame' })).toBeVisible();

    await press(page, 'Settings');
    await expect(page.getByRole('button', { name: 'Sync now' })).toBeVisible();
    await sound(page, 'Settings');
    await press(page, 'Devices');
    await expect(page.getByText('This browser', { exact: true })).toBeVisible();
    await sound(page, 'Devices');
    await page
      .getByRole('button', { name: /^Rename/ })
      .first()
      .click();
    await sound(page, 'Rename');
    await back(page);
    await back(page);
    await press(page, 'About the account');
    await expect(page.getByRole('combobox', { name: 'Keep sealed vaults for' })).toBeVisible();
    await sound(page, 'About the account');
    for (const screen of ['Hint', 'Change e-mail address', 'Keep a copy on this browser only', 'Delete account']) {
      await press(page, screen);
      await expect(page.getByRole('heading', { name: screen, level: 1 })).toBeVisible();
      await sound(page, screen);
      await back(page);
    }
    await back(page);
    await press(page, 'Set a new master password');
    await expect(page.getByRole('checkbox', { name: 'Sign out the other browsers' })).toBeVisible();
    await sound(page, 'Set a new master password');
  });
}
