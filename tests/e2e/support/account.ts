/** What a person does with an account, by the names that they see. */
import { expect, type Page, test } from '@playwright/test';
import type { ItemEdit } from '../../../extension/shared/api.ts';
import { fromB64, toB64 } from '../../../extension/shared/bytes.ts';
import { Flow, SALT, stretched, utf8 } from '../../support/password.ts';
import type { TestServer } from '../../support/server.ts';
import { dress, type Sesame } from '../fixtures.ts';
import { call } from './calls.ts';
import { expectUnlocked, PASSWORD } from './flows.ts';
import { type LaunchOptions, launch } from './launch.ts';

const HINT = 'the view from the lake house';

/** An address of the running test's own, the same each time: other tests have had accounts at the server that they share. */
export function email(name = 'alice'): string {
  const { testId, retry, repeatEachIndex } = test.info();
  return `${name}-${testId.replace(/\W/g, '').slice(-12)}-${retry}${repeatEachIndex}@example.org`;
}

interface SignUp {
  email?: string;
  password?: string;
  hint?: string;
  items?: ItemEdit[];
}

/** An open vault that the account has whole. Returns the recovery code, which is proved. */
export async function signUp(page: Page, server: TestServer, options: SignUp = {}): Promise<string> {
  const code = await join(page, server, options);
  await page.reload();
  await expectUnlocked(page);
  await synced(page);
  return code;
}

/**
 * The same, as far as the account's existence. Returns the recovery code, which is proved. What screens do for it is for
 * `account-ui.spec.ts`; here the password's room runs beside the browser, with the cheapest derivation and once for all.
 */
export async function join(page: Page, server: TestServer, options: SignUp = {}): Promise<string> {
  const { email: to = email(), password = PASSWORD, hint = HINT, items = [] } = options;
  const vault = { vaultName: 'My vault', hint, kdfId: 1, salt: SALT, stretched: stretched(password) } as const;
  const { recoveryCode } = await call(page, 'createVault', vault);
  await call(page, 'confirmRecoveryCode', { group: 1, text: recoveryCode.slice(0, 4) });
  const at = { server: server.origin, email: to, lang: 'en' } as const;
  await call(page, 'accountBegin', at);
  const code = await server.codeFor(to);
  const flow = new Flow(utf8(password));
  const request = toB64(flow.registerStart());
  const { credId, response } = await call(page, 'accountRegisterStart', { server: server.origin, email: to, code, request });
  const { message, serverKey } = flow.registerFinish(fromB64(response), fromB64(credId), server.origin);
  const made = { upload: toB64(message), serverKey: toB64(serverKey), credId };
  await call(page, 'accountRegister', { ...at, ...made, code, hint, deviceName: 'Chromium · Linux', mode: 'auto' });
  if (items.length > 0) await call(page, 'importItems', { items });
  return recoveryCode;
}

/** From the welcome screen to an open vault that syncs by itself. */
export async function signIn(page: Page, server: TestServer, options: { email?: string; password?: string } = {}): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Email address' }).fill(options.email ?? email());
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
