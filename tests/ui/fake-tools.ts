/** The tools worker of make-believe, without its two megabytes. */
export * from '../../extension/ui/tools.ts';

import { blankItem } from '../../extension/ui/items/fields.ts';
import type { ImportResult } from '../../extension/ui/tools.ts';

const soon = <T>(value: T): Promise<T> => new Promise((done) => setTimeout(() => done(value), 30));

export const strength = (text: string) =>
  soon({
    score: Math.min(4, Math.floor(text.length / 5)),
    guessesLog10: text.length,
    crackSeconds: 10 ** (text.length / 2.2),
    warning: text.length < 8 ? 'single-word' : null,
    suggestions: [],
  });

export const readImport = (): Promise<ImportResult> =>
  soon({
    format: 'bitwarden-csv',
    items: [...Array.from({ length: 212 }, () => blankItem('login')), ...Array.from({ length: 7 }, () => blankItem('note'))],
    problems: [
      { line: 14, reason: 'odd-code' },
      { line: 90, reason: 'unreadable' },
    ],
  });
