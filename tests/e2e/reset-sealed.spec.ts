/** After a reset: everything that was in the old vault is still there for whoever can open it. */
import { expect, test } from './fixtures.ts';
import { email, names, second, signUp, synced } from './support/account.ts';
import { call, login } from './support/calls.ts';
import { expectUnlocked, lockNow, PASSWORD, unlockWith } from './support/flows.ts';
import { NEW, openSealed, resetBeside, resetHere } from './support/reset.ts';
import { reopen } from './support/vault.ts';

test.beforeEach(() => {
  test.slow();
});

test('S-133, S-134: a sealed vault is opened again by its old password, its old code, and what lies here', async ({ sesame, server }) => {
  const to = email('sealed');
  const page = await sesame.openPopup();
  const code = await signUp(page, server, { email: to, items: [login('apple'), login('banana')] });
  await lockNow(page);
  const own = await resetHere(sesame, server, page, to);
  expect(await names(own)).toEqual([]);

  await openSealed(own, 'At the account');
  await own.getByRole('textbox', { name: 'Old master password' }).fill(NEW);
  await own.getByRole('button', { name: 'Open sealed vault' }).click();
  await expect(own.getByText('That is not the master password of this vault')).toBeVisible({ timeout: 30_000 });
  await own.getByRole('textbox', { name: 'Old master password' }).fill(PASSWORD);
  await own.getByRole('button', { name: 'Open sealed vault' }).click();
  await expect(own.getByText('Saved on')).toBeVisible({ timeout: 30_000 });
  await expect(own.getByText(/items: 2/)).toBeVisible();
  // Looking changes nothing.
  expect(await names(own)).toEqual([]);
  await own.getByRole('button', { name: 'Merge into this vault' }).click();
  await expect(own.getByRole('status')).toContainText('2 items came in', { timeout: 30_000 });
  expect(await names(own)).toEqual(['apple', 'banana']);

  for (const item of (await call(own, 'list', { text: '', in: 'items', offset: 0, limit: 10 })).rows)
    await call(own, 'deleteForever', { id: item.id });
  await reopen(sesame, own);
  await openSealed(own, 'At the account');
  await own.getByRole('textbox', { name: 'Old recovery code' }).fill(code);
  await own.getByRole('button', { name: 'Open with recovery code' }).click();
  await own.getByRole('button', { name: 'Merge into this vault' }).click({ timeout: 30_000 });
  await expect(own.getByRole('status')).toContainText('2 items came in', { timeout: 30_000 });
  expect(await names(own)).toEqual(['apple', 'banana']);

  for (const item of (await call(own, 'list', { text: '', in: 'items', offset: 0, limit: 10 })).rows)
    await call(own, 'deleteForever', { id: item.id });
  await reopen(sesame, own);
  await openSealed(own, 'In this browser');
  await own.getByRole('textbox', { name: 'Master password' }).fill(PASSWORD);
  await own.getByRole('button', { name: 'Merge into this vault' }).click();
  await expect(own.getByRole('status')).toContainText('2 items came in', { timeout: 30_000 });
  await synced(own);
});

test('S-135: a browser that still opens the old vault is told, and takes the reset back', async ({ sesame, server }) => {
  const to = email('undo');
  const other = await second();
  try {
    const { own, old } = await resetBeside(sesame, other, server, to);

    await call(old, 'syncNow').catch(() => undefined);
    await reopen(other, old);
    await expect(old.getByText(/^Your account was reset on/)).toBeVisible({ timeout: 30_000 });
    // Nothing here is gone, and it can still be edited.
    expect(await names(old)).toEqual(['apple']);
    await call(old, 'save', login('kept'));
    await old.getByRole('button', { name: 'Undo the reset' }).click();
    await expect(old.getByText('The vault from before comes back')).toBeVisible();
    await old.getByRole('button', { name: 'Undo the reset' }).click();
    await expect(old.getByRole('status')).toContainText('The reset is undone', { timeout: 30_000 });
    await synced(old);
    expect(await names(old)).toEqual(['apple', 'kept']);

    // Whoever reset it is signed out, and what they made since is not lost either: it lies sealed.
    await call(own, 'syncNow').catch(() => undefined);
    await expect.poll(async () => (await call(own, 'status')).account?.state, { timeout: 30_000 }).not.toBe('ok');
    expect(await names(own)).toEqual(['fresh']);
    expect((await call(old, 'sealedVaults')).filter(({ where }) => where === 'account')).toHaveLength(1);
  } finally {
    await other.close();
  }
});

test('a locked browser that has not heard of a reset leads on to the new vault, and keeps its own', async ({ sesame, server }) => {
  const to = email('unheard');
  const other = await second();
  try {
    const { old } = await resetBeside(sesame, other, server, to, true);

    await unlockWith(old, NEW);
    await expect(old.getByText('The account was reset on another browser')).toBeVisible({ timeout: 30_000 });
    await old.getByRole('link', { name: 'Sign in to the new vault' }).click();
    await expect(old.getByRole('textbox', { name: 'Email address' })).toHaveValue(to);
    await old.getByRole('textbox', { name: 'Master password' }).fill(NEW);
    await old.getByRole('button', { name: 'Sign in' }).click();
    await old.getByRole('button', { name: 'Use this vault' }).click({ timeout: 30_000 });
    await expectUnlocked(old);
    await synced(old);
    expect(await names(old)).toEqual(['fresh']);
    expect((await call(old, 'sealedVaults')).filter(({ where }) => where === 'browser')).toHaveLength(1);
    // Asking left no browser behind that nobody knows.
    expect((await call(old, 'accountInfo')).devices).toHaveLength(2);
  } finally {
    await other.close();
  }
});

test('a browser with the old vault merges it into the new one, or stays as it is', async ({ sesame, server }) => {
  const to = email('merge');
  const other = await second();
  try {
    const { old } = await resetBeside(sesame, other, server, to);
    await call(old, 'syncNow').catch(() => undefined);
    await reopen(other, old);
    await old.getByRole('link', { name: 'Stay as it is' }).click({ timeout: 30_000 });
    await reopen(other, old);
    await expect(old.getByRole('button', { name: /^apple/ }).first()).toBeVisible();
    await expect(old.getByText(/^Your account was reset on/)).toHaveCount(0);
    await call(old, 'dropDraft', { form: 'reset-stays' });
    await reopen(other, old);
    await old.getByRole('button', { name: 'Merge into the new vault' }).click();
    await expect(old.getByRole('textbox', { name: 'Email address' })).toHaveValue(to);
    await old.getByRole('textbox', { name: 'Master password' }).fill(NEW);
    await old.getByRole('button', { name: 'Sign in' }).click();
    await old.getByRole('button', { name: 'Use this vault' }).click({ timeout: 30_000 });
    await expectUnlocked(old);
    await synced(old);
    expect(await names(old)).toEqual(['apple', 'fresh']);
  } finally {
    await other.close();
  }
});
