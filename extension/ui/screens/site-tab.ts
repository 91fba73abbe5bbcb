import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemId } from '../../shared/api.ts';
import { changes, ui } from '../state.ts';

/** The tab that this item could be filled into, or null where it does not match. */
export function useSiteTab(id: ItemId): number | null {
  const tabId = useSignal<number | null>(null);
  const change = changes.value;
  useEffect(() => {
    void ui.forThisSite().then(
      (site) => {
        tabId.value = site?.rows.some((row) => row.id === id) ? site.tabId : null;
      },
      () => undefined,
    );
  }, [id, change]);
  return tabId.value;
}
