/**
 * Texts in the person's language. The keys are those of _locales/en/messages.json, so a missing
 * text does not compile. Tables are fetched from the package rather than asked of chrome.i18n,
 * because the language can be chosen in the settings and not only in the browser.
 */
import { computed, signal } from '@preact/signals';
import type { Prefs } from './api.ts';
import type { ErrorCode } from './errors.ts';
import { chosen, type Language, type Table, type TextKey, tableOf, textIn } from './texts.ts';

export type { Language, TextKey };
/** Keys of which both `<name>_one` and `<name>_other` exist. */
export type PluralKey = { [K in TextKey]: K extends `${infer N}_one` ? N : never }[TextKey];

const table = signal<Table>({});
export const language = signal<Language>('en');

/** Begins fetching the texts that are most likely wanted, while the background is still being asked. */
export function expectTexts(): void {
  tableOf(chosen('system')).catch(() => undefined);
}

/** Loads the texts; pages draw nothing before it has answered. */
export async function loadTexts(choice: Prefs['language']): Promise<void> {
  const next = chosen(choice);
  if (next === language.value && Object.keys(table.value).length > 0) return;
  table.value = await tableOf(next);
  language.value = next;
  document.documentElement.lang = next;
}

/** The text of `key`; `$1`, `$2`, ... stand for `values`. Reads a signal: drawn again on change. */
export function t(key: TextKey, ...values: (string | number)[]): string {
  return textIn(table.value, key, values);
}

/** The singular or plural text of `name`; `$1` is the number itself. */
export function plural(name: PluralKey, count: number, ...values: (string | number)[]): string {
  const form = new Intl.PluralRules(locale.value).select(count) === 'one' ? 'one' : 'other';
  return t(`${name}_${form}` as TextKey, number(count), ...values);
}

/** What an error means to the person. */
export const errorText = (code: ErrorCode): string => t(`error_${code.replaceAll('-', '_')}` as TextKey);

// British order (3 March 2026) is read rightly everywhere, which 3/4/2026 is not.
const locale = computed(() => (language.value === 'it' ? 'it-IT' : 'en-GB'));

export const number = (value: number): string => new Intl.NumberFormat(locale.value).format(value);

export const date = (ms: number): string =>
  new Intl.DateTimeFormat(locale.value, { day: 'numeric', month: 'long', year: 'numeric' }).format(ms);

/** A month (from 1) of a year: "March 2026". */
export const monthYear = (year: number, month: number): string =>
  new Intl.DateTimeFormat(locale.value, { month: 'long', year: 'numeric' }).format(new Date(year, month - 1));

export const dateTime = (ms: number): string =>
  new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);

/** A time of today: "14:05". */
export const time = (ms: number): string => new Intl.DateTimeFormat(locale.value, { timeStyle: 'short' }).format(ms);

/** "just now", "2 minutes ago", "3 hours ago"; from yesterday on, as `ago`. */
export function recently(ms: number, now = Date.now()): string {
  const minutes = Math.round((now - ms) / 60_000);
  if (minutes < 1) return t('just_now');
  const relative = new Intl.RelativeTimeFormat(locale.value, { numeric: 'always' });
  if (minutes < 60) return relative.format(-minutes, 'minute');
  const isToday = new Date(ms).toDateString() === new Date(now).toDateString();
  return isToday ? relative.format(-Math.round(minutes / 60), 'hour') : ago(ms, now);
}

/** "today", "yesterday", "3 days ago"; from 30 days on, the date. */
export function ago(ms: number, now = Date.now()): string {
  const start = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  const days = Math.round((start(now) - start(ms)) / 86_400_000);
  if (days >= 30 || days < 0) return date(ms);
  return new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }).format(-days, 'day');
}
