/** A new master password and its account, when the line breaks at the worst moment: nobody is ever locked out of anything. */
import type { Page } from '@playwright/test';
import { Mutator } from '../support/mutator.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { expect, test } from './fixtures.ts';
import { email, second, signIn, signUp, synced } from './support/account.ts';
import { call, login } from './support/calls.ts';
import { expectUnlocked, PASSWORD, unlockWith } from './support/flows.ts';

const NEXT = 'a lantern over cold harbours';
const THIRD = 'seven quiet orchards in rain';
let server: TestServer;
let mutator: Mutator;
test.beforeAll(async () => {
  mutator = await Mutator.start();
  server = await startServer({ behind: mutator });
});
test.afterAll(async () => {
  await server.stop();
  await mutator.stop();
});
test.afterEach(() => mutator.honest());
test.use({ expectedErrors: [/Failed to load resource/] });
test.describe.configure({ timeout: 150_000, mode: 'default' });

async function setPassword(page: Page, next = NEXT, current = PASSWORD): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Set a new master password' }).click();
  await page.getByRole('textbox', { name: 'New master password', exact: true }).fill(next);
  await page.getByRole('textbox', { name: 'Repeat master password' }).fill(next);
  await page.getByRole('button', { name: 'Set a new master password' }).click();
  const proof = page.getByRole('textbox', { name: 'Current master password' });
  const here = page.getByRole('button', { name: 'Set it in this browser' });
  const done = page.getByRole('heading', { name: 'Settings' });
  await expect(proof.or(here).or(done).first()).toBeVisible({ timeout: 60_000 });
  if (await here.isVisible()) {
    await here.click();
    await expect(proof.or(done).first()).toBeVisible({ timeout: 60_000 });
  }
  if (await proof.isVisible()) {
    await proof.fill(current);
    await page.getByRole('button', { name: 'Confirm' }).click();
  }
  await expect(done).toBeVisible({ timeout: 60_000 });
}

const behind = async (page: Page) => (await call(page, 'status')).account?.passwordBehind;

async function signsIn(name: string, password: string): Promise<void> {
  const other = await second();
  try {
    await signIn(await other.openPopup(), server, { email: email(name), password });
  } finally {
    await other.close();
  }
}

test('the request is lost: here the new password holds, there the old one, and it is sent again without a question', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await signUp(page, server, { email: email('request-lost') });
  mutator.on(/password\/finish/, () => null);
  await setPassword(page);
  await expect.poll(async () => (await call(page, 'status')).account?.problem).toBe('offline');
  expect(await behind(page)).toBe(true);
  await call(page, 'lock');
  await unlockWith(page, NEXT);
  await expectUnlocked(page);
  // What changes meanwhile does not take the header along.
  await call(page, 'save', login('apple'));
  await expect
    .poll(async () => (await call(page, 'syncNow').catch(() => null)) === null && mutator.count(/password\/finish/) > 1)
    .toBe(true);
  await signsIn('request-lost', PASSWORD);

  mutator.honest();
  await synced(page);
  expect(await behind(page)).toBe(false);
  await signsIn('request-lost', NEXT);
});

test('the answer is lost: the account has the new password, and this browser finds that out', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await signUp(page, server, { email: email('answer-lost') });
  void mutator.once(/password\/finish/, async ({ pass }) => {
    await pass();
    return null;
  });
  await setPassword(page);
  await synced(page);
  expect(await behind(page)).toBe(false);
  await call(page, 'save', login('apple'));
  await synced(page);
  await call(page, 'lock');
  await unlockWith(page, NEXT);
  await expectUnlocked(page);
  await signsIn('answer-lost', NEXT);
});

test('set again while the account can not be reached: what waits for the former password is never sent with the new one', async ({
  sesame,
}) => {
  const page = await sesame.openPopup();
  await signUp(page, server, { email: email('set-twice') });
  mutator.on(/password\/finish/, () => null);
  await setPassword(page);
  await expect.poll(async () => (await call(page, 'status')).account?.problem).toBe('offline');
  mutator.on(/password\/start/, () => null);
  await page.reload();
  await setPassword(page, THIRD, NEXT);

  const sent = mutator.count(/password\/finish/);
  mutator.honest();
  await call(page, 'syncNow');
  expect(mutator.count(/password\/finish/)).toBe(sent);
  // The account has neither: it is told when the master password is typed here again.
  expect(await behind(page)).toBe(true);
  await signsIn('set-twice', PASSWORD);
});

test('another browser opens with the old password until it has heard of the new one, and takes either way in', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await signUp(page, server, { email: email('other') });
  const other = await second();
  try {
    const there = await other.openPopup();
    await signIn(there, server, { email: email('other') });
    await call(there, 'lock');
    await setPassword(page);
    await synced(page);
    // The typed password does not open what is here: the account says whether it is the newer one.
    await unlockWith(there, NEXT);
    await expectUnlocked(there);
    await synced(there);
    expect((await call(there, 'accountInfo')).devices).toHaveLength(2);
    await call(there, 'lock');
    await unlockWith(there, NEXT);
    await expectUnlocked(there);
  } finally {
    await other.close();
  }
});
