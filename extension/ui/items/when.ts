/** Times in words, in the language of the pages. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Older than this a date says more than "47 days ago". */
const RELATIVE_UP_TO = 14 * DAY;

/** "now", "5 minutes ago", "yesterday"; from two weeks on the date. Both times in ms since 1970. */
export function ago(at: number, now: number, language: string): string {
  const past = now - at;
  if (past < -MINUTE || past >= RELATIVE_UP_TO) return day(at, language);
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (past < MINUTE) return words.format(0, 'second');
  if (past < HOUR) return words.format(-Math.floor(past / MINUTE), 'minute');
  const nights = nightsBetween(at, now);
  if (nights === 0 || past < 6 * HOUR) return words.format(-Math.floor(past / HOUR), 'hour');
  return words.format(-nights, 'day');
}

/** "3 March 2026": the month in letters, because 03/04 is read two ways. */
export function day(at: number, language: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long' }).format(at);
}

/** Day and time of day, where two changes on one day must be told apart. */
export function dayAndTime(at: number, language: string): string {
  const format = { dateStyle: 'long', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, format).format(at);
}

/** Calendar days apart where the person is: 23:50 yesterday is "yesterday", not "20 minutes". */
function nightsBetween(earlier: number, later: number): number {
  const start = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((start(later) - start(earlier)) / DAY);
}
