import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FillingSettings } from '../../shared/api.ts';
import { attempt, changes, ui } from '../state.ts';

/** How pages are filled; `save` changes a part of it. Null until it is known. */
export function useFilling() {
  const filling = useSignal<FillingSettings | null>(null);
  const change = changes.value;
  useEffect(() => {
    void attempt(async () => {
      filling.value = (await ui.settings()).filling;
    });
  }, [change]);
  /** What the vault refuses is taken back on the screen; `ui.saveFilling` says why. */
  const put = async (part: Partial<FillingSettings>): Promise<void> => {
    const before = filling.value;
    if (!before) return;
    filling.value = { ...before, ...part };
    try {
      await ui.saveFilling({ ...before, ...part });
    } catch (failure) {
      filling.value = before;
      throw failure;
    }
  };
  return { filling: filling.value, put, save: (part: Partial<FillingSettings>) => attempt(() => put(part)) };
}
