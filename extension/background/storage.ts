/**
 * The vault on disk: IndexedDB, one row per item, every change one transaction with strict durability,
 * so that a crash leaves the old state or the new one. All values are bytes that only the engine reads.
 */
import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { SesameError } from '../shared/errors.ts';

const STORES = ['vault', 'shards', 'items', 'drafts', 'captures'] as const;
type StoreName = (typeof STORES)[number];

/** One change of one row; null deletes it. */
type Write = [store: string, key: string, value: Uint8Array | null];
export type Writes = Write[];
export type Rows = Map<string, Uint8Array>;

const EMPTY = new Uint8Array(0);
let opened: Promise<IDBPDatabase> | null = null;

function database(): Promise<IDBPDatabase> {
  opened ??= openDB('sesame', 2, {
    // Version 1 had no captures. What is there stays as it is.
    upgrade(db) {
      for (const store of STORES) if (!db.objectStoreNames.contains(store)) db.createObjectStore(store);
    },
    // Another version of this page wants the database: let go, and open it again at the next call.
    blocking: (_current, _blocked, event) => {
      opened = null;
      (event.target as IDBDatabase).close();
    },
    terminated: () => {
      opened = null;
    },
  }).catch((failure: unknown) => {
    opened = null;
    throw storageError(failure);
  });
  return opened;
}

/** `quota` when the disk or the browser's share of it is full, `storage` for everything else. */
function storageError(failure: unknown): SesameError {
  if (failure instanceof SesameError) return failure;
  const name = failure instanceof Error || failure instanceof DOMException ? failure.name : '';
  return new SesameError(name === 'QuotaExceededError' ? 'quota' : 'storage');
}

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

/** Applies all changes or none. When this resolves they are on the disk. */
export async function apply(writes: Writes): Promise<void> {
  if (writes.length === 0) return;
  await change(
    writes.map(([store]) => store),
    async (store) => {
      await Promise.all(writes.map(([name, key, value]) => (value === null ? store(name).delete(key) : store(name).put(value, key))));
    },
  );
}

/** Empties every store first, then applies the changes: a vault that takes the place of another. */
export async function replaceAll(writes: Writes): Promise<void> {
  await change([...STORES], async (store) => {
    await Promise.all([
      ...STORES.map((name) => store(name).clear()),
      ...writes.map(([name, key, value]) => (value === null ? undefined : store(name).put(value, key))),
    ]);
  });
}

interface WritableStore {
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
