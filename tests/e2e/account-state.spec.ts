/** What a browser knows of its account at every moment, that its vault never depends on it, and what a server gets to see. */
import { type AddressInfo, createServer } from 'node:net';
import type { Page } from '@playwright/test';
import { Mutator } from '../support/mutator.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { expect, type Sesame, test } from './fixtures.ts';
import { email, join, names, second, signIn, signUp, synced } from './support/account.ts';
import { call, login, rowsOf, stopBusyWorker } from './support/calls.ts';
import { expectUnlocked, PASSWORD, unlockWith } from './support/flows.ts';

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
// A server that is not there, or says no, is said on the console, too.
test.use({ expectedErrors: [/Failed to load resource/] });
test.describe.configure({ timeout: 120_000, mode: 'default' });

async function person(sesame: Sesame, name: string, items: string[] = []): Promise<Page> {
  const page = await sesame.openPopup();
  await signUp(page, server, { email: email(name), items: items.map((item) => login(item)) });
  return page;
}

async function idOf(page: Page, name: string): Promise<string> {
  const { rows } = await call(page, 'list', { text: '', in: 'items', offset: 0, limit: 1000 });
  return rows.find((row) => row.name === name)?.id ?? '';
}

const account = async (page: Page) => (await call(page, 'status')).account;
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (failure: Error) => /[a-z-]+$/.exec(failure.message)?.[0] ?? failure.message,
  );

async function edit(page: Page, name: string, password: string): Promise<void> {
  const item = await call(page, 'edit', { id: await idOf(page, name) });
  await call(page, 'save', { ...item, password });
}

const refuse = (number: number, detail: number[] = []) => ({
  status: 400,
  headers: { 'content-type': 'application/sesame1' },
  body: Buffer.from([0, number, 0, 0, 0, detail.length, ...detail]),
});

test('the first change of an item keeps what the account has of it; what waits is counted, and goes by itself', async ({ sesame }) => {
  const page = await person(sesame, 'bases', ['apple', 'banana']);
  expect(await rowsOf(page, 'bases')).toEqual({});
  const before = await rowsOf(page, 'items');
  await server.halt();
  const apple = await idOf(page, 'apple');
  await edit(page, 'apple', 'one');
  await edit(page, 'apple', 'two');
  const cherry = (await call(page, 'save', login('cherry'))).id;
  expect(await rowsOf(page, 'bases')).toEqual({ [apple]: before[apple], [cherry]: '' });
  expect(await account(page)).toMatchObject({ state: 'ok', waiting: 2 });
  expect(await code(call(page, 'syncNow'))).toBe('offline');
  const away = await account(page);
  expect(away).toMatchObject({ state: 'ok', waiting: 2, problem: 'offline', syncing: false });
  expect(away?.retryAt ?? 0).toBeGreaterThan(Date.now() + 20_000);

  await server.restart();
  await synced(page);
  expect(await rowsOf(page, 'bases')).toEqual({});
  // And without a word, two seconds after a change.
  await edit(page, 'banana', 'three');
  await expect.poll(async () => (await account(page))?.waiting, { timeout: 20_000 }).toBe(0);
});

test('a browser whose database is from before accounts goes on with it', async ({ sesame }) => {
  const page = await person(sesame, 'older', ['apple']);
  await call(page, 'leaveAccount');
  await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const now = await done(indexedDB.open('sesame'));
    const stores = ['vault', 'shards', 'items', 'drafts', 'captures'];
    const rows: [string, IDBValidKey, unknown][] = [];
    for (const name of stores) {
      const store = now.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      keys.forEach((key, at) => void rows.push([name, key, values[at]]));
    }
    now.close();
    // The worker may open it anew in between, and at today's version.
    const asBefore = async (): Promise<IDBDatabase> => {
      await done(indexedDB.deleteDatabase('sesame'));
      const open = indexedDB.open('sesame', 2);
      open.onupgradeneeded = () => stores.forEach((name) => void open.result.createObjectStore(name));
      return done(open).catch((failure: DOMException) => (failure.name === 'VersionError' ? asBefore() : Promise.reject(failure)));
    };
    const before = await asBefore();
    const tx = before.transaction(stores, 'readwrite');
    for (const [name, key, value] of rows) tx.objectStore(name).put(value, key);
    await new Promise((resolve) => {
      tx.oncomplete = resolve;
    });
    before.close();
  });
  await sesame.killWorker();
  expect(await names(page)).toEqual(['apple']);
  await edit(page, 'apple', 'in the new one');
  expect(await rowsOf(page, 'bases')).toEqual({});
  expect(await rowsOf(page, 'sealed')).toEqual({});
});

test('S-11: what the account has is read again after signing up, and another vault in its place is noticed', async ({ sesame }) => {
  mutator.on(/v\/pull/, async ({ pass }) => {
    const answer = await pass();
    // The 40th byte lies in the manifest, which comes first.
    return { ...answer, body: Buffer.from(answer.body.map((byte, at) => (at === 40 ? byte ^ 1 : byte))) };
  });
  const page = await sesame.openPopup();
  await join(page, server, { email: email('swapped') }).catch(() => undefined);
  await expect.poll(async () => (await account(page))?.state).toBe('suspended');
  expect((await call(page, 'status')).state).toBe('unlocked');
  mutator.honest();
  await call(page, 'resolveSuspended', { how: 'retry' });
  await expect.poll(async () => (await account(page))?.state).toBe('ok');
  await call(page, 'save', login('after'));
  await synced(page);
});

test('"only when I ask": nothing is said to the server until somebody asks', async ({ sesame }) => {
  const page = await person(sesame, 'asked', ['apple']);
  await call(page, 'setSyncMode', { mode: 'ask' });
  const said = mutator.exchanges.length;
  await edit(page, 'apple', 'quiet');
  await call(page, 'lock');
  await unlockWith(page);
  await expectUnlocked(page);
  await page.reload();
  await expectUnlocked(page);
  expect(await account(page)).toMatchObject({ mode: 'ask', waiting: 1 });
  const alarms = () =>
    page.evaluate(async () => (await chrome.alarms.getAll()).map(({ name, periodInMinutes }) => `${name} ${periodInMinutes ?? '-'}`));
  expect(await alarms()).toContain('account-sync 5');
  await call(page, 'lock');
  await expect.poll(async () => (await alarms()).filter((name) => name.startsWith('account-'))).toEqual([]);
  await unlockWith(page);
  await expectUnlocked(page);
  expect(mutator.exchanges.slice(said).map(({ path }) => path)).toEqual([]);
  await synced(page);
});

/** Holds such a call until `release`; resolves to that once the server has it. */
function held(match: RegExp): { reached: Promise<void>; release: () => void } {
  let [reach, release] = [() => {}, () => {}];
  const reached = new Promise<void>((done) => {
    reach = done;
  });
  const open = new Promise<void>((done) => {
    release = done;
  });
  void mutator.once(match, async ({ pass }) => {
    const answer = await pass();
    reach();
    await open;
    return answer;
  });
  return { reached, release };
}

test('S-98, S-132: a lock in the middle of a commit ends it, and what was taken is found to be taken', async ({ sesame }) => {
  const page = await person(sesame, 'locked', ['apple', 'banana']);
  const { reached, release } = held(/v\/commit/);
  await edit(page, 'apple', 'sent');
  const ending = code(call(page, 'syncNow'));
  await reached;
  // Nobody waits for the server: the vault can be used, and locked, while it is silent.
  await edit(page, 'banana', 'meanwhile');
  await call(page, 'lock');
  release();
  expect(await ending).toBe('locked');
  await unlockWith(page);
  await expectUnlocked(page);
  await synced(page);
  expect(await rowsOf(page, 'bases')).toEqual({});
  const other = await second();
  try {
    const there = await other.openPopup();
    await signIn(there, server, { email: email('locked') });
    await synced(page);
    expect(await rowsOf(there, 'items')).toEqual(await rowsOf(page, 'items'));
  } finally {
    await other.close();
  }
});

test('the worker is stopped while the account has the change and this browser does not know it: nothing is lost or doubled', async ({
  sesame,
}) => {
  const page = await person(sesame, 'stopped', ['apple']);
  const { reached, release } = held(/v\/commit/);
  await edit(page, 'apple', 'sent');
  const ending = code(call(page, 'syncNow'));
  await reached;
  await stopBusyWorker(sesame);
  release();
  await ending;
  await edit(page, 'apple', 'after');
  await synced(page);
  expect(await account(page)).toMatchObject({ state: 'ok', waiting: 0 });
  expect((await call(page, 'item', { id: await idOf(page, 'apple') })).name).toBe('apple');
  expect(await names(page)).toEqual(['apple']);
});

test('S-131: signed out from elsewhere: said once, then silence; the vault stays whole and can be changed', async ({ sesame }) => {
  const page = await person(sesame, 'out', ['apple']);
  const other = await second();
  try {
    const there = await other.openPopup();
    await signIn(there, server, { email: email('out') });
    const { devices } = await call(there, 'accountInfo');
    const first = devices.find(({ current }) => !current);
    await call(there, 'removeDevice', { device: first?.id ?? '', proof: null });
    expect((await call(there, 'accountInfo')).devices).toHaveLength(1);
    expect(await code(call(page, 'syncNow'))).toBe('signed-out');
    expect(await account(page)).toMatchObject({ state: 'signed-out' });
    const said = mutator.exchanges.length;
    await edit(page, 'apple', 'still here');
    await page.reload();
    expect(await account(page)).toMatchObject({ state: 'signed-out', waiting: 1, problem: null });
    await sesame.killWorker();
    expect(await account(page)).toMatchObject({ state: 'signed-out', waiting: 1 });
    expect(mutator.exchanges.slice(said)).toEqual([]);
  } finally {
    await other.close();
  }
});

test('what the server refuses is a state, never a text, and the vault does not mind', async ({ sesame }) => {
  const page = await person(sesame, 'refused', ['apple']);
  const tried = async (path: RegExp, answer: ReturnType<typeof refuse>): Promise<string> => {
    const off = mutator.on(path, () => answer);
    await edit(page, 'apple', `${Math.random()}`);
    const ended = await code(call(page, 'syncNow'));
    off();
    return ended;
  };
  expect(await tried(/v\/pull/, refuse(10, [0, 0, 2, 0]))).toBe('slow-down');
  const slow = await account(page);
  expect(slow).toMatchObject({ state: 'ok', problem: 'slow-down', waiting: 1 });
  expect(slow?.retryAt ?? 0).toBeGreaterThan(Date.now() + 400_000);
  expect(await tried(/v\/commit/, refuse(11))).toBe('over-quota');
  expect(await account(page)).toMatchObject({ state: 'ok', problem: 'over-quota', waiting: 1 });
  expect(await tried(/v\/pull/, refuse(14))).toBe('server-error');
  expect(await tried(/v\/pull/, { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('<h1>Pay here</h1>') })).toBe(
    'not-a-server',
  );
  expect(await tried(/v\/pull/, refuse(13, [0, 0, 1, 0x9c, 0, 0, 0, 0]))).toBe('account-deleted');
  expect((await account(page))?.deleteAt).toBe(0x19c_0000_0000);
  await synced(page);
  expect(await names(page)).toEqual(['apple']);
});

test('leaving keeps the vault, forgets the account, and nothing is said any more', async ({ sesame }) => {
  const page = await person(sesame, 'left', ['apple']);
  await server.halt();
  await edit(page, 'apple', 'waits');
  await call(page, 'leaveAccount');
  await server.restart();
  expect(await account(page)).toBeNull();
  expect(await rowsOf(page, 'bases')).toEqual({});
  expect(Object.keys(await rowsOf(page, 'vault')).filter((key) => key === 'sync' || key === 'account')).toEqual([]);
  const said = mutator.exchanges.length;
  await edit(page, 'apple', 'own');
  await page.reload();
  await call(page, 'lock');
  await unlockWith(page);
  await expectUnlocked(page);
  expect(await names(page)).toEqual(['apple']);
  expect(await rowsOf(page, 'bases')).toEqual({});
  expect(mutator.exchanges.slice(said)).toEqual([]);
});

test('a vault that left its account is led back to it where a second one is asked for', async ({ sesame }) => {
  const page = await person(sesame, 'twice');
  await call(page, 'leaveAccount');
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Add a Sesame account' }).click();
  await page.getByRole('textbox', { name: 'Email address' }).fill(email('twice-more'));
  await page.getByRole('textbox', { name: 'Server address' }).fill(server.origin);
  await page.getByRole('button', { name: 'Send code' }).click();
  await page.getByRole('textbox', { name: 'Code from the e-mail' }).fill(await server.codeFor(email('twice-more')));
  await page.getByRole('textbox', { name: 'Master password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('This vault already has an account at this server')).toBeVisible({ timeout: 30_000 });
  expect(await account(page)).toBeNull();
});

test('S-06, S-20, S-21: only the configured server is spoken to, and nothing readable of the vault gets there', async () => {
  const elsewhere: string[] = [];
  const net = createServer((socket) => {
    // Heard, and hung up on: nobody has to wait for an answer.
    socket.once('data', (data) => {
      elsewhere.push(data.toString('latin1'));
      socket.destroy();
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => net.listen(0, '127.0.0.1', done));
  const { port } = net.address() as AddressInfo;
  // Whatever name is looked up leads here, so that a request to anybody else is seen, the worker's too.
  const sesame = await second({ args: [`--host-resolver-rules=MAP * 127.0.0.1:${port}, EXCLUDE localhost, EXCLUDE 127.0.0.1`] });
  try {
    const page = await sesame.openPopup();
    const said = mutator.exchanges.length;
    const canaries = Array.from({ length: 8 }, (_, at) => `canary${at}x${at * 7}`);
    await signUp(page, server, { email: email('network'), items: canaries.map((name) => login(name)) });
    await call(
      page,
      'save',
      login('canary-late', { notes: 'canary0x0 in a note', custom: [{ name: 'canary-field', kind: 'text', value: 'canary-value' }] }),
    );
    await call(page, 'saveSettings', { lockAfter: 5, vaultName: 'canary-vault' });
    await synced(page);
    await call(page, 'audit');
    const exchanges = mutator.exchanges.slice(said);
    expect(exchanges.length).toBeGreaterThan(6);
    for (const { path, request } of exchanges) {
      expect(path).toMatch(/^\/v1\/[a-z/]+$/);
      for (const form of [request.toString('latin1'), Buffer.from(request.toString('latin1'), 'base64').toString('latin1')])
        expect(form, path).not.toMatch(/canary|secret of|toasted/);
    }
    // The e-mail address and the hint are what a server has to know, and no more than these.
    expect(exchanges.some(({ request }) => request.includes(email('network')))).toBe(true);
    // Chromium asks its maker things of its own, whatever it is told.
    const hosts = (): string[] =>
      elsewhere.flatMap((hello) => hello.match(/[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|net|org|io|example|test)\b/g) ?? []);
    const others = (): string[] => hosts().filter((host) => !/(^|\.)(google|googleapis|gvt1|gstatic)\.com$/.test(host));
    expect(others()).toEqual([]);
    // The recorder does hear what it should.
    await page.evaluate(() => fetch('https://recorded.example/').catch(() => undefined));
    expect(others()).toContain('recorded.example');
  } finally {
    await sesame.close();
    await new Promise((done) => net.close(done));
  }
});

test('another browser changes an item while a new one fetches the vault: fetched anew, nobody has to type again', async ({ sesame }) => {
  const page = await person(sesame, 'busy', ['apple', 'banana']);
  const changed = mutator.once(/v\/rows/, async ({ pass }) => {
    await edit(page, 'apple', 'while it was fetched');
    await synced(page);
    return pass();
  });
  const other = await second();
  try {
    const there = await other.openPopup();
    await signIn(there, server, { email: email('busy') });
    await changed;
    expect((await call(there, 'edit', { id: await idOf(there, 'apple') })).password).toBe('while it was fetched');
  } finally {
    await other.close();
  }
});

test('S-98: a lock ends a sign-in that has begun; a copy that is kept has nothing of the account', async ({ sesame }) => {
  const page = await person(sesame, 'half', ['apple']);
  const devices = async (): Promise<number> => (await call(page, 'accountInfo')).devices.length;
  const other = await second();
  try {
    const there = await other.openPopup();
    const upTo = async (): Promise<void> => {
      await there.getByRole('button', { name: 'Sign in' }).click();
      await there.getByRole('textbox', { name: 'Email address' }).fill(email('half'));
      await there.getByRole('textbox', { name: 'Master password' }).fill(PASSWORD);
      await there.getByRole('textbox', { name: 'Server address' }).fill(server.origin);
      await there.getByRole('button', { name: 'Sign in' }).click();
      await expect(there.getByRole('button', { name: 'Use this vault' })).toBeEnabled({ timeout: 30_000 });
    };
    await upTo();
    expect(await devices()).toBe(2);
    await call(there, 'lock');
    await expect.poll(devices, { timeout: 15_000 }).toBe(1);

    await there.reload();
    await upTo();
    // As if another vault had been an account's here before.
    await there.evaluate(() =>
      chrome.storage.local.set({ otherBrowsers: { gen: '', at: 0, browsers: [{ name: 'Laptop', lastUsedAt: 0 }] } }),
    );
    await there.getByRole('radio', { name: 'Keep a copy on this browser only' }).check();
    await there.getByRole('button', { name: 'Use this vault' }).click();
    await expectUnlocked(there);
    expect(await names(there)).toEqual(['apple']);
    expect(await account(there)).toBeNull();
    const kept = await there.evaluate(async () =>
      [await chrome.storage.local.get(), await chrome.storage.session.get()].flatMap(Object.keys),
    );
    expect(kept.filter((key) => key.startsWith('account') || key === 'otherBrowsers')).toEqual([]);
    await expect.poll(devices, { timeout: 15_000 }).toBe(1);
  } finally {
    await other.close();
  }
});
