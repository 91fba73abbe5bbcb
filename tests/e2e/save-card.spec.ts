/** The popup's card for a sign-in that waits to be saved: new, update, not now, never, undo. */
import type { Page } from '@playwright/test';
import { expect, type Sesame, test } from './fixtures.ts';
import { ALL, call, login } from './support/calls.ts';
import { button, field, openVault, reopen } from './support/vault.ts';

/** Signs in on the sample bank as a person does, without Sesame's help. */
async function signIn(web: Page, origin: string, user: string, password: string): Promise<void> {
  await web.bringToFront();
  await web.goto(`${origin}/sign-in`);
  await web.getByLabel('User name').click();
  await web.keyboard.type(user);
  await web.keyboard.press('Tab');
  await web.keyboard.type(password);
  await web.getByRole('button', { name: 'Sign in' }).click();
  await expect(web.locator('#received')).toBeVisible();
}

/** The card, in a popup that is opened until there is something to decide. */
async function card(sesame: Sesame, page: Page, title: string) {
  await expect.poll(async () => (await call(page, 'waitingCapture'))?.host ?? '').not.toBe('');
  await reopen(sesame, page);
  const region = page.getByRole('region', { name: title });
  await expect(region).toBeVisible();
  return region;
}

const names = async (page: Page): Promise<string[]> => (await call(page, 'list', ALL)).rows.map(({ name, detail }) => `${name}/${detail}`);

test('a new sign-in is saved under the names that the person gives it, and can be taken back', async ({ sesame, site, page: web }) => {
  const page = await openVault(sesame, []);
  await signIn(web, site.origin, 'alice', 'first-password');
  const region = await card(sesame, page, 'Save this sign-in?');
  await expect(region).toContainText(new URL(site.origin).hostname);
  await expect(field(page, 'User name')).toHaveValue('alice');
  await field(page, 'Name').fill('My bank');
  // What was typed is still there when the popup was closed in between.
  await page.waitForTimeout(400);
  await reopen(sesame, page);
  await expect(field(page, 'Name')).toHaveValue('My bank');
  await button(page, 'Save').click();
  await expect(page.getByText('Saved')).toBeVisible();
  expect(await names(page)).toEqual(['My bank/alice']);
  const [row] = (await call(page, 'list', ALL)).rows;
  expect((await call(page, 'edit', { id: row?.id ?? '' })).password).toBe('first-password');
  await page.getByRole('link', { name: 'Undo' }).click();
  await expect.poll(() => names(page)).toEqual([]);
});

test('S-58: another password for a known user name updates that item, keeps the old one, and can be taken back', async ({
  sesame,
  site,
  page: web,
}) => {
  const websites = [{ url: site.origin, match: 'host' as const }];
  const page = await openVault(sesame, [login('Bank', { username: 'alice', password: 'old-password', websites })]);
  await signIn(web, site.origin, 'alice', 'new-password');
  await card(sesame, page, 'Update the password?');
  await expect(field(page, 'Name')).toHaveCount(0);
  await button(page, 'Update').click();
  await expect(page.getByText('Password updated.')).toBeVisible();
  const [row] = (await call(page, 'list', ALL)).rows;
  const id = row?.id ?? '';
  expect((await call(page, 'edit', { id })).password).toBe('new-password');
  expect(await call(page, 'reveal', { id, secret: 'history:0' })).toBe('old-password');
  await page.getByRole('link', { name: 'Undo' }).click();
  await expect.poll(async () => (await call(page, 'edit', { id })).password).toBe('old-password');
  expect(await names(page)).toEqual(['Bank/alice']);
});

test('not now asks again next time, never does not', async ({ sesame, site, page: web }) => {
  const page = await openVault(sesame, []);
  for (const [answer, user] of [
    ['Not now', 'alice'],
    ['Never for this site', 'bob'],
  ] as const) {
    await signIn(web, site.origin, user, 'a-password');
    const region = await card(sesame, page, 'Save this sign-in?');
    await button(page, answer).click();
    await expect(region).toHaveCount(0);
    expect(await call(page, 'waitingCapture')).toBeNull();
  }
  expect((await call(page, 'settings')).filling.never).toEqual([site.origin]);
  await signIn(web, site.origin, 'carol', 'a-password');
  await web.waitForTimeout(1_000);
  expect(await call(page, 'waitingCapture')).toBeNull();
  expect(await names(page)).toEqual([]);
});
