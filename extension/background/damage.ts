/**
 * Rows are read only when an item is opened, so a damaged one would be noticed when it is needed.
 * After each unlock all rows are looked through once; what is found is named at the next `status`.
 */
import type { Damage, ItemId } from '../shared/api.ts';
import { run } from './engine.ts';
import { tell } from './pages.ts';
import { readAll, readRow } from './storage.ts';

/** The first screen comes first. */
const CHECK_AFTER_MS = 2_000;

export function checkRowsSoon(): void {
  setTimeout(() => void checkRows().catch(() => undefined), CHECK_AFTER_MS);
}

async function checkRows(): Promise<void> {
  // Read outside of the queue: with 10,000 rows this takes longer than anybody should wait for a list.
  const rows = await readAll('items');
  const found = await run(async ({ engine, state }) => {
    if (state !== 'unlocked') return [];
    const suspects = JSON.parse(engine.verifyRows(rows)) as Damage[];
    const damaged: Damage[] = [];
    for (const suspect of suspects) if (await isDamaged(engine, suspect)) damaged.push(suspect);
    await chrome.storage.session.set({ rowDamage: damaged });
    return damaged;
  });
  if (found.length > 0) tell('changed');
}

/** A row that was changed between reading and checking looks wrong once, not twice. */
async function isDamaged(engine: { itemView(id: string, row: Uint8Array): string }, { itemId }: Damage): Promise<boolean> {
  if (itemId === undefined) return true;
  try {
    engine.itemView(itemId, await readRow('items', itemId));
    return false;
  } catch {
    return true;
  }
}

export async function knownDamage(): Promise<Damage[]> {
  return ((await chrome.storage.session.get('rowDamage'))['rowDamage'] as Damage[] | undefined) ?? [];
}

/** The item was written anew or deleted: its row is no longer the damaged one. */
export async function mended(id: ItemId): Promise<void> {
  const known = await knownDamage();
  const left = known.filter(({ itemId }) => itemId !== id);
  if (left.length < known.length) await chrome.storage.session.set({ rowDamage: left });
}

/** One entry for each damaged part, whoever found it. */
export function without(damage: Damage[], others: Damage[]): Damage[] {
  const name = ({ part, itemId }: Damage): string => `${part}/${itemId ?? ''}`;
  const seen = new Set(others.map(name));
  return damage.filter((one) => !seen.has(name(one)) && seen.add(name(one)));
}
