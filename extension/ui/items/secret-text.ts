/**
 * How a password or code is laid out for a person who reads it, or reads it aloud: letters,
 * digits and symbols apart (they are tinted), and in short groups. Grouping is spacing only,
 * never characters, so that what is selected on screen is still the exact secret.
 */

export type CharKind = 'letter' | 'digit' | 'symbol';
export interface Run {
  kind: CharKind;
  text: string;
}
/** Runs that are shown close together. */
export type Group = Run[];
export interface Layout {
  groups: Group[];
  /** Words of a passphrase have their separator between them and need no gap. */
  gaps: boolean;
}

const GROUP_SIZE = 4;
/** Up to here a secret is short enough to be read in one go. */
const UNGROUPED_LENGTH = 6;
const WORD = /^\p{L}{2,}\d?$/u;
const NUMBER = /^\d{1,2}$/u;

export function layOut(secret: string): Layout {
  const isPassphrase = looksLikeWords(secret);
  return { groups: isPassphrase ? byWord(secret) : byCount(graphemes(secret)), gaps: !isPassphrase };
}

/** Three words or more with one and the same separator between them, perhaps a number among them. */
function looksLikeWords(secret: string): boolean {
  const separator = /[^\p{L}\p{N}]/u.exec(secret)?.[0];
  const parts = separator === undefined ? [] : secret.split(separator);
  return parts.filter((part) => WORD.test(part)).length >= 3 && parts.every((part) => WORD.test(part) || NUMBER.test(part));
}

/** Every passphrase word keeps the separator that follows it. */
function byWord(secret: string): Group[] {
  const words = secret.match(/[\p{L}\p{N}]+[^\p{L}\p{N}]?/gu) ?? [];
  return words.map((word) => runs(graphemes(word)));
}

function byCount(chars: string[]): Group[] {
  if (chars.length <= UNGROUPED_LENGTH) return chars.length === 0 ? [] : [runs(chars)];
  const out: Group[] = [];
  for (let at = 0; at < chars.length; at += GROUP_SIZE) out.push(runs(chars.slice(at, at + GROUP_SIZE)));
  return out;
}

function runs(chars: string[]): Run[] {
  const out: Run[] = [];
  for (const char of chars) {
    const kind = kindOf(char);
    const last = out.at(-1);
    if (last?.kind === kind) last.text += char;
    else out.push({ kind, text: char });
  }
  return out;
}

export function kindOf(char: string): CharKind {
  if (/^\p{N}/u.test(char)) return 'digit';
  return /^\p{L}/u.test(char) ? 'letter' : 'symbol';
}

/** Whole characters as a person sees them: an emoji or an accented letter is never cut in two. */
function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text), (s) => s.segment);
}

/** A one-time code in two halves ("123 456"), as people read it out. */
export function codeHalves(code: string): [string, string] {
  const middle = Math.ceil(code.length / 2);
  return [code.slice(0, middle), code.slice(middle)];
}
