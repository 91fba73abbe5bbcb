/** S-172: biometrics open the vault, and the master password is kept in mind all the same. */
import type { Page } from '@playwright/test';
import { Authenticator, expect, type Sesame, test } from './fixtures.ts';
import { call } from './support/calls.ts';
import { createVault, expectUnlocked, lockNow, PASSWORD, unlockWith } from './support/flows.ts';

const DAY = 24 * 60 * 60 * 1000;
const NEXT = 'another lantern quilt harbor';
const field = (page: Page) => page.getByRole('textbox', { name: 'Type your master password to keep it in mind' });
const check = (page: Page) => page.getByRole('button', { name: 'Check' });

async function withBiometrics(sesame: Sesame): Promise<Page> {
  const page = await sesame.openPopup();
  await Authenticator.add(page);
  await createVault(page);
  await page.getByRole('button', { name: 'Set up biometric unlock' }).click();
  await expectUnlocked(page);
  await lockNow(page);
  return page;
}

/** The background's clock goes on while the vault is locked; `ms` in all since the test began. */
async function passes(sesame: Sesame, ms: number): Promise<void> {
  await (await sesame.worker()).evaluate((by) => {
    const before = Date.now;
    Date.now = () => before() + by;
  }, ms);
}

async function touch(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Unlock with biometrics' }).click();
  await expectUnlocked(page);
}

async function answer(page: Page, password: string): Promise<void> {
  await field(page).fill(password);
  await check(page).click();
}

test('S-172: practice falls due after 1 and then 3 days of biometrics, and the right password ends it', async ({ sesame }) => {
  const page = await withBiometrics(sesame);
  await touch(page);
  await expect(field(page)).toHaveCount(0);
  for (const days of [1, 3]) {
    await lockNow(page);
    await passes(sesame, days * DAY - 60_000);
    await touch(page);
    await expect(field(page), `not before ${days} days`).toHaveCount(0);
    await lockNow(page);
    await passes(sesame, 60_000);
    await touch(page);
    await expect(field(page), `after ${days} days`).toBeVisible();
    await answer(page, PASSWORD);
    await expect(page.getByRole('status')).toContainText('still in your mind');
    await expect(field(page)).toHaveCount(0);
  }
  // Who types the master password to get in needs no practice.
  await lockNow(page);
  await passes(sesame, 30 * DAY);
  await unlockWith(page);
  await expectUnlocked(page);
  await expect(field(page)).toHaveCount(0);
});

test('S-172: two misses offer a new master password at once; Skip asks again tomorrow', async ({ sesame }) => {
  const page = await withBiometrics(sesame);
  await passes(sesame, DAY);
  await touch(page);
  await page.getByRole('button', { name: 'Show hint' }).click();
  await expect(page.getByText('the view from the lake house')).toBeVisible();
  const offer = page.getByRole('button', { name: 'Set a new master password' });
  await answer(page, 'not this one at all');
  await expect(page.getByText(/^Not this one/)).toBeVisible({ timeout: 30_000 });
  await expect(offer).toHaveCount(0);

  // Misses are kept: a popup that closed in between does not begin anew.
  await page.reload();
  await answer(page, 'nor this one');
  await expect(offer).toBeVisible({ timeout: 30_000 });

  await page.getByRole('button', { name: 'Skip' }).click();
  await expect(field(page)).toHaveCount(0);
  await lockNow(page);
  await passes(sesame, DAY);
  await touch(page);
  await answer(page, 'nor that');
  await offer.click();
  await page.getByRole('textbox', { name: 'New master password' }).fill(NEXT);
  await page.getByRole('textbox', { name: 'Repeat master password' }).fill(NEXT);
  // The finger that opened the vault a moment ago stands in for the old password.
  await page.getByRole('button', { name: 'Set a new master password' }).click();
  await expect(page.getByRole('status')).toContainText('new master password is set');
  await expect(field(page)).toHaveCount(0);
  await lockNow(page);
  await unlockWith(page, NEXT);
  await expectUnlocked(page);
});

/** As a vault with two password slots would look to this page: the first is not the one that fits. */
const withTwoSlots = (page: Page): Promise<void> =>
  page.evaluate(() => {
    type Slots = { ok: { locked: { passwordSlots: { salt: string }[] } } };
    const send = chrome.runtime.sendMessage.bind(chrome.runtime) as (message: unknown) => Promise<unknown>;
    Object.assign(chrome.runtime, {
      sendMessage: async (message: { call?: string }) => {
        const answer = (await send(message)) as Slots;
        if (message.call !== 'status') return answer;
        const [slot] = answer.ok.locked.passwordSlots;
        if (slot) answer.ok.locked.passwordSlots = [{ ...slot, salt: 'A'.repeat(43) }, slot];
        return answer;
      },
    });
  });

test('S-172: with several password slots one typing is one miss, and any of them is right', async ({ sesame }) => {
  const page = await withBiometrics(sesame);
  await passes(sesame, DAY);
  await withTwoSlots(page);
  await touch(page);
  expect((await call(page, 'status')).locked?.passwordSlots).toHaveLength(2);
  await answer(page, 'not this one at all');
  await expect(page.getByText(/^Not this one/)).toBeVisible({ timeout: 30_000 });
  const { slotId = '' } = (await call(page, 'status')).locked?.passwordSlots[0] ?? {};
  const wrong = Buffer.alloc(32, 1).toString('base64url');
  expect(await call(page, 'practice', { slotId, stretched: wrong, more: true })).toEqual({ right: false, misses: 0 });
  expect(await call(page, 'practice', { slotId, stretched: wrong })).toEqual({ right: false, misses: 2 });
  await answer(page, PASSWORD);
  await expect(page.getByRole('status')).toContainText('still in your mind', { timeout: 30_000 });
});
