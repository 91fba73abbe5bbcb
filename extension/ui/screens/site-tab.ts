import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemView } from '../../shared/api.ts';
import { changes, ui } from '../state.ts';

/**
 * The tab that this item could be filled into, or null. A login has to match it; a card and an identity belong to no
 * site: whether a form there takes them, and may have them, shows when they are filled.
 */
export function useSiteTab({ id, kind }: Pick<ItemView, 'id' | 'kind'>): number | null {
  const tabId = useSignal<number | null>(null);
  const change = changes.value;
  useEffect(() => {
    void ui.forThisSite().then(
      (site) => {
        const fits = kind === 'card' || kind === 'identity' || site?.rows.some((row) => row.id === id);
        tabId.value = site && fits ? site.tabId : null;
      },
      () => undefined,
    );
  }, [id, change]);
  return tabId.value;
}
