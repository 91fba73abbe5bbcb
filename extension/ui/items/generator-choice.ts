import { signal } from '@preact/signals';
import { DEFAULT_CHOICE, GENERATOR_FORM, type GeneratorChoice, readChoice } from '../../shared/generator.ts';
import { ui } from '../state.ts';

export { type Characters, DEFAULT_CHOICE, type GeneratorChoice, optionsOf, type Passphrase } from '../../shared/generator.ts';

export const LENGTHS = { min: 4, max: 128 } as const;
export const WORDS = { min: 3, max: 12 } as const;
export const MINIMUMS = { min: 0, max: 9 } as const;

export const choice = signal<GeneratorChoice>(DEFAULT_CHOICE);
let isLoaded = false;

/** The settings of last time; the vault keeps them as it keeps any half-filled form. */
export async function loadChoice(): Promise<void> {
  if (isLoaded) return;
  isLoaded = true;
  choice.value = readChoice(await ui.loadDraft({ form: GENERATOR_FORM }).catch(() => null));
}

export function choose(next: GeneratorChoice): void {
  choice.value = next;
  void ui.saveDraft({ form: GENERATOR_FORM, value: JSON.stringify(next) }).catch(() => undefined);
}
