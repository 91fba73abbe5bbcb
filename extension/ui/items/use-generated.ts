import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { attempt, ui } from '../state.ts';
import { choice, loadChoice, optionsOf } from './generator-choice.ts';

/** A fresh password by the present settings, and a new one at every change of them. */
export function useGenerated(value: Signal<string>) {
  const bits = useSignal(0);
  const latest = useSignal(0);
  const ready = useSignal(false);
  const options = optionsOf(choice.value);
  const key = JSON.stringify(options);
  const again = (): void => {
    if (options === null) return;
    const mine = latest.peek() + 1;
    latest.value = mine;
    void attempt(async () => {
      const made = await ui.generate(options);
      // A slower answer to older settings is dropped.
      if (latest.peek() !== mine) return;
      value.value = made.value;
      bits.value = made.entropyBits;
    });
  };
  useEffect(() => {
    void loadChoice().then(() => {
      ready.value = true;
    });
  }, []);
  const isReady = ready.value;
  useEffect(() => {
    if (isReady) again();
  }, [key, isReady]);
  return { bits: bits.value, possible: options !== null, again };
}
