/**
 * The vault on disk: IndexedDB, one row per item, every change one transaction with strict durability,
 * so that a crash leaves the old state or the new one. All values are bytes that only the engine reads.
 */
import type { IDBPTransaction } from 'idb';
import { SesameError } from '../shared/errors.ts';
import { database, OF_VAULT, STORES, type StoreName, storageError } from './database.ts';
import { editedItems, type Writes } from './writes.ts';

export type { Writes } from './writes.ts';

export type Rows = Map<string, Uint8Array>;

const EMPTY = new Uint8Array(0);
function isStore(name: string): name is StoreName {
  return (STORES as readonly string[]).includes(name);
}

/** A row that is not bytes was not written by Sesame: empty bytes fail every check of the engine. */
function rows(keys: IDBValidKey[], values: unknown[]): Rows {
  const map: Rows = new Map();
  keys.forEach((key, at) => {
    const value = values[at];
    map.set(String(key), value instanceof Uint8Array ? value : EMPTY);
  });
  return map;
}

/** All that unlocking, listing and matching need, in one short transaction, whatever the number of items. */
export async function readVault(): Promise<{ vault: Rows; shards: Rows }> {
  const db = await database();
  try {
    const tx = db.transaction(['vault', 'shards'], 'readonly');
    const [vault, shards] = [tx.objectStore('vault'), tx.objectStore('shards')];
    const [vaultKeys, vaultValues, shardKeys, shardValues] = await Promise.all([
      vault.getAllKeys(),
      vault.getAll(),
      shards.getAllKeys(),
      shards.getAll(),
    ]);
    return { vault: rows(vaultKeys, vaultValues), shards: rows(shardKeys, shardValues) };
  } catch (failure) {
    throw storageError(failure);
  }
}

/** One row; empty bytes where there is none, so that the engine decides what its absence means. */
export async function readRow(store: StoreName, key: string): Promise<Uint8Array> {
  const db = await database();
  try {
    const value: unknown = await db.get(store, key);
    return value instanceof Uint8Array ? value : EMPTY;
  } catch (failure) {
    throw storageError(failure);
  }
}

/** The keys of a store. */
export async function readKeys(store: StoreName): Promise<string[]> {
  const db = await database();
  try {
    return (await db.getAllKeys(store)).map(String);
  } catch (failure) {
    throw storageError(failure);
  }
}

/** Every row of a store, for backup, audit, checks and rebuilding: about 30 ms per 1,000 items. */
export async function readAll(store: StoreName): Promise<Rows> {
  const db = await database();
  try {
    const tx = db.transaction(store, 'readonly');
    const [keys, values] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
    return rows(keys, values);
  } catch (failure) {
    throw storageError(failure);
  }
}

/** How many rows a store has. */
export async function countRows(store: StoreName): Promise<number> {
  const db = await database();
  try {
    return await db.count(store);
  } catch (failure) {
    throw storageError(failure);
  }
}

/** The rows of some items and their bases, as of one moment; without an entry where there is none. */
export async function readItems(ids: string[]): Promise<{ items: Rows; bases: Rows }> {
  const db = await database();
  try {
    const tx = db.transaction(['items', 'bases'], 'readonly');
    const read = async (name: 'items' | 'bases'): Promise<Rows> => {
      const store = tx.objectStore(name);
      const values: unknown[] = await Promise.all(ids.map((id) => store.get(id)));
      const found = ids.flatMap((id, at): [string, unknown][] => (values[at] === undefined ? [] : [[id, values[at]]]));
      return rows(
        found.map(([id]) => id),
        found.map(([, value]) => value),
      );
    };
    const [items, bases] = await Promise.all([read('items'), read('bases')]);
    return { items, bases };
  } catch (failure) {
    throw storageError(failure);
  }
}

/**
 * Applies all changes or none. When this resolves they are on the disk. With an account, the first change of an
 * item after it was last in step keeps, in the same transaction, the row as the account has it (empty: it
 * has none): what waits to be sent, and what a merge compares with. What belongs to no account has no bases.
 */
export async function apply(writes: Writes): Promise<void> {
  if (writes.length === 0) return;
  const stores = writes.map(([store]) => store);
  const sync = writes.find(([store, key]) => store === 'vault' && key === 'sync')?.[2];
  const edited = editedItems(writes);
  if (edited.length > 0 || sync === null) stores.push('vault', 'bases');
  await change(stores, async (store) => {
    if (sync === null) await store('bases').clear();
    else if (edited.length > 0 && (sync || (await store('vault').getKey('sync')) !== undefined)) await keepBases(store, edited);
    await put(store, writes);
  });
}

async function keepBases(store: (name: string) => WritableStore, edited: string[]): Promise<void> {
  await Promise.all(
    edited.map(async (key) => {
      if ((await store('bases').getKey(key)) !== undefined) return;
      const row = await store('items').get(key);
      await store('bases').put(row instanceof Uint8Array ? row : EMPTY, key);
    }),
  );
}

const put = (store: (name: string) => WritableStore, writes: Writes): Promise<unknown> =>
  Promise.all(writes.map(([name, key, value]) => (value === null ? store(name).delete(key) : store(name).put(value, key))));

/** Empties the vault's stores first, then applies the changes: a vault that takes the place of another. */
export async function replaceAll(writes: Writes): Promise<void> {
  await change([...STORES], async (store) => {
    await Promise.all([...OF_VAULT.map((name) => store(name).clear()), put(store, writes)]);
  });
}

interface WritableStore {
  get(key: string): Promise<unknown>;
  getKey(key: string): Promise<unknown>;
  put(value: Uint8Array, key: string): Promise<unknown>;
  delete(key: string): Promise<void>;
  clear(): Promise<void>;
}

async function change(names: string[], act: (store: (name: string) => WritableStore) => Promise<void>): Promise<void> {
  const stores = [...new Set(names)];
  if (!stores.every(isStore)) throw new SesameError('internal');
  const db = await database();
  let tx: IDBPTransaction<unknown, StoreName[], 'readwrite'>;
  try {
    tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
  } catch (failure) {
    throw storageError(failure);
  }
  // The transaction's own end is the only answer that counts; a request's failure is why it was aborted.
  const ended = tx.done.then(
    () => null,
    (failure: unknown) => failure ?? new Error('aborted'),
  );
  const reason = await act((name) => tx.objectStore(name as StoreName) as unknown as WritableStore).then(
    () => null,
    (failure: unknown) => failure ?? new Error('refused'),
  );
  if (reason !== null) {
    try {
      tx.abort();
    } catch {
      // It has aborted by itself already.
    }
  }
  const failure = (await ended) ?? reason;
  if (failure !== null) throw storageError(reason !== null && storageError(reason).code === 'quota' ? reason : failure);
}
