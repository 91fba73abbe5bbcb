/** A form whose answer takes a key derivation: one at a time, to be cancelled, and ended with the screen. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { coolDown, warmUp } from '../auth.ts';
import { attempt } from '../state.ts';

interface PasswordForm {
  busy: Signal<boolean>;
  submit: (event: SubmitEvent) => Promise<void>;
  cancel: () => void;
}

/** `work` is told by its signal when the person cancelled or left; what it throws then is nobody's problem. */
export function usePasswordForm(work: (signal: AbortSignal) => Promise<void>): PasswordForm {
  const busy = useSignal(false);
  const job = useRef<AbortController>(undefined);
  const cancel = (): void => job.current?.abort();
  useEffect(() => {
    warmUp();
    return () => {
      cancel();
      coolDown();
    };
  }, []);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    const mine = new AbortController();
    job.current = mine;
    await attempt(() => work(mine.signal).catch((failure) => (mine.signal.aborted ? undefined : Promise.reject(failure))));
    busy.value = false;
  };
  return { busy, submit, cancel };
}
