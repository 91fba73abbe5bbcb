/** Changes of stored rows, before they are stored. */

/** One change of one row; null deletes it. */
export type Write = [store: string, key: string, value: Uint8Array | null];
export type Writes = Write[];

/** Several changes as one transaction: of two writes of the same row the later one counts. */
export function joinWrites(parts: Writes[]): Writes {
  const rows = new Map<string, Write>();
  for (const write of parts.flat()) rows.set(`${write[0]}/${write[1]}`, write);
  return [...rows.values()];
}

/** The items that these writes change and say nothing about the account's state of: edits of the person's. */
export function editedItems(writes: Writes): string[] {
  const told = new Set(writes.flatMap(([store, key]) => (store === 'bases' ? [key] : [])));
  return writes.flatMap(([store, key]) => (store === 'items' && !told.has(key) ? [key] : []));
}

/** The items' rows that these writes store. */
export const itemsOf = (writes: Writes): Map<string, Uint8Array> =>
  new Map(writes.flatMap(([store, key, value]) => (store === 'items' && value ? [[key, value] as const] : [])));

/**
 * Writes that follow a new vault's first ones, as one: what they change of its items keeps its base, by the
 * rule that `apply` has for a vault that is there already.
 */
export function layered(first: Writes, later: Writes[]): Writes {
  const rows = itemsOf(first);
  const bases = new Map<string, Uint8Array>();
  for (const key of later.flatMap(editedItems)) bases.set(key, rows.get(key) ?? new Uint8Array(0));
  return joinWrites([first, ...later, [...bases].map(([key, row]): Write => ['bases', key, row])]);
}
