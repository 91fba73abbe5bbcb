/** The database in IndexedDB: its stores, its versions, and what its failures are called. */
import { type IDBPDatabase, openDB } from 'idb';
import { SesameError } from '../shared/errors.ts';

export const STORES = ['vault', 'shards', 'items', 'drafts', 'captures', 'bases', 'sealed'] as const;
/** What is the vault's; sealed copies of others outlive it. */
export const OF_VAULT = STORES.filter((name) => name !== 'sealed');
export type StoreName = (typeof STORES)[number];

let opened: Promise<IDBPDatabase> | null = null;

export function database(): Promise<IDBPDatabase> {
  opened ??= openDB('sesame', 3, {
    // Version 1 had no captures, version 2 no bases and no sealed copies. What is there stays as it is.
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
export function storageError(failure: unknown): SesameError {
  if (failure instanceof SesameError) return failure;
  const name = failure instanceof Error || failure instanceof DOMException ? failure.name : '';
  return new SesameError(name === 'QuotaExceededError' ? 'quota' : 'storage');
}
