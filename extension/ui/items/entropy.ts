/** What a number of bits means to a person. */

/** Guesses a second of someone with a rack of graphics cards and a badly kept site's password file. */
const GUESSES_PER_SECOND = 1e11;
const YEAR = 31_557_600;

export type Grade = 'weak' | 'fair' | 'strong' | 'very-strong';
export type CrackTime = { unit: 'moments' | 'ages' } | { unit: 'minutes' | 'hours' | 'days' | 'years' | 'centuries'; count: number };

export function grade(bits: number): Grade {
  if (bits < 45) return 'weak';
  if (bits < 60) return 'fair';
  return bits < 80 ? 'strong' : 'very-strong';
}

/** How long half of all guesses take. */
export function crackTime(bits: number): CrackTime {
  const seconds = 2 ** (bits - 1) / GUESSES_PER_SECOND;
  if (seconds < 60) return { unit: 'moments' };
  if (seconds < 3600) return { unit: 'minutes', count: Math.round(seconds / 60) };
  if (seconds < 86_400) return { unit: 'hours', count: Math.round(seconds / 3600) };
  if (seconds < YEAR) return { unit: 'days', count: Math.round(seconds / 86_400) };
  const years = seconds / YEAR;
  if (years < 100) return { unit: 'years', count: Math.round(years) };
  return years < 1e6 ? { unit: 'centuries', count: Math.round(years / 100) } : { unit: 'ages' };
}
