import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { WaitingCapture } from '../../shared/api.ts';
import { changes, ui } from '../state.ts';

/** The sign-in that waits to be saved; asked for again when the vault changes, and by `next`. */
export function useWaiting() {
  const waiting = useSignal<WaitingCapture | null>(null);
  const asked = useSignal(0);
  const change = changes.value;
  useEffect(() => {
    let current = true;
    void ui.waitingCapture().then(
      (found) => {
        if (current) waiting.value = found;
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [change, asked.value]);
  return {
    waiting: waiting.value,
    next: () => {
      asked.value += 1;
    },
  };
}
