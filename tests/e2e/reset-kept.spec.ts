/** After a reset, in the browser in which it was done: biometrics of before, the way back, and parting for good. */
import { Authenticator, expect, test } from './fixtures.ts';
import { email, names, signUp, synced } from './support/account.ts';
import { keysOf, setUp } from './support/biometrics.ts';
import { call, login, spoil } from './support/calls.ts';
import { expectUnlocked, lockNow, PASSWORD, unlockWith } from './support/flows.ts';
import { openSealed, resetByCode } from './support/reset.ts';
import { reopen } from './support/vault.ts';

test.beforeEach(() => {
  test.slow();
});

test('S-133, S-134: biometrics of this device open the sealed vault, here and at the account', async ({ sesame, server }) => {
  const to = email('finger');
  const page = await sesame.openPopup();
  await Authenticator.add(page);
  await signUp(page, server, { email: to, items: [login('apple')] });
  await page.getByRole('button', { name: 'Settings' }).click();
  await setUp(page).click();
  await setUp(page).click();
  await expect.poll(async () => (await keysOf(page)).length).toBe(1);
  await reopen(sesame, page);
  // What lies at the account knows of the passkey, too.
  await synced(page);
  await lockNow(page);
  await resetByCode(server, page, to);
  expect(await names(page)).toEqual([]);

  await openSealed(page, 'At the account');
  await page.getByRole('button', { name: 'Open with biometrics' }).click();
  await page.getByRole('button', { name: 'Merge into this vault' }).click({ timeout: 30_000 });
  await expect(page.getByRole('status')).toContainText('1 item came in', { timeout: 30_000 });
  expect(await names(page)).toEqual(['apple']);

  for (const { id } of (await call(page, 'list', { text: '', in: 'items', offset: 0, limit: 10 })).rows)
    await call(page, 'deleteForever', { id });
  await reopen(sesame, page);
  await openSealed(page, 'In this browser');
  await page.getByRole('button', { name: 'Merge with biometrics' }).click();
  await expect(page.getByRole('status')).toContainText('1 item came in', { timeout: 30_000 });
  expect(await names(page)).toEqual(['apple']);
});

test('S-135: who remembers after all undoes the reset by the copy that was kept, and loses nothing made since', async ({
  sesame,
  server,
}) => {
  const to = email('remembered');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  // What is not sent when the password is forgotten lies in this browser alone.
  await call(page, 'setSyncMode', { mode: 'ask' });
  await call(page, 'save', login('unsent'));
  const [apple] = (await call(page, 'list', { text: 'apple', in: 'items', offset: 0, limit: 1 })).rows;
  const edit = await call(page, 'edit', { id: apple?.id ?? '' });
  await call(page, 'save', { ...edit, username: 'unsent too' });
  await lockNow(page);
  await resetByCode(server, page, to);
  await call(page, 'save', login('since'));
  await synced(page);
  await reopen(sesame, page);
  await openSealed(page, 'In this browser');
  await page.getByRole('button', { name: 'Undo the reset' }).click();
  await expect(page.getByText('The vault from before comes back')).toBeVisible();
  await page.getByRole('textbox', { name: 'Master password' }).fill('not the one');
  await page.getByRole('button', { name: 'Undo the reset' }).click();
  await expect(page.getByText('That is not the master password of this file')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('textbox', { name: 'Master password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Undo the reset' }).click();
  await expect(page.getByRole('status')).toContainText('The reset is undone', { timeout: 30_000 });
  await expectUnlocked(page);
  expect(await names(page)).toEqual(['apple', 'unsent']);
  expect((await call(page, 'edit', { id: apple?.id ?? '' })).username).toBe('unsent too');
  await synced(page);
  const put = await call(page, 'sealedVaults');
  expect(put.filter(({ where }) => where === 'account')).toHaveLength(1);
  expect(put.filter(({ where }) => where === 'browser').length).toBeGreaterThan(0);
  await lockNow(page);
  await unlockWith(page);
  await expectUnlocked(page);
});

test('S-134, S-142: erasing takes a word, a factor and thirty days, and can be taken back', async ({ sesame, server }) => {
  const to = email('erase');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  await lockNow(page);
  await resetByCode(server, page, to);
  const before = (await call(page, 'sealedVaults')).find(({ where }) => where === 'account');
  await openSealed(page, 'At the account');
  await page.getByRole('button', { name: 'Erase now' }).click();
  await expect(page.getByRole('textbox', { name: 'Type the word “erase”' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Erase now' })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Type the word “erase”' }).fill('Erase');
  await page.getByRole('button', { name: 'Erase now' }).click();
  await expect(page.getByText(/^It will be erased on/)).toBeVisible({ timeout: 30_000 });
  await server.mail(to, 0, ({ text }) => /erased/.test(text));
  const soon = (await call(page, 'sealedVaults')).find(({ where }) => where === 'account');
  expect(soon?.eraseAt ?? 0).toBeLessThan(before?.eraseAt ?? 0);
  await page.getByRole('button', { name: 'Keep it after all' }).click();
  await expect(page.getByRole('button', { name: 'Erase now' })).toBeVisible();
  const kept = (await call(page, 'sealedVaults')).find(({ where }) => where === 'account');
  expect(kept?.eraseAt).toBe(before?.eraseAt);
  // Without a factor of now, the word is not enough.
  await expect(call(page, 'dropSealed', { id: (await copyOf(page)) ?? '', typed: 'yes', proof: null })).rejects.toThrow('invalid');
  await reopen(sesame, page);
  await openSealed(page, 'In this browser');
  await page.getByRole('button', { name: 'Remove from this browser' }).click();
  await page.getByRole('textbox', { name: 'Type the word “erase”' }).fill('erase');
  await page.getByRole('button', { name: 'Remove from this browser' }).click();
  await expect(page.getByRole('status')).toContainText('Removed from this browser');
  expect(await copyOf(page)).toBeUndefined();
});

test('S-134: what can’t be read here any more comes back from the account, and is kept as it is', async ({ sesame, server }) => {
  const to = email('damaged');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  await lockNow(page);
  await spoil(page, 'vault', 'header', '00'.repeat(100));
  await spoil(page, 'vault', 'header.previous', '00');
  await sesame.killWorker();
  await page.reload();
  await expect(page.getByText('The stored vault can’t be read.')).toBeVisible();
  // A reset would keep a copy of it, too.
  expect(await call(page, 'requestReset', { server: server.origin, email: to, lang: 'en' })).toEqual({ sealedCopy: 'kept' });
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Email address' }).fill(to);
  await page.getByRole('textbox', { name: 'Master password' }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Server address' }).fill(server.origin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Use this vault' }).click({ timeout: 30_000 });
  await expectUnlocked(page);
  await synced(page);
  expect(await names(page)).toEqual(['apple']);
  expect((await call(page, 'sealedVaults')).filter(({ where }) => where === 'browser').length).toBeGreaterThan(0);
  await openSealed(page, 'In this browser');
  await expect(page.getByRole('button', { name: 'Save a sealed copy' })).toBeVisible();
});

const copyOf = async (page: Parameters<typeof names>[0]): Promise<string | undefined> =>
  (await call(page, 'sealedVaults')).find(({ where }) => where === 'browser')?.id;
