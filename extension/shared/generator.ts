/**
 * How the person likes passwords to be made. The generator's screen and the background read the same
 * choice, so that a password suggested in a page looks as one made in the popup does.
 */
import type { GeneratorOptions } from './api.ts';

export type Characters = Extract<GeneratorOptions, { mode: 'characters' }>;
export type Passphrase = Extract<GeneratorOptions, { mode: 'passphrase' }>;

/** How passwords are to be made: both kinds remember their settings while the other is chosen. */
export interface GeneratorChoice {
  mode: GeneratorOptions['mode'];
  characters: Characters;
  passphrase: Passphrase;
}

export const DEFAULT_CHOICE: GeneratorChoice = {
  mode: 'characters',
  characters: {
    mode: 'characters',
    length: 20,
    lower: true,
    upper: true,
    digits: true,
    symbols: true,
    avoidAmbiguous: true,
    minDigits: 1,
    minSymbols: 1,
  },
  passphrase: { mode: 'passphrase', words: 5, separator: '-', capitalise: false, digit: false },
};

/** The draft under which the vault keeps the choice, as it keeps any half-filled form. */
export const GENERATOR_FORM = 'generator';

/** Settings are taken over one by one where they have the right type: an older Sesame may have written them. */
export function readChoice(text: string | null): GeneratorChoice {
  try {
    const kept = (JSON.parse(text ?? '{}') ?? {}) as Partial<Record<keyof GeneratorChoice, unknown>>;
    return {
      mode: kept.mode === 'passphrase' ? 'passphrase' : 'characters',
      characters: overlay(DEFAULT_CHOICE.characters, kept.characters),
      passphrase: overlay(DEFAULT_CHOICE.passphrase, kept.passphrase),
    };
  } catch {
    return DEFAULT_CHOICE;
  }
}

function overlay<T extends object>(known: T, kept: unknown): T {
  if (typeof kept !== 'object' || kept === null) return known;
  const fits = Object.entries(kept).filter(([key, value]) => Object.hasOwn(known, key) && typeof value === typeof known[key as keyof T]);
  return { ...known, ...Object.fromEntries(fits) };
}

/** What the engine is asked for; null where it could not answer. */
export function optionsOf({ mode, characters, passphrase }: GeneratorChoice): GeneratorOptions | null {
  if (mode === 'passphrase') return passphrase;
  const { lower, upper, digits, symbols, length } = characters;
  if (!(lower || upper || digits || symbols)) return null;
  const minDigits = digits ? Math.min(characters.minDigits, length) : 0;
  const minSymbols = symbols ? Math.min(characters.minSymbols, length - minDigits) : 0;
  return { ...characters, minDigits, minSymbols };
}
