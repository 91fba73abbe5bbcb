/** The small coloured square of a row: made from the name alone, so that nothing is fetched. */

/** As many as theme.css has `--mono-N` pairs. */
export const MONOGRAM_COLOURS = 8;

export interface Monogram {
  letters: string;
  colour: number;
}

export function monogram(name: string): Monogram {
  const words = name.trim().split(/[\s._\-/@]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = initial(words[0] ?? name.trim());
  const second = words.length > 1 ? initial(words[1] ?? '') : '';
  return { letters: first + second || '?', colour: hash(name.trim().toLocaleLowerCase('und')) % MONOGRAM_COLOURS };
}

function initial(word: string): string {
  const segment = new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(word)[Symbol.iterator]().next();
  return segment.done ? '' : segment.value.segment.toLocaleUpperCase('und').slice(0, 8);
}

/** FNV-1a, 32 bits: spreads names evenly over the colours and stays the same for ever. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193);
  return state >>> 0;
}
