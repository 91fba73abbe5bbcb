/** What a person does with an account, by the names that they see. */
import { until } from '../e2e/support/cdp.ts';
import { PASSWORD } from '../e2e/support/flows.ts';
import type { TestServer } from '../support/server.ts';
import type { Firefox, Tab } from './firefox.ts';
import { call } from './fixtures.ts';

export const EMAIL = 'alice@example.org';

export async function fill(page: Tab, label: string, text: string): Promise<void> {
  await page.click(await page.byLabel(label));
  await page.type(text);
}

/** What is prefilled goes first. */
export async function replace(page: Tab, label: string, text: string): Promise<void> {
  await page.click(await page.byLabel(label));
  await page.evaluate(`document.activeElement.select()`);
  await page.type(text);
}

export const reads = (page: Tab, text: RegExp): Promise<unknown> =>
  until(`${text} to be read`, async () => (text.test(await page.evaluate<string>('document.body.innerText')) ? true : undefined), 60_000);

export const synced = (page: Tab): Promise<unknown> =>
  until(
    'the account to have all',
    async () => {
      await call(page, 'syncNow').catch(() => undefined);
      const { account } = await call(page, 'status');
      return account?.state === 'ok' && account.waiting === 0 && account.lastSyncAt !== null ? true : undefined;
    },
    60_000,
  );

/** From the welcome screen to a vault that the account has. */
export async function signUp(firefox: Firefox, server: TestServer): Promise<Tab> {
  const page = await firefox.open(firefox.url('popup.html'));
  await page.click(await page.byRole('button', 'Create a vault'));
  await fill(page, 'Master password', PASSWORD);
  await fill(page, 'Repeat master password', PASSWORD);
  await fill(page, 'Hint', 'the view from the lake house');
  await page.evaluate(
    `[...document.querySelectorAll('input[type=radio]')].find((radio) => radio.closest('label').textContent.includes('Sesame account')).click()`,
  );
  await fill(page, 'Email address', EMAIL);
  await replace(page, 'Server address', server.origin);
  await page.click(await page.byRole('button', 'Create vault'));
  await fill(page, 'Code from the e-mail', await server.codeFor(EMAIL));
  await page.click(await page.byRole('button', 'Confirm'));
  await until('the account', async () => ((await call(page, 'status')).account?.lastSyncAt ? true : undefined), 60_000);
  return page;
}
