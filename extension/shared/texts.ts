/** The tables of texts themselves, for rooms without Preact; shared/i18n.ts draws from them with signals. */
import type en from '../_locales/en/messages.json';
import type { Prefs } from './api.ts';

export type TextKey = keyof typeof en;
export type Language = 'en' | 'it';
export type Table = Partial<Record<TextKey, { message: string }>>;

export function chosen(choice: Prefs['language']): Language {
  if (choice !== 'system') return choice;
  return chrome.i18n.getUILanguage().toLowerCase().startsWith('it') ? 'it' : 'en';
}

const tables = new Map<Language, Promise<Table>>();

export function tableOf(wanted: Language): Promise<Table> {
  const known = tables.get(wanted);
  if (known) return known;
  const fetched = fetch(chrome.runtime.getURL(`_locales/${wanted}/messages.json`)).then((answer) => answer.json() as Promise<Table>);
  tables.set(wanted, fetched);
  fetched.catch(() => tables.delete(wanted));
  return fetched;
}

/** The text of `key`; `$1`, `$2`, ... stand for `values`. */
export function textIn(table: Table, key: TextKey, values: (string | number)[]): string {
  const message = table[key]?.message ?? key;
  return message.replace(/\$(\d)/g, (_, n: string) => String(values[Number(n) - 1] ?? ''));
}
