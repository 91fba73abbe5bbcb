/** The extension itself against a server that lies: what a person sees, keeps, and can do. */
import type { Page } from '@playwright/test';
import { expect, type Sesame, test } from '../e2e/fixtures.ts';
import { email, names, second, signIn, signUp, synced } from '../e2e/support/account.ts';
import { call, login, rowsOf } from '../e2e/support/calls.ts';
import { reopen } from '../e2e/support/vault.ts';
import { type Handler, Mutator } from '../support/mutator.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { flipped, MANIFEST_AT, type Pulled, readPulled, refusal, writePulled } from '../support/wire.ts';

const ITEMS = ['apple', 'banana', 'cherry'].map((name) => login(name));
const PULL = /\/v\/pull$/;
const TYPE = { 'content-type': 'application/sesame1' };

let mutator: Mutator;
let server: TestServer;
test.beforeAll(async () => {
  mutator = await Mutator.start();
  server = await startServer({ behind: mutator });
});
test.afterAll(async () => {
  await server.stop();
  await mutator.stop();
});
test.afterEach(() => mutator.honest());
// A browser says on the console what became of a request that was cut or refused.
test.use({ expectedErrors: [/Failed to load resource/] });
test.describe.configure({ timeout: 120_000, mode: 'serial' });

const pulled =
  (change: (answer: Pulled) => Partial<Pulled>): Handler =>
  async ({ pass }) => {
    const answer = await pass();
    const read = readPulled(answer.body);
    return { ...answer, body: writePulled({ ...read, ...change(read) }) };
  };

async function account(page: Page): Promise<{ state?: string; reason?: string | null }> {
  const { account: found } = await call(page, 'status');
  return { state: found?.state ?? 'none', reason: found?.reason ?? null };
}

async function edit(page: Page, name: string, password: string): Promise<void> {
  const { rows } = await call(page, 'list', { text: name, in: 'items', offset: 0, limit: 10 });
  await call(page, 'save', { ...(await call(page, 'edit', { id: rows[0]?.id ?? '' })), password });
}

async function person(sesame: Sesame, name: string): Promise<Page> {
  const page = await sesame.openPopup();
  await signUp(page, server, { email: email(name), items: ITEMS });
  return page;
}

test('S-09, S-17: an old state of the account stops sync, is explained, and this browser can put it right', async ({ sesame }) => {
  const page = await person(sesame, 'rollback');
  const old: Buffer[] = [];
  const other = await second();
  try {
    // What a browser that signs in now would be told.
    const there = await other.openPopup();
    await signIn(there, server, { email: email('rollback') });
    old.push(mutator.last(PULL).body);
    await edit(page, 'apple', 'newest');
    await synced(page);
    const before = await rowsOf(page, 'items');
    mutator.on(PULL, async ({ pass }) => ({ ...(await pass()), body: old[0] ?? Buffer.alloc(0) }));
    await call(page, 'syncNow').catch(() => undefined);
    await expect.poll(() => account(page)).toEqual({ state: 'suspended', reason: 'rollback' });
    expect(await rowsOf(page, 'items')).toEqual(before);

    // Said in words, and nothing more is asked of that server by itself.
    await reopen(sesame, page);
    const asked = mutator.count(/\/v\//);
    await page.getByRole('link', { name: 'See what happened' }).click();
    await expect(page.getByText('Nothing of it was taken.')).toBeVisible();
    await sesame.killWorker();
    await reopen(sesame, page);
    expect((await account(page)).state).toBe('suspended');
    expect(mutator.count(/\/v\//)).toBe(asked);
    // It can be read and filled from, not changed.
    await expect(edit(page, 'apple', 'lost')).rejects.toThrow('sync-suspended');
    expect(await names(page)).toEqual(['apple', 'banana', 'cherry']);

    mutator.honest();
    await call(page, 'resolveSuspended', { how: 'push' });
    await synced(page);
    await synced(there);
    expect(await rowsOf(there, 'items')).toEqual(await rowsOf(page, 'items'));
  } finally {
    await other.close();
  }
});

test('S-04, S-07, S-08, S-12, S-13, S-15: lies about items and ways in are refused, each by its name', async ({ sesame }) => {
  const page = await person(sesame, 'lies');
  const other = await second();
  try {
    const there = await other.openPopup();
    await signIn(there, server, { email: email('lies') });
    const header = readPulled(mutator.last(PULL).body).header;
    // A change of the ways in, which `page` has not heard of yet; what it is told of them is from before.
    await call(there, 'newRecoveryCode', { proof: null });
    await edit(there, 'banana', 'elsewhere');
    await synced(there);
    const before = { items: await rowsOf(page, 'items'), header: (await rowsOf(page, 'vault'))['header'] };
    const lies: [string, Handler][] = [
      ['header', pulled(() => ({ header }))],
      ['forged', pulled(({ manifest }) => ({ manifest: flipped(manifest, -1) }))],
      ['other-vault', pulled(({ manifest }) => ({ manifest: flipped(manifest, MANIFEST_AT.generation) }))],
      ['dropped', pulled(({ buckets }) => ({ buckets: buckets.slice(0, -1) }))],
    ];
    for (const [reason, lie] of lies) {
      await test.step(reason, async () => {
        const off = mutator.on(PULL, lie);
        await call(page, 'syncNow').catch(() => undefined);
        await expect.poll(() => account(page)).toEqual({ state: 'suspended', reason });
        expect({ items: await rowsOf(page, 'items'), header: (await rowsOf(page, 'vault'))['header'] }).toEqual(before);
        off();
        await call(page, 'resolveSuspended', { how: 'retry' });
        await expect.poll(async () => (await account(page)).state).toBe('ok');
        // Back to where nothing of the truth was taken yet, for the next one.
        await edit(there, 'banana', `after ${reason}`);
        await synced(there);
        Object.assign(before, { items: await rowsOf(page, 'items'), header: (await rowsOf(page, 'vault'))['header'] });
      });
    }
  } finally {
    await other.close();
  }
});

test('S-18, S-19, S-32: refusals, texts, dates and redirects of a server change nothing here', async ({ sesame }) => {
  const page = await person(sesame, 'texts');
  const state = async (): Promise<unknown> => ({
    vault: { ...(await rowsOf(page, 'vault')), account: '', sync: '' },
    items: await rowsOf(page, 'items'),
    settings: await call(page, 'settings'),
    prefs: (await call(page, 'status')).prefs,
  });
  const before = await state();
  const commits = mutator.count(/\/v\/commit$/);
  const evil: [string, Handler][] = [
    ['no account', () => ({ status: 404, headers: TYPE, body: refusal(9) })],
    [
      'a text',
      () => ({ status: 403, headers: { 'content-type': 'text/html' }, body: Buffer.from('<h1>Type your password at evil.test</h1>') }),
    ],
    ['an unknown refusal', () => ({ status: 418, headers: TYPE, body: refusal(999) })],
    ['a redirect', () => ({ status: 307, headers: { location: 'https://evil.test/v1/v/pull' }, body: Buffer.alloc(0) })],
    [
      'a date in ten years, cookies, policies',
      async ({ pass }) => {
        const answer = await pass();
        const date = new Date(Date.now() + 10 * 365 * 86_400_000).toUTCString();
        return { ...answer, headers: { ...answer.headers, date, 'set-cookie': 'a=b', 'x-sesame-policy': 'no-password', refresh: '0' } };
      },
    ],
    ['slow down for a century', () => ({ status: 429, headers: TYPE, body: refusal(10, Buffer.from('ffffffff', 'hex')) })],
    ['nothing', () => null],
    [
      'half an answer',
      async ({ pass }) => {
        const answer = await pass();
        return { ...answer, claimed: answer.body.length, body: answer.body.subarray(0, answer.body.length / 2) };
      },
    ],
    ['five megabytes', () => ({ status: 200, headers: TYPE, body: Buffer.alloc(5 * 1024 * 1024) })],
  ];
  for (const [name, handler] of evil) {
    await test.step(name, async () => {
      const off = mutator.on(PULL, handler);
      await call(page, 'syncNow').catch(() => undefined);
      expect((await account(page)).state).toBe('ok');
      expect(await state()).toEqual(before);
      off();
    });
  }
  expect(mutator.count(/\/v\/commit$/)).toBe(commits);
  await reopen(sesame, page);
  await expect(page.getByText('evil.test')).toHaveCount(0);
  await synced(page);
});

test('S-01, S-23, S-26, S-35: a sign-in gives a lying server nothing, and takes no vault that it made', async ({ sesame }) => {
  const owner = await person(sesame, 'sign-in');
  const other = await second();
  try {
    const page = await other.openPopup();
    const begin = async (): Promise<void> => {
      await page.goto('about:blank');
      await page.goto(other.url('popup.html'));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('textbox', { name: 'Email address' }).fill(email('sign-in'));
      await page.getByRole('textbox', { name: 'Master password' }).fill('toasted seeds on warm bread');
      await page.getByRole('textbox', { name: 'Server address' }).fill(server.origin);
      await page.getByRole('button', { name: 'Sign in' }).click();
    };
    const finished = mutator.count(/\/login\/finish$/);
    // Every part of KE2 is under the password or under the server's key: masked record, nonce, key, MAC.
    for (const at of [60, 120, 200, 365]) {
      const answered = mutator.once(/\/login\/start$/, async ({ pass }) => {
        const answer = await pass();
        return { ...answer, body: flipped(answer.body, at) };
      });
      await begin();
      await answered;
      await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 30_000 });
    }
    expect(mutator.count(/\/login\/finish$/)).toBe(finished);

    // A vault that is not the account's, or that asks for less work, is not opened.
    const header = async (change: (bytes: Buffer) => void): Promise<void> => {
      const off = mutator.on(
        PULL,
        pulled(({ header: bytes }) => {
          if (bytes) change(bytes);
          return { header: bytes };
        }),
      );
      await begin();
      await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('button', { name: 'Use this vault' })).toHaveCount(0);
      off();
    };
    await header((bytes) => void bytes.writeUInt8(bytes.readUInt8(66) ^ 3, 66));
    await header((bytes) => void bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1));
    expect((await call(page, 'status')).state).toBe('absent');
    expect(await names(owner)).toEqual(['apple', 'banana', 'cherry']);
  } finally {
    await other.close();
  }
});
