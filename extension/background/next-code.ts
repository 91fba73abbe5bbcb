/**
 * The one-time code of the step after a sign-in: for three minutes Sesame remembers, in session memory, whose
 * password it filled, and offers that item's code first. Copied by itself only where the person wants that (S-84).
 */
import type { ItemId, ItemSummary, ItemView, SettingsView, TotpCode } from '../shared/api.ts';
import { copy } from './clipboard.ts';
import { run } from './engine.ts';
import { readRow } from './storage.ts';

const REMEMBERED_MS = 3 * 60_000;

interface Expected {
  origin: string;
  id: ItemId;
  at: number;
}

/** The item was filled on a page of `origin`. */
export async function expectCode(id: ItemId, origin: string): Promise<void> {
  const code = await run(async ({ engine }) => {
    const row = await readRow('items', id);
    if ((JSON.parse(engine.itemView(id, row)) as ItemView).totp === null) return null;
    await chrome.storage.session.set({ nextCode: { origin, id, at: Date.now() } satisfies Expected });
    const { filling } = JSON.parse(engine.settings()) as SettingsView;
    return filling.copyCode ? (JSON.parse(engine.totp(id, row)) as TotpCode).code : null;
  });
  if (code !== null) await copy(code);
}

/** The items, the one that was just used to sign in first. */
export async function nextCode(origin: string, items: ItemSummary[]): Promise<ItemSummary[]> {
  const { nextCode: expected } = (await chrome.storage.session.get('nextCode')) as { nextCode?: Expected };
  if (expected?.origin !== origin || Date.now() - expected.at > REMEMBERED_MS) return items;
  return items.toSorted((a, b) => Number(b.id === expected.id) - Number(a.id === expected.id));
}
