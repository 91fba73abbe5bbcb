/** How an unlocked session lives and ends, and that nothing secret outlives it. */
import type { Page } from '@playwright/test';
import { dress, expect, launch, type Sesame, test } from './fixtures.ts';
import { ALL, call, changedDist, KEY, login, makeVault, rowsOf, unlock } from './support/calls.ts';

const CANARY = 'canary-7Qp2';

async function openVault(sesame: Sesame): Promise<Page> {
  const page = await sesame.openPopup();
  await makeVault(page);
  await call(page, 'save', login(CANARY, { username: `${CANARY}-user`, notes: `${CANARY}-notes` }));
  return page;
}

const stateOf = async (page: Page): Promise<string> => (await call(page, 'status')).state;

test('the session survives the service worker', async ({ sesame }) => {
  const page = await openVault(sesame);
  await sesame.killWorker();
  expect(await stateOf(page)).toBe('unlocked');
  await sesame.killWorker();
  expect((await call(page, 'list', ALL)).rows[0]?.name).toBe(CANARY);
});

test.describe('S-102: what locks', () => {
  test('Lock now, and every page hears of it', async ({ sesame }) => {
    const page = await openVault(sesame);
    const heard = page.evaluate(
      () => new Promise((done) => chrome.runtime.onMessage.addListener((message) => void (message.event === 'locked' && done(true)))),
    );
    await call(page, 'lock');
    expect(await heard).toBe(true);
    expect(await stateOf(page)).toBe('locked');
    await expect(call(page, 'list', ALL)).rejects.toThrow('locked');
  });

  for (const state of ['locked', 'idle'] as const) {
    test(`the system says ${state}`, async ({ sesame }) => {
      const page = await openVault(sesame);
      await (await sesame.worker()).evaluate((to) => {
        (chrome.idle.onStateChanged as unknown as { dispatch(state: string): void }).dispatch(to);
      }, state);
      await expect.poll(() => stateOf(page)).toBe('locked');
    });
  }

  test('with "at browser close" only the system lock counts', async ({ sesame }) => {
    const page = await openVault(sesame);
    await call(page, 'saveSettings', { lockAfter: 0, vaultName: 'Test vault' });
    const dispatch = async (to: string): Promise<void> =>
      (await sesame.worker()).evaluate((state) => {
        (chrome.idle.onStateChanged as unknown as { dispatch(state: string): void }).dispatch(state);
      }, to);
    await dispatch('idle');
    await page.waitForTimeout(300);
    expect(await stateOf(page)).toBe('unlocked');
    await dispatch('locked');
    await expect.poll(() => stateOf(page)).toBe('locked');
  });

  test('the alarm at the deadline, also in a new service worker', async ({ sesame }) => {
    const page = await openVault(sesame);
    await sesame.killWorker();
    expect(await stateOf(page)).toBe('unlocked');
    await (await sesame.worker()).evaluate(async () => {
      const { session } = await chrome.storage.session.get<{ session: { deadline: number } }>('session');
      const alarm = { name: 'lock', scheduledTime: session.deadline };
      (chrome.alarms.onAlarm as unknown as { dispatch(alarm: object): void }).dispatch(alarm);
    });
    await expect.poll(() => stateOf(page)).toBe('locked');
  });

  test('S-101: a deadline that passed while no worker ran, a missing one, and a clock set back', async ({ sesame }) => {
    const page = await openVault(sesame);
    const tampered: object[] = [{ deadline: 1 }, { deadline: null }, { ceiling: 1 }, { seen: Date.now() + 3_600_000 }];
    for (const change of tampered) {
      await (await sesame.worker()).evaluate(async (part) => {
        const { session } = await chrome.storage.session.get<{ session: object }>('session');
        await chrome.storage.session.set({ session: { ...session, ...part } });
      }, change);
      await sesame.killWorker();
      expect(await stateOf(page)).toBe('locked');
      expect(await (await sesame.worker()).evaluate(() => chrome.storage.session.get(null))).toEqual({});
      await unlock(page);
    }
  });

  test('S-114: an update, which leaves the vault whole', async ({}, info) => {
    const profile = info.outputPath('profile');
    const first = dress(await launch({ profile }));
    await openVault(first);
    await first.close();
    const newer = await changedDist(info, (manifest) => Object.assign(manifest, { version: '99.0.0' }));
    const second = dress(await launch({ profile, args: [`--load-extension=${newer}`] }));
    const page = await second.openPopup();
    expect(await page.evaluate(() => chrome.runtime.getManifest().version)).toBe('99.0.0');
    expect(await stateOf(page)).toBe('locked');
    await unlock(page);
    expect((await call(page, 'list', ALL)).rows[0]?.name).toBe(CANARY);
    await second.close();
  });

  test('S-114: the event of an update, should the session have survived it', async ({ sesame }) => {
    const page = await openVault(sesame);
    await sesame.killWorker();
    expect(await stateOf(page)).toBe('unlocked');
    await (await sesame.worker()).evaluate(() => {
      const event = chrome.runtime.onInstalled as unknown as { dispatch(details: object): void };
      event.dispatch({ reason: 'update', previousVersion: '0.0.1' });
    });
    await expect.poll(() => stateOf(page)).toBe('locked');
  });

  test('a new start of the browser, with the vault whole', async ({}, info) => {
    const profile = info.outputPath('profile');
    const first = dress(await launch({ profile }));
    await openVault(first);
    await first.close();
    const second = dress(await launch({ profile }));
    const page = await second.openPopup();
    expect(await stateOf(page)).toBe('locked');
    await unlock(page);
    expect((await call(page, 'list', ALL)).rows[0]?.name).toBe(CANARY);
    await second.close();
  });
});

test('S-98: after locking nothing secret is left in storage', async ({ sesame }) => {
  const page = await openVault(sesame);
  await call(page, 'saveDraft', { form: 'editor:new', value: JSON.stringify({ name: `${CANARY}-draft` }) });
  await call(page, 'setIntent', { kind: 'view', route: `${CANARY}-route` });
  const before = await (await sesame.worker()).evaluate(() => chrome.storage.session.get(null));
  expect(before).toHaveProperty('session');
  await call(page, 'lock');
  const worker = await sesame.worker();
  expect(await worker.evaluate(() => chrome.storage.session.get(null))).toEqual({});
  const kept = JSON.stringify(await worker.evaluate(() => Promise.all([chrome.storage.local.get(null), chrome.storage.sync.get(null)])));
  const rows = await Promise.all(['vault', 'shards', 'items', 'drafts'].map((store) => rowsOf(page, store)));
  expect(Object.keys(rows[3] ?? {})).toEqual(['editor:new']);
  const disk = kept + JSON.stringify(rows);
  const secret = (before as { session: { secret: string } }).session.secret;
  for (const text of [CANARY, `secret of ${CANARY}`, secret, KEY]) {
    expect(disk).not.toContain(text);
    expect(disk).not.toContain(Buffer.from(text).toString('hex'));
  }
  for (const key of [secret, KEY]) expect(disk).not.toContain(Buffer.from(key, 'base64url').toString('hex'));
});

test('S-116: lock while calls are under way leaves a locked vault', async ({ sesame }) => {
  const page = await openVault(sesame);
  await page.evaluate(
    async ([edit, query]) => {
      const ask = (call: string, input: unknown) => chrome.runtime.sendMessage({ to: 'background', call, input });
      const saves = Array.from({ length: 10 }, () => ask('save', edit));
      await Promise.all([...saves.slice(0, 5), ask('lock', null), ...saves.slice(5), ask('list', query)]);
    },
    [login('racing'), ALL] as const,
  );
  expect(await stateOf(page)).toBe('locked');
  expect(await (await sesame.worker()).evaluate(() => chrome.storage.session.get(null))).toEqual({});
  await unlock(page);
  for (const { id } of (await call(page, 'list', ALL)).rows) await call(page, 'edit', { id });
});

test('a passphrase can be suggested before there is a vault, and while it is locked', async ({ sesame }) => {
  const page = await sesame.openPopup();
  const words = { mode: 'passphrase', words: 5, separator: '-', capitalise: false, digit: false } as const;
  expect((await call(page, 'generate', words)).value).toMatch(/^[a-z-]+$/);
  await makeVault(page);
  await call(page, 'lock');
  expect((await call(page, 'generate', words)).entropyBits).toBeGreaterThan(60);
});
