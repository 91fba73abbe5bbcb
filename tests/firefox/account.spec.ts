/** An account in Firefox: its own rules for pages, workers and what may be fetched, the same server. */

import { login } from '../e2e/support/calls.ts';
import { until } from '../e2e/support/cdp.ts';
import { startServer } from '../support/server.ts';
import { launchFirefox, type Tab } from './firefox.ts';
import { call, expect, test } from './fixtures.ts';

const PASSWORD = 'toasted seeds on warm bread';
const EMAIL = 'alice@example.org';

async function fill(page: Tab, label: string, text: string): Promise<void> {
  await page.click(await page.byLabel(label));
  await page.type(text);
}

/** The pointer reaches only what is in sight. */
const toTheEnd = (page: Tab): Promise<unknown> =>
  page.evaluate(`[...document.querySelectorAll('*')].forEach((part) => void part.scrollTo(0, 1e6))`);

/** What is prefilled goes first. */
async function replace(page: Tab, label: string, text: string): Promise<void> {
  await page.click(await page.byLabel(label));
  await page.evaluate(`document.activeElement.select()`);
  await page.type(text);
}

const synced = (page: Tab): Promise<unknown> =>
  until(
    'the account to have all',
    async () => {
      await call(page, 'syncNow').catch(() => undefined);
      const { account } = await call(page, 'status');
      return account?.state === 'ok' && account.waiting === 0 && account.lastSyncAt !== null ? true : undefined;
    },
    60_000,
  );

test('signs up and syncs, and another Firefox signs in to what is there', async ({ firefox }) => {
  test.setTimeout(180_000);
  const server = await startServer();
  const other = await launchFirefox();
  try {
    const page = await firefox.open(firefox.url('popup.html'));
    await page.click(await page.byRole('button', 'Create a vault'));
    await fill(page, 'Master password', PASSWORD);
    await fill(page, 'Repeat master password', PASSWORD);
    await fill(page, 'Hint', 'the view from the lake house');
    await page.evaluate(
      `[...document.querySelectorAll('input[type=radio]')].find((radio) => radio.closest('label').textContent.includes('Sesame account')).click()`,
    );
    await toTheEnd(page);
    await fill(page, 'Email address', EMAIL);
    await replace(page, 'Server address', server.origin);
    await page.click(await page.byRole('button', 'Create vault'));
    await fill(page, 'Code from the e-mail', await server.codeFor(EMAIL));
    await page.click(await page.byRole('button', 'Confirm'));
    await until('the account', async () => ((await call(page, 'status')).account?.lastSyncAt ? true : undefined), 60_000);
    await call(page, 'save', login('Sesame Bank'));
    await synced(page);

    const there = await other.open(other.url('popup.html'));
    await there.click(await there.byRole('button', 'Sign in'));
    await fill(there, 'Email address', EMAIL);
    await fill(there, 'Master password', PASSWORD);
    await replace(there, 'Server address', server.origin);
    await there.click(await there.byRole('button', 'Sign in'));
    // What can be said only once it is open moves the button.
    await until(
      'what was found',
      async () => (/Last changed/.test(await there.evaluate<string>('document.body.innerText')) ? true : undefined),
      60_000,
    );
    await there.click(await there.byRole('button', 'Use this vault'));
    await until('the open vault', async () => ((await call(there, 'status')).state === 'unlocked' ? true : undefined), 60_000);
    const { rows } = await call(there, 'list', { text: '', in: 'items', offset: 0, limit: 10 });
    expect(rows.map(({ name }) => name)).toEqual(['Sesame Bank']);
    await synced(there);
  } finally {
    await other.close();
    await server.stop();
  }
});
