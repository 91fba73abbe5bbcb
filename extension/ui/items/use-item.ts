import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemId, ItemView } from '../../shared/api.ts';
import { changes, codeOf, ui } from '../state.ts';

type Loaded = { state: 'loading' } | { state: 'here'; item: ItemView } | { state: 'gone' | 'damaged' | 'failed' };

/** One item without its secrets, read again whenever the vault changes. */
export function useItem(id: ItemId): Signal<Loaded> {
  const loaded = useSignal<Loaded>({ state: 'loading' });
  const change = changes.value;
  useEffect(() => {
    let current = true;
    const settle = (next: Loaded): void => {
      if (current) loaded.value = next;
    };
    void ui.item({ id }).then(
      (item) => settle({ state: 'here', item }),
      (failure: unknown) => {
        const code = codeOf(failure);
        settle({ state: code === 'not-found' ? 'gone' : code === 'damaged' ? 'damaged' : 'failed' });
      },
    );
    return () => {
      current = false;
    };
  }, [id, change]);
  return loaded;
}
