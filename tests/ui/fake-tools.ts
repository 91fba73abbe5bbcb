/** The tools worker of make-believe, without its two megabytes. */
export * from '../../extension/ui/tools.ts';

const soon = <T>(value: T): Promise<T> => new Promise((done) => setTimeout(() => done(value), 30));

export const strength = (text: string) =>
  soon({
    score: Math.min(4, Math.floor(text.length / 5)),
    guessesLog10: text.length,
    crackSeconds: 10 ** (text.length / 2.2),
    warning: text.length < 8 ? 'single-word' : null,
    suggestions: [],
  });
