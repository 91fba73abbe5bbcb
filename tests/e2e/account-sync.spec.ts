/** Two browsers of one person, the real server, real mail: apart and together again, and nothing is lost. */
import type { Page } from '@playwright/test';
import type { ItemEdit } from '../../extension/shared/api.ts';
import { expect, test } from './fixtures.ts';
import { email, names, second, signIn, signUp, synced } from './support/account.ts';
import { call, login } from './support/calls.ts';

// A server that is not there is said on the console, too.
test.use({ expectedErrors: [/Failed to load resource/] });
test.describe.configure({ timeout: 120_000, mode: 'serial' });

async function idOf(page: Page, name: string): Promise<string> {
  const { rows } = await call(page, 'list', { text: '', in: 'items', offset: 0, limit: 1000 });
  return rows.find((row) => row.name === name)?.id ?? '';
}

async function edit(page: Page, name: string, change: Partial<ItemEdit>): Promise<void> {
  await call(page, 'save', { ...(await call(page, 'edit', { id: await idOf(page, name) })), ...change });
}

async function everything(page: Page): Promise<ItemEdit[]> {
  const { rows } = await call(page, 'list', { text: '', in: 'items', offset: 0, limit: 1000 });
  const edits = await Promise.all(rows.map(({ id }) => call(page, 'edit', { id })));
  return edits.sort((a, b) => a.id.localeCompare(b.id));
}

test('S-33: two browsers edit while the server is away, and agree afterwards with nothing lost', async ({ sesame, server }) => {
  const to = email('apart');
  const here = await sesame.openPopup();
  await signUp(here, server, { email: to, items: ['apple', 'banana', 'cherry', 'damson'].map((name) => login(name)) });
  const other = await second();
  try {
    const there = await other.openPopup();
    await signIn(there, server, { email: to });
    expect(await everything(there)).toEqual(await everything(here));

    await server.halt();
    // The same field on both, different fields of one item, deleted here and edited there, new on both.
    await edit(here, 'apple', { password: 'from here' });
    await edit(there, 'apple', { password: 'from there' });
    await edit(here, 'banana', { username: 'new user' });
    await edit(there, 'banana', { notes: 'new notes' });
    await call(here, 'deleteForever', { id: await idOf(here, 'cherry') });
    await edit(there, 'cherry', { password: 'still wanted' });
    await call(there, 'deleteForever', { id: await idOf(there, 'damson') });
    await call(here, 'save', login('here'));
    await call(there, 'save', login('there'));
    await call(here, 'syncNow').catch(() => undefined);
    const { account } = await call(here, 'status');
    expect(account).toMatchObject({ state: 'ok', problem: 'offline' });
    expect(account?.waiting).toBeGreaterThanOrEqual(4);

    await server.restart();
    for (const page of [here, there, here, there]) await synced(page);
    expect(await everything(here)).toEqual(await everything(there));
    expect(await names(here)).toEqual(['apple', 'banana', 'cherry', 'here', 'there']);
    const items = await everything(here);
    const named = (name: string): ItemEdit | undefined => items.find((item) => item.name === name);
    expect(named('banana')).toMatchObject({ username: 'new user', notes: 'new notes' });
    expect(named('cherry')).toMatchObject({ password: 'still wanted' });
    // One password won; the other one is in the item's history.
    const [won, lost] = named('apple')?.password === 'from here' ? ['from here', 'from there'] : ['from there', 'from here'];
    expect(named('apple')?.password).toBe(won);
    const id = await idOf(here, 'apple');
    const view = await call(here, 'item', { id });
    const old = await Promise.all(view.history.map((_, at) => call(here, 'reveal', { id, secret: `history:${at}` })));
    expect(old).toContain(lost);
  } finally {
    await other.close();
  }
});
