/** A reset is taken back by the copy that was kept: what opened the copy goes on opening the vault, or is replaced. */
import type { Page } from '@playwright/test';
import type { Opener } from '../../extension/shared/api.ts';
import { SALT, stretched } from '../support/password.ts';
import { expect, test } from './fixtures.ts';
import { email, names, signUp, synced } from './support/account.ts';
import { call, login } from './support/calls.ts';
import { expectUnlocked, lockNow, notNow, PASSWORD, shownCode, unlockWith } from './support/flows.ts';
import { openSealed, resetByCode } from './support/reset.ts';
import { reopen } from './support/vault.ts';

test.beforeEach(() => {
  test.slow();
});

test('S-135, S-167: a recovery code that the account never had undoes a reset, and another takes its place', async ({ sesame, server }) => {
  const to = email('code');
  const page = await sesame.openPopup();
  const first = await signUp(page, server, { email: to, items: [login('apple')] });
  await call(page, 'setSyncMode', { mode: 'ask' });
  const { recoveryCode: unsent } = await call(page, 'newRecoveryCode', { proof: await shown(page) });
  expect((await call(page, 'status')).account?.waiting).toBeGreaterThan(0);
  await reopen(sesame, page);
  await lockNow(page);
  await resetByCode(server, page, to);

  await reopen(sesame, page);
  await openSealed(page, 'In this browser');
  await page.getByRole('button', { name: 'Undo the reset' }).click();
  // Out of reach, nothing has happened, and the same secret is taken once more.
  await server.halt();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(unsent);
  await page.getByRole('button', { name: 'Undo with recovery code' }).click();
  await expect(page.getByText('The server can’t be reached right now')).toBeVisible({ timeout: 30_000 });
  await server.restart();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(unsent);
  await page.getByRole('button', { name: 'Undo with recovery code' }).click();
  const next = await shownCode(page);
  expect([first, unsent]).not.toContain(next);
  await page.getByRole('button', { name: 'Later' }).click();
  await notNow(page);
  await synced(page);
  expect(await names(page)).toEqual(['apple']);
  // Whoever reset it does not go on speaking by the hint that came with that.
  await call(page, 'sendHint', { server: server.origin, email: to, lang: 'en' });
  expect((await server.mail(to, 0, ({ subject }) => /hint/i.test(subject))).text).toContain('the view from the lake house');

  // Of the three codes only the newest one is worth anything, here and at the account.
  await lockNow(page);
  const recover = { server: server.origin, email: to, deviceName: 'by code' };
  for (const code of [first, unsent]) {
    await expect(call(page, 'unlock', { by: 'recovery', code })).rejects.toThrow('wrong-secret');
    await expect(call(page, 'recoverSignIn', { ...recover, code })).rejects.toThrow('denied');
  }
  expect((await call(page, 'recoverSignIn', { ...recover, code: next })).items).toBe(1);
  await unlockWith(page);
  await expectUnlocked(page);
});

test('S-135: a master password that the account never heard of opens what an undone reset brings back', async ({ sesame, server }) => {
  const to = email('unheard');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  const changed = 'another loaf that nobody was told of';
  const made = { kdfId: 1, salt: SALT, stretched: stretched(changed), hint: 'the second bakery' } as const;
  await call(page, 'setMasterPassword', { ...made, proof: await shown(page) });
  expect(await behind(page)).toBe(true);
  await lockNow(page);
  await resetByCode(server, page, to);

  await reopen(sesame, page);
  await openSealed(page, 'In this browser');
  await page.getByRole('button', { name: 'Undo the reset' }).click();
  await page.getByRole('textbox', { name: 'Master password' }).fill(changed);
  await page.getByRole('button', { name: 'Undo the reset' }).click();
  await expect(page.getByRole('status')).toContainText('The reset is undone', { timeout: 30_000 });
  await lockNow(page);
  await unlockWith(page, changed);
  await expectUnlocked(page);
  expect(await names(page)).toEqual(['apple']);
  // The account still takes the one before: that is said, and the new one can be brought there.
  await call(page, 'syncNow');
  expect((await call(page, 'status')).account).toMatchObject({ state: 'ok', problem: null, waiting: 1 });
  expect(await behind(page)).toBe(true);
  await expect(page.getByRole('link', { name: 'Tell the account now' })).toBeVisible();
});

const behind = async (page: Page): Promise<boolean | undefined> => (await call(page, 'status')).account?.passwordBehind;

/** The master password shown again: what it allows ends a minute after. */
async function shown(page: Page): Promise<Opener> {
  const { locked } = await call(page, 'status');
  return { by: 'password', slotId: locked?.passwordSlots[0]?.slotId ?? '', stretched: stretched(PASSWORD) };
}
