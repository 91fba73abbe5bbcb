/**
 * What was typed survives the popup closing: each change goes to the background, which keeps it
 * sealed under the vault's local key. Dropped when the form is saved or discarded.
 */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ui } from '../shared/rpc.ts';

// Short enough that closing the popup right after a word loses at most its last letters; the
// remainder is sent as the page goes away.
const PAUSE_MS = 250;

export interface Draft<T> {
  value: Signal<T>;
  /** A draft of an earlier opening was found and is shown. */
  restored: Signal<boolean>;
  /** False until it is known whether there is a draft; forms wait for it (some milliseconds). */
  ready: Signal<boolean>;
  change: (next: T) => void;
  drop: () => Promise<void>;
}

export function useDraft<T>(form: string, initial: () => T | Promise<T>): Draft<T | null> {
  const value = useSignal<T | null>(null);
  const restored = useSignal(false);
  const ready = useSignal(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsent = useRef<string | null>(null);

  const flush = (): void => {
    clearTimeout(timer.current);
    if (unsent.current === null) return;
    void ui.saveDraft({ form, value: unsent.current }).catch(() => undefined);
    unsent.current = null;
  };

  useEffect(() => {
    let gone = false;
    void (async () => {
      const kept = await ui.loadDraft({ form }).catch(() => null);
      const start = kept === null ? await initial() : (parse<T>(kept) ?? (await initial()));
      if (gone || value.value !== null) return;
      value.value = start;
      restored.value = kept !== null;
      ready.value = true;
    })().catch(() => {
      ready.value = true;
    });
    addEventListener('pagehide', flush);
    return () => {
      gone = true;
      removeEventListener('pagehide', flush);
      flush();
    };
  }, [form]);

  const change = (next: T | null): void => {
    value.value = next;
    unsent.current = JSON.stringify(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(flush, PAUSE_MS);
  };
  const drop = async (): Promise<void> => {
    clearTimeout(timer.current);
    unsent.current = null;
    restored.value = false;
    await ui.dropDraft({ form }).catch(() => undefined);
  };
  return { value, restored, ready, change, drop };
}

function parse<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}
