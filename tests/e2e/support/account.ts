/** What a person does with an account, by the names that they see. */
import { expect, type Page } from '@playwright/test';
import type { ItemEdit } from '../../../extension/shared/api.ts';
import type { TestServer } from '../../support/server.ts';
import { dress, type Sesame } from '../fixtures.ts';
import { call } from './calls.ts';
import { expectUnlocked, notNow, PASSWORD, proveCode, shownCode } from './flows.ts';
import { type LaunchOptions, launch } from './launch.ts';

const EMAIL = 'alice@example.org';
const HINT = 'the view from the lake house';

interface SignUp {
  email?: string;
  password?: string;
  hint?: string;
  items?: ItemEdit[];
}

/** From the welcome screen to an open vault that the account has whole. Returns the recovery code, which is proved. */
export async function signUp(page: Page, server: TestServer, options: SignUp = {}): Promise<string> {
  const { email = EMAIL, password = PASSWORD, items = [] } = options;
  await page.getByRole('button', { name: 'Create a vault' }).click();
  await page.getByRole('textbox', { name: 'Master password', exact: true }).fill(password);
  await page.getByRole('textbox', { name: 'Repeat master password' }).fill(password);
  await page.getByRole('textbox', { name: 'Hint' }).fill(options.hint ?? HINT);
  await page.getByRole('radio', { name: 'Sesame account' }).check();
  await page.getByRole('textbox', { name: 'Email address' }).fill(email);
  await page.getByRole('textbox', { name: 'Server address' }).fill(server.origin);
  await page.getByRole('button', { name: 'Create vault' }).click();
  await page.getByRole('textbox', { name: 'Code from the e-mail' }).fill(await server.codeFor(email));
  await page.getByRole('button', { name: 'Confirm' }).click();
  const code = await shownCode(page);
  await proveCode(page, code);
  await notNow(page);
  if (items.length > 0) await call(page, 'importItems', { items });
  await synced(page);
  return code;
}

/** From the welcome screen to an open vault that syncs by itself. */
export async function signIn(page: Page, server: TestServer, options: { email?: string; password?: string } = {}): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Email address' }).fill(options.email ?? EMAIL);
  await page.getByRole('textbox', { name: 'Master password' }).fill(options.password ?? PASSWORD);
  await page.getByRole('textbox', { name: 'Server address' }).fill(server.origin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Use this vault' }).click({ timeout: 30_000 });
  await expectUnlocked(page);
  await synced(page);
}

/** Until the account has all that is here, and the other way round. */
export async function synced(page: Page): Promise<void> {
  await call(page, 'syncNow');
  await expect
    .poll(
      async () => {
        const { account } = await call(page, 'status');
        return (
          account && {
            state: account.state,
            waiting: account.waiting,
            problem: account.problem,
            behind: account.passwordBehind,
            syncing: account.syncing,
          }
        );
      },
      { timeout: 30_000 },
    )
    .toEqual({ state: 'ok', waiting: 0, problem: null, behind: false, syncing: false });
}

/** Another browser of the same person; the caller closes it. */
export async function second(options: LaunchOptions = {}): Promise<Sesame> {
  return dress(await launch(options));
}

export async function names(page: Page): Promise<string[]> {
  const { rows } = await call(page, 'list', { text: '', in: 'items', offset: 0, limit: 1000 });
  return rows.map(({ name }) => name).sort();
}
