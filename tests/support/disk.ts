/** The stores of storage.ts in memory, with its one rule: the first change of an item keeps what the account has of it. */
import type { Rows, Writes } from '../../extension/background/storage.ts';
import { editedItems } from '../../extension/background/writes.ts';

export class Disk {
  private readonly stores = new Map<string, Rows>();

  store(name: string): Rows {
    const found = this.stores.get(name) ?? new Map();
    this.stores.set(name, found);
    return found;
  }

  some(name: string, keys: string[]): Rows {
    const store = this.store(name);
    return new Map(keys.flatMap((key): [string, Uint8Array][] => (store.has(key) ? [[key, store.get(key) ?? new Uint8Array(0)]] : [])));
  }

  apply(writes: Writes): void {
    const sync = writes.find(([store, key]) => store === 'vault' && key === 'sync')?.[2];
    const bases = this.store('bases');
    if (sync === null) bases.clear();
    else if (sync || this.store('vault').has('sync')) {
      for (const id of editedItems(writes)) if (!bases.has(id)) bases.set(id, this.store('items').get(id) ?? new Uint8Array(0));
    }
    for (const [store, key, value] of writes) {
      if (value === null) this.store(store).delete(key);
      else this.store(store).set(key, value);
    }
  }

  /** A copy of everything, to compare with or to go back to. */
  copy(): Map<string, Rows> {
    return new Map([...this.stores].map(([name, rows]) => [name, new Map(rows)]));
  }

  restore(copy: Map<string, Rows>): void {
    this.stores.clear();
    for (const [name, rows] of copy) this.stores.set(name, new Map(rows));
  }
}
