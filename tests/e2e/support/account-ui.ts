/** The account's screens in a person's hands, for the tests of what is seen and pressed there. */
import type { Locator, Page } from '@playwright/test';
import type { TestServer } from '../../support/server.ts';
import { test as base, dress, expect, launch, type Sesame } from '../fixtures.ts';
import { email } from './account.ts';
import { PASSWORD } from './flows.ts';

const HINT = 'the view from the lake house';

interface Fixtures {
  /** Another person's machine, or the same person's second one. */
  other: Sesame;
}

export const test = base.extend<Fixtures>({
  other: async ({}, use) => {
    const browser = await launch();
    await use(dress(browser));
    await browser.close();
  },
});

export const box = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
export const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
export const syncLine = (page: Page): Locator => page.getByRole('contentinfo').locator('.sync-line');

/** Fills in the form of a new vault with an account, as far as the code. */
export async function beginSignUp(page: Page, server: TestServer): Promise<void> {
  await press(page, 'Create a vault');
  await box(page, 'Master password').fill(PASSWORD);
  await box(page, 'Repeat master password').fill(PASSWORD);
  await box(page, 'Hint').fill(HINT);
  await page.getByRole('radio', { name: 'Sesame account' }).check();
  await box(page, 'Email address').fill(email());
  await box(page, 'Server address').fill(server.origin);
  await press(page, 'Create vault');
  await expect(box(page, 'Code from the e-mail')).toBeVisible({ timeout: 30_000 });
}

export async function fillSignIn(page: Page, server: TestServer, password: string = PASSWORD): Promise<void> {
  await box(page, 'Email address').fill(email());
  await box(page, 'Master password').fill(password);
  await box(page, 'Server address').fill(server.origin);
  await press(page, 'Sign in');
}

/** From the welcome screen to what was found. */
export async function find(page: Page, server: TestServer, password: string = PASSWORD): Promise<void> {
  await press(page, 'Sign in');
  await fillSignIn(page, server, password);
  await expect(page.getByRole('heading', { name: 'Your vault was found' })).toBeVisible({ timeout: 30_000 });
}

export async function toAccount(page: Page): Promise<void> {
  await press(page, 'Settings');
  await expect(page.getByRole('region', { name: 'Account' })).toBeVisible();
}

export async function back(page: Page, times = 1): Promise<void> {
  for (let n = 0; n < times; n += 1) await page.keyboard.press('Escape');
}

export const shows = (page: Page, item: string): Promise<void> =>
  expect(page.getByRole('button', { name: new RegExp(`^${item}`) }).first()).toBeVisible({ timeout: 30_000 });

/** The master password, where more than a minute has gone by since it was last typed; until `done` is seen. */
export async function proveIfAsked(page: Page, done: Locator): Promise<void> {
  const proof = page.getByRole('textbox', { name: 'Current master password' });
  await expect(proof.or(done).first()).toBeVisible({ timeout: 30_000 });
  if (await proof.isVisible()) {
    await proof.fill(PASSWORD);
    await press(page, 'Confirm');
  }
}
