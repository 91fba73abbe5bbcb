/** A backup opens with what the vault opened with, is never taken over another vault, and takes nothing away. */
import type { Page } from '@playwright/test';
import { expect, type Sesame, test } from './fixtures.ts';
import { ALL, call, KEY, login, makeVault, rowsOf, unlock } from './support/calls.ts';

interface Saved {
  page: Page;
  file: string;
  recoveryCode: string;
}

async function saved(sesame: Sesame): Promise<Saved> {
  const page = await sesame.openPopup();
  const { recoveryCode } = await makeVault(page);
  for (const name of ['one', 'two']) await call(page, 'save', login(name));
  const { file, fileName } = await call(page, 'saveBackup');
  expect(fileName).toMatch(/^sesame-backup-\d{4}-\d\d-\d\d\.sesame$/);
  return { page, file, recoveryCode };
}

const names = async (page: Page): Promise<string[]> => (await call(page, 'list', ALL)).rows.map(({ name }) => name).sort();

async function startOver(page: Page): Promise<void> {
  await call(page, 'saveSealedCopy');
  await call(page, 'startOver', { savedBackup: true, typed: 'Test vault' });
}

test('says what opens it before any secret is asked for', async ({ sesame }) => {
  const { page, file } = await saved(sesame);
  await call(page, 'lock');
  const info = await call(page, 'readBackup', { file });
  expect(info).toMatchObject({ vaultName: 'Test vault', itemCount: 2, sameVault: true, recovery: true });
  expect(info.passwordSlots).toHaveLength(1);
  await call(page, 'closeBackup', { handle: info.handle });
  await expect(call(page, 'closeBackup', { handle: info.handle })).resolves.toBeNull();
});

test('start over asks for the name and a saved copy, and leaves nothing behind', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await makeVault(page);
  await call(page, 'save', login('one'));
  await expect(call(page, 'startOver', { savedBackup: true, typed: 'Test vault' })).rejects.toThrow('invalid');
  await call(page, 'lock');
  await call(page, 'saveSealedCopy');
  await expect(call(page, 'startOver', { savedBackup: true, typed: 'another' })).rejects.toThrow('invalid');
  expect((await call(page, 'status')).state).toBe('locked');
  await call(page, 'startOver', { savedBackup: true, typed: 'Test vault' });
  expect((await call(page, 'status')).state).toBe('absent');
  for (const store of ['vault', 'shards', 'items', 'drafts']) expect(await rowsOf(page, store)).toEqual({});
});

for (const by of ['password', 'recovery'] as const) {
  test(`becomes the vault of a browser without one, opened by ${by}`, async ({ sesame }) => {
    const { page, file, recoveryCode } = await saved(sesame);
    await startOver(page);
    const info = await call(page, 'readBackup', { file });
    const slotId = info.passwordSlots[0]?.slotId ?? '';
    const opener = by === 'password' ? ({ by, slotId, stretched: KEY } as const) : ({ by, code: recoveryCode } as const);
    const report = await call(page, 'openBackup', { handle: info.handle, opener, mode: 'adopt' });
    expect(report.added).toBe(2);
    expect(await names(page)).toEqual(['one', 'two']);
    // S-167: a code that was used has a successor, here; the file goes on opening with what it opened with.
    expect(report.newRecoveryCode === null).toBe(by === 'password');
    await sesame.killWorker();
    const rows = (await call(page, 'list', ALL)).rows;
    for (const { id, name } of rows) expect((await call(page, 'edit', { id })).password).toBe(`secret of ${name}`);
    await call(page, 'save', login('three'));
    await call(page, 'lock');
    if (report.newRecoveryCode !== null) {
      await expect(call(page, 'unlock', { by: 'recovery', code: recoveryCode })).rejects.toThrow('wrong-secret');
      await call(page, 'unlock', { by: 'recovery', code: report.newRecoveryCode });
      await call(page, 'lock');
    }
    await unlock(page);
    expect(await names(page)).toEqual(['one', 'three', 'two']);
  });
}

test('is not taken over a vault that is here, and a wrong secret opens nothing', async ({ sesame }) => {
  const { page, file } = await saved(sesame);
  const info = await call(page, 'readBackup', { file });
  const slotId = info.passwordSlots[0]?.slotId ?? '';
  const right = { by: 'password', slotId, stretched: KEY } as const;
  await expect(call(page, 'openBackup', { handle: info.handle, opener: right, mode: 'adopt' })).rejects.toThrow('exists');
  const wrong = { ...right, stretched: Buffer.alloc(32, 8).toString('base64url') };
  await expect(call(page, 'openBackup', { handle: info.handle, opener: wrong, mode: 'merge' })).rejects.toThrow('wrong-secret');
  expect(await names(page)).toEqual(['one', 'two']);
});

test('merges into an open vault without doubling anything', async ({ sesame }) => {
  const { page, file } = await saved(sesame);
  const rows = (await call(page, 'list', ALL)).rows;
  await call(page, 'deleteForever', { id: rows.find(({ name }) => name === 'one')?.id ?? '' });
  await call(page, 'save', login('three'));
  const info = await call(page, 'readBackup', { file });
  const opener = { by: 'password', slotId: info.passwordSlots[0]?.slotId ?? '', stretched: KEY } as const;
  await call(page, 'openBackup', { handle: info.handle, opener, mode: 'merge' });
  expect(await names(page)).toEqual(['one', 'three', 'two']);
  await expect(call(page, 'openBackup', { handle: info.handle, opener, mode: 'merge' })).rejects.toThrow('not-found');
});

test('a damaged file is refused or opens as far as it holds, never with an error of ours', async ({ sesame }) => {
  const { page, file } = await saved(sesame);
  const bytes = Buffer.from(file, 'base64url');
  const broken = [
    Buffer.from('PK not a backup'),
    bytes.subarray(0, 200),
    Buffer.concat([bytes.subarray(0, 10), Buffer.alloc(200)]),
    Buffer.alloc(0),
  ];
  for (const content of broken) {
    const error = await call(page, 'readBackup', { file: content.toString('base64url') }).then(
      () => 'opened',
      (failure: Error) => failure.message,
    );
    expect(error).not.toContain('internal');
  }
  expect(await names(page)).toEqual(['one', 'two']);
});

test('S-38, S-117: a readable export takes a fresh factor and the typed word', async ({ sesame }) => {
  const { page } = await saved(sesame);
  const { locked } = await call(page, 'status');
  const proof = { by: 'password', slotId: locked?.passwordSlots[0]?.slotId ?? '', stretched: KEY } as const;
  await expect(call(page, 'exportReadable', { format: 'json', proof, typed: 'yes' })).rejects.toThrow('invalid');
  const wrong = { ...proof, stretched: Buffer.alloc(32, 8).toString('base64url') };
  await expect(call(page, 'exportReadable', { format: 'json', proof: wrong, typed: 'export' })).rejects.toThrow('wrong-secret');
  const { text } = await call(page, 'exportReadable', { format: 'csv', proof, typed: ' Export ' });
  expect(text).toContain('secret of one');
});
