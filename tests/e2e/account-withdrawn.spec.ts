/** A sign-in that comes to nothing leaves no browser in the account's list, however it ends. */
import type { Page } from '@playwright/test';
import type { TestServer } from '../support/server.ts';
import { expect, test } from './fixtures.ts';
import { email, second, signUp } from './support/account.ts';
import { call, login } from './support/calls.ts';
import { PASSWORD } from './support/flows.ts';

const devices = async (page: Page): Promise<number> => (await call(page, 'accountInfo')).devices.length;

async function toFound(page: Page, server: TestServer, to: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Email address' }).fill(to);
  await page.getByRole('textbox', { name: 'Master password' }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Server address' }).fill(server.origin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Your vault was found' })).toBeVisible({ timeout: 30_000 });
}

test('S-35: left, closed or ended with its worker, what was found and not taken leaves nothing at the account', async ({
  sesame,
  server,
}) => {
  test.slow();
  const to = email('withdrawn');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  const other = await second();
  try {
    const left = await other.openPopup();
    await toFound(left, server, to);
    expect(await devices(page)).toBe(2);
    await left.getByRole('button', { name: 'Back' }).click();
    await expect.poll(() => devices(page)).toBe(1);

    const closed = await other.openPopup();
    await toFound(closed, server, to);
    expect(await devices(page)).toBe(2);
    await closed.close();
    await expect.poll(() => devices(page)).toBe(1);

    const stopped = await other.openPopup();
    await toFound(stopped, server, to);
    expect(await devices(page)).toBe(2);
    await other.killWorker();
    await call(stopped, 'status');
    await expect.poll(() => devices(page)).toBe(1);

    // One that is taken stays, also after its page and its worker.
    await stopped.reload();
    await toFound(stopped, server, to);
    await stopped.getByRole('button', { name: 'Use this vault' }).click();
    await expect.poll(async () => (await call(stopped, 'status')).account?.waiting, { timeout: 30_000 }).toBe(0);
    await other.killWorker();
    await call(stopped, 'status');
    await call(stopped, 'syncNow');
    expect(await devices(page)).toBe(2);
  } finally {
    await other.close();
  }
});
