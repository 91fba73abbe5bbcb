/** Payment cards as people know them: whose they are, how their numbers are grouped, when they end. */

interface Brand {
  name: string;
  /** First digits, from and to, all of one length. */
  prefixes: readonly (readonly [from: number, to: number])[];
}

/** ISO/IEC 7812 ranges of the large networks; the first that fits counts, so narrow ones stand first. */
const BRANDS: readonly Brand[] = [
  {
    name: 'American Express',
    prefixes: [
      [34, 34],
      [37, 37],
    ],
  },
  {
    name: 'Diners Club',
    prefixes: [
      [300, 305],
      [36, 36],
      [38, 39],
    ],
  },
  { name: 'JCB', prefixes: [[3528, 3589]] },
  { name: 'Visa', prefixes: [[4, 4]] },
  {
    name: 'Mastercard',
    prefixes: [
      [51, 55],
      [2221, 2720],
    ],
  },
  {
    name: 'Discover',
    prefixes: [
      [6011, 6011],
      [644, 649],
      [65, 65],
    ],
  },
  { name: 'UnionPay', prefixes: [[62, 62]] },
  {
    name: 'Maestro',
    prefixes: [
      [50, 50],
      [56, 58],
      [60, 61],
      [63, 64],
      [66, 69],
    ],
  },
];

export const digitsOf = (number: string): string => number.replace(/\D/gu, '');

/** The network's name, from the first digits; null while they say nothing. */
export function brandOf(number: string): string | null {
  const digits = digitsOf(number);
  const fits = ([from, to]: readonly [number, number]): boolean => {
    const { length } = String(from);
    const start = Number(digits.slice(0, length));
    return digits.length >= length && start >= from && start <= to;
  };
  return BRANDS.find(({ prefixes }) => prefixes.some(fits))?.name ?? null;
}

/** As it is printed on the card: 4-6-5 for American Express, fours otherwise. */
export function groupsOf(number: string): string[] {
  const digits = digitsOf(number);
  // What is no plain number is shown as it is.
  if (digits.length < 8 || /[^\d\s-]/u.test(number)) return [number];
  const sizes = brandOf(digits) === 'American Express' ? [4, 6, 5] : [];
  const groups: string[] = [];
  for (let at = 0; at < digits.length; ) {
    const size = sizes[groups.length] ?? 4;
    groups.push(digits.slice(at, at + size));
    at += size;
  }
  return groups;
}

/** The check digit of ISO/IEC 7812. A number that fails it was mistyped, or is of no usual card. */
export function isPlausible(number: string): boolean {
  const digits = digitsOf(number);
  if (digits.length < 12 || digits.length > 19) return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Year and month, from 1. */
export interface Expiry {
  year: number;
  month: number;
}

type ExpiryState = 'expired' | 'this-month' | 'next-month';

/** From the two fields of a card, as they were typed: "3" and "26", "03" and "2026". */
export function expiryFrom(month: string, year: string): Expiry | null {
  const [m, y] = [month.trim(), year.trim()];
  if (!/^\d{1,2}$/u.test(m) || !/^(\d{2}|\d{4})$/u.test(y)) return null;
  const found = { month: Number(m), year: Number(y) + (y.length === 2 ? 2000 : 0) };
  return found.month >= 1 && found.month <= 12 ? found : null;
}

/** From "2026-03"; null for anything else. */
export function expiryOfText(text: string): Expiry | null {
  const found = /^(\d{4})-(\d{2})$/u.exec(text);
  return found ? expiryFrom(found[2] ?? '', found[1] ?? '') : null;
}

/** What is worth saying about it today; a card is good until its month is over. */
export function expiryState({ year, month }: Expiry, now = new Date()): ExpiryState | null {
  const left = (year - now.getFullYear()) * 12 + (month - 1 - now.getMonth());
  if (left < 0) return 'expired';
  return left === 0 ? 'this-month' : left === 1 ? 'next-month' : null;
}
