/** The old state or the new one, never a mix: whatever is stopped, closed, full or damaged. */
import type { Page } from '@playwright/test';
import { dress, expect, launch, type Sesame, test } from './fixtures.ts';
import { ALL, call, changedDist, login, makeVault, rowsOf, spoil, stopBusyWorker, unlock } from './support/calls.ts';

/** Every listed item opens, every row is listed, and every name that was acknowledged is there. */
async function expectWhole(page: Page, acknowledged: string[]): Promise<string[]> {
  const { rows } = await call(page, 'list', ALL);
  const stored = Object.keys(await rowsOf(page, 'items'));
  for (const { id, name } of rows) {
    const edit = await call(page, 'edit', { id });
    expect(edit.password).toBe(`secret of ${name}`);
    expect(stored).toContain(id);
  }
  // A row that nothing lists is half a change. One more than the items is there: the settings.
  expect(stored).toHaveLength(rows.length + 1);
  const names = rows.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(names).size).toBe(names.length);
  return names;
}

/** Starts saves one after another in the page and counts which were answered. */
async function saveMany(page: Page, names: string[]): Promise<void> {
  await page.evaluate(
    async (items) => {
      const acknowledged: string[] = [];
      Object.assign(globalThis, { acknowledged });
      for (const item of items) {
        const answer = await chrome.runtime.sendMessage({ to: 'background', call: 'save', input: item }).catch(() => null);
        if (answer && 'ok' in answer) acknowledged.push(item.name);
      }
    },
    names.map((name) => login(name)),
  );
}

const acknowledged = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { acknowledged: string[] }).acknowledged);

async function newVault(sesame: Sesame): Promise<Page> {
  const page = await sesame.openPopup();
  await makeVault(page);
  return page;
}

test('S-179: the service worker is stopped between and during writes', async ({ sesame }) => {
  test.slow();
  const page = await newVault(sesame);
  const all: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const names = Array.from({ length: 12 }, (_, at) => `item ${round}-${at}`);
    const saving = saveMany(page, names);
    await page.waitForTimeout(20 + round * 23);
    await stopBusyWorker(sesame);
    await saving;
    all.push(...(await acknowledged(page)));
    await expectWhole(page, all);
  }
  expect(all.length).toBeGreaterThan(0);
});

test('S-179: one large change is there as a whole or not at all', async ({ sesame }) => {
  test.slow();
  const page = await newVault(sesame);
  const outcomes = new Set<number>();
  for (const wait of [1, 15, 40, 80, 160, 320, 640]) {
    const before = (await call(page, 'list', ALL)).total;
    const items = Array.from({ length: 400 }, (_, at) => login(`bulk ${wait}-${at}`));
    const done = page.evaluate((input) => chrome.runtime.sendMessage({ to: 'background', call: 'importItems', input }).catch(() => null), {
      items,
    });
    await page.waitForTimeout(wait);
    await stopBusyWorker(sesame);
    const answer = await done;
    const after = (await call(page, 'list', ALL)).total;
    expect([before, before + 400]).toContain(after);
    if (answer && 'ok' in answer) expect(after).toBe(before + 400);
    expect(Object.keys(await rowsOf(page, 'items'))).toHaveLength(after + 1);
    outcomes.add(after - before);
  }
  // The test means something only if it has seen a change that did not happen.
  expect(outcomes).toContain(0);
});

test('the page that asked is closed before the answer', async ({ sesame }) => {
  const keeper = await newVault(sesame);
  const page = await sesame.openPopup();
  await page.evaluate(
    (items) => {
      for (const input of items) void chrome.runtime.sendMessage({ to: 'background', call: 'save', input });
    },
    Array.from({ length: 20 }, (_, at) => login(`closing ${at}`)),
  );
  await page.close();
  await expect.poll(async () => (await call(keeper, 'list', ALL)).total).toBe(20);
  await sesame.killWorker();
  expect((await expectWhole(keeper, [])).length).toBe(20);
});

test('S-180: a full disk is reported and loses nothing', async ({}, info) => {
  test.slow();
  // The permission unlimitedStorage keeps the browser from evicting the vault; it also switches off the
  // quota that this test needs to stand in for a full disk.
  const dist = await changedDist(info, (manifest) => {
    manifest.permissions = manifest.permissions.filter((name) => name !== 'unlimitedStorage');
  });
  // A new start each time: the browser remembers for half a minute how much room there was.
  const start = async (): Promise<Sesame> =>
    dress(await launch({ profile: info.outputPath('profile'), args: [`--load-extension=${dist}`] }));

  const roomy = await start();
  await call(await newVault(roomy), 'save', login('kept'));
  await roomy.close();

  const full = await start();
  const page = await full.openPopup();
  const session = await full.context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: full.url('').slice(0, -1), quotaSize: 1 });
  // Nobody is kept out because there is no room to note when.
  await unlock(page);
  await expect(call(page, 'save', login('too much', { notes: 'x'.repeat(20_000) }))).rejects.toThrow('quota');
  expect(await expectWhole(page, ['kept'])).toEqual(['kept']);
  await full.killWorker();
  expect(await expectWhole(page, ['kept'])).toEqual(['kept']);
  await full.close();

  const again = await start();
  const after = await again.openPopup();
  await unlock(after);
  await call(after, 'save', login('after'));
  expect(await expectWhole(after, ['kept', 'after'])).toHaveLength(2);
  await again.close();
});

test('damaged rows are named and the rest opens', async ({ sesame }) => {
  const page = await newVault(sesame);
  const ids: string[] = [];
  for (const name of ['whole', 'flipped', 'cut', 'gone']) ids.push((await call(page, 'save', login(name))).id);
  const [whole, flipped, cut, gone] = ids as [string, string, string, string];
  const rows = await rowsOf(page, 'items');
  const flip = (hex: string): string => hex.slice(0, -2) + (Number.parseInt(hex.slice(-2), 16) ^ 1).toString(16).padStart(2, '0');
  await spoil(page, 'items', flipped, flip(rows[flipped] ?? ''));
  await spoil(page, 'items', cut, (rows[cut] ?? '').slice(0, 60));
  await spoil(page, 'items', gone, null);
  await call(page, 'lock');
  await unlock(page);
  expect((await call(page, 'edit', { id: whole })).password).toBe('secret of whole');
  for (const id of [flipped, cut, gone]) await expect(call(page, 'edit', { id })).rejects.toThrow('damaged');
  await expect
    .poll(async () => (await call(page, 'status')).open?.damage.map(({ itemId }) => itemId).sort())
    .toEqual([flipped, cut, gone].sort());
  const named = (await call(page, 'status')).open?.damage.map(({ title }) => title);
  expect(named?.sort()).toEqual(['cut', 'flipped', 'gone']);
});

test('damaged index shards are built anew from the rows', async ({ sesame }) => {
  const page = await newVault(sesame);
  await call(page, 'importItems', { items: Array.from({ length: 100 }, (_, at) => login(`item ${at}`)) });
  const shards = Object.entries(await rowsOf(page, 'shards')).filter(([, value]) => value.length > 0);
  await spoil(page, 'shards', shards[0]?.[0] ?? '', `00${shards[0]?.[1].slice(2)}`);
  await spoil(page, 'shards', shards[1]?.[0] ?? '', null);
  await call(page, 'lock');
  await unlock(page);
  expect((await call(page, 'status')).open?.damage.map(({ part }) => part)).toContain('index');
  const { left } = await call(page, 'repair');
  expect(left).toEqual([]);
  expect(await expectWhole(page, [])).toHaveLength(100);
});
