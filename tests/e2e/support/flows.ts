/** What a person does, by the names that they see: the same for tests, the demonstration and the bench. */
import { expect, type Page } from '@playwright/test';

export const PASSWORD = 'toasted seeds on warm bread';
// Shares no four letters in a row with the password: such a hint is refused (S-137).
const HINT = 'the view from the lake house';

/** From the welcome screen to an empty list. Returns the recovery code that was shown. */
export async function createVault(page: Page, options: { password?: string; hint?: string; prove?: boolean } = {}): Promise<string> {
  const password = options.password ?? PASSWORD;
  await page.getByRole('button', { name: 'Create a vault' }).click();
  await page.getByRole('textbox', { name: 'Master password', exact: true }).fill(password);
  await page.getByRole('textbox', { name: 'Repeat master password' }).fill(password);
  await page.getByRole('textbox', { name: 'Hint' }).fill(options.hint ?? HINT);
  await expect(page.getByRole('radio', { name: 'This browser only' })).toBeChecked();
  await page.getByRole('button', { name: 'Create vault' }).click();
  const code = await shownCode(page);
  if (options.prove ?? true) await proveCode(page, code);
  else await page.getByRole('button', { name: 'Later' }).click();
  return code;
}

/** The recovery code on the screen: eight groups of four. */
export async function shownCode(page: Page): Promise<string> {
  const group = page.getByRole('textbox', { name: /^Type group [1-8] of your recovery code$/ });
  await expect(group).toBeVisible({ timeout: 30_000 });
  const text = (await page.locator('body').innerText()).toUpperCase();
  return /([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}/.exec(text)?.[0] ?? '';
}

export async function proveCode(page: Page, code: string): Promise<void> {
  const group = page.getByRole('textbox', { name: /^Type group [1-8] of your recovery code$/ });
  const name =
    (await group.getAttribute('aria-label')) ?? (await page.locator('label', { hasText: 'of your recovery code' }).first().innerText());
  const number = Number(/group (\d)/.exec(name)?.[1]);
  await group.fill(code.split('-')[number - 1] ?? '');
  await page.getByRole('button', { name: 'Confirm' }).click();
}

/** The biometric question after the recovery kit. */
export async function notNow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(page.getByRole('searchbox', { name: 'Search vault' })).toBeVisible();
}

export async function saveLogin(
  page: Page,
  login: { name: string; username: string; password: string; website?: string; totp?: string },
): Promise<void> {
  await page.getByRole('button', { name: 'New item' }).click();
  await page.getByRole('button', { name: 'Login' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(login.name);
  await page.getByRole('textbox', { name: 'User name' }).fill(login.username);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(login.password);
  if (login.website !== undefined) await page.getByRole('textbox', { name: 'Website' }).first().fill(login.website);
  if (login.totp !== undefined) await page.getByRole('textbox', { name: 'One-time code secret' }).fill(login.totp);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
}

export async function lockNow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('textbox', { name: 'Master password' })).toBeFocused();
}

export async function unlockWith(page: Page, password: string = PASSWORD): Promise<void> {
  await page.getByRole('textbox', { name: 'Master password' }).fill(password);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
}

export async function expectUnlocked(page: Page): Promise<void> {
  await expect(page.getByRole('searchbox', { name: 'Search vault' })).toBeVisible({ timeout: 30_000 });
}
