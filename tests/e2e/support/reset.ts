/** A reset, as a person goes through it. */
import type { Page } from '@playwright/test';
import type { TestServer } from '../../support/server.ts';
import type { Sesame } from '../fixtures.ts';
import { signIn, signUp, synced } from './account.ts';
import { call, login } from './calls.ts';
import { lockNow, notNow, shownCode } from './flows.ts';

export const NEW = 'a quite different loaf of rye';

/** The reset mail as a mail program shows it, in a tab of this browser. */
export async function openMail(sesame: Sesame, server: TestServer, to: string): Promise<Page> {
  const mail = await server.mail(to, 0, ({ text }) => text.includes('/reset#t='));
  const page = await sesame.context.newPage();
  await page.setContent(mail.html);
  return page;
}

/** The last form, in the tab that Sesame opened. */
export async function fillForm(page: Page, password = NEW): Promise<void> {
  await page.getByRole('textbox', { name: 'New master password' }).fill(password);
  await page.getByRole('textbox', { name: 'Repeat master password' }).fill(password);
  await page.getByRole('textbox', { name: 'Hint' }).fill('what we ate on the ferry');
  await page.getByRole('button', { name: 'Reset account' }).click();
}

/** From the lock screen on. Returns the page in which the new vault is open. */
export async function resetHere(sesame: Sesame, server: TestServer, page: Page, to: string): Promise<Page> {
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await page.getByRole('button', { name: 'Start process' }).click();
  const mail = await openMail(sesame, server, to);
  const next = sesame.context.waitForEvent('page', (opened) => opened.url().startsWith('chrome-extension://'));
  await mail.getByRole('link', { name: 'Reset account' }).click();
  const own = await next;
  await fillForm(own);
  await shownCode(own);
  await own.getByRole('button', { name: 'Later' }).click();
  await notNow(own);
  return own;
}

/**
 * Two browsers of one account with the item apple; it is reset in the first, which has another item since. `old`, the
 * page of the second, has not heard of it.
 */
export async function resetBeside(
  sesame: Sesame,
  other: Sesame,
  server: TestServer,
  to: string,
  locked = false,
): Promise<{ own: Page; old: Page }> {
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  const old = await other.openPopup();
  await signIn(old, server, { email: to });
  if (locked) await call(old, 'lock');
  await lockNow(page);
  const own = await resetHere(sesame, server, page, to);
  await call(own, 'save', login('fresh'));
  await synced(own);
  return { own, old };
}

export async function openSealed(page: Page, where: 'At the account' | 'In this browser'): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sealed vaults' }).click();
  await page
    .getByRole('region', { name: where })
    .getByRole('button', { name: /^Vault put aside on/ })
    .first()
    .click();
}

/** From the lock screen to the last form, by the code that the mail has, too. */
export async function redeemCode(server: TestServer, page: Page, to: string): Promise<void> {
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await page.getByRole('button', { name: 'Start process' }).click();
  await page.getByRole('link', { name: 'I have a reset code' }).click();
  await page.getByRole('textbox', { name: 'Reset code' }).fill(await server.resetLink(to));
  await page.getByRole('button', { name: 'Go on' }).click();
}

/** The same without leaving the page: with the link typed as a code. */
export async function resetByCode(server: TestServer, page: Page, to: string): Promise<void> {
  await redeemCode(server, page, to);
  await fillForm(page);
  await shownCode(page);
  await page.getByRole('button', { name: 'Later' }).click();
  await notNow(page);
}
