import type { CustomField, ItemEdit, ItemKind, Website } from '../../shared/api.ts';
import { blankItem } from './fields.ts';
import { checkOtp } from './otp-secret.ts';
import { joinTags, parseTags } from './tags.ts';
import { DEFAULT_MATCH, nameFromHost, stored, websiteProblem } from './website.ts';

/**
 * What the editor holds: the item, and the tags as the line that is being typed. Pure data, so
 * that it can be put away as a draft at any moment and taken up again.
 */
export interface EditState {
  item: ItemEdit;
  tagLine: string;
}

/** Fields by the id that their input has on the page. */
export interface EditProblem {
  field: 'name' | 'totp' | `website-${number}` | `custom-${number}`;
  reason: 'name-missing' | 'totp' | 'not-address' | 'not-web' | 'regex' | 'field-name';
}

export function startNew(kind: ItemKind, tab: { origin: string; host: string } | null): EditState {
  const item = blankItem(kind);
  if (kind === 'login') {
    item.websites = [{ url: tab?.origin ?? '', match: DEFAULT_MATCH }];
    if (tab !== null) item.name = nameFromHost(tab.host);
  }
  return { item, tagLine: '' };
}

export function startEdit(item: ItemEdit): EditState {
  const websites = item.kind === 'login' && item.websites.length === 0 ? [newWebsite()] : item.websites;
  return { item: { ...item, websites }, tagLine: joinTags(item.tags) };
}

export function newWebsite(): Website {
  return { url: '', match: DEFAULT_MATCH };
}

/** Changes one entry of a list without touching the old state. */
export function replaceAt<T>(list: readonly T[], index: number, change: Partial<T>): T[] {
  return list.map((entry, at) => (at === index ? { ...entry, ...change } : entry));
}

export function removeAt<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, at) => at !== index);
}

export function problems(state: EditState): EditProblem[] {
  const { item } = state;
  const found: EditProblem[] = [];
  if (item.name.trim() === '') found.push({ field: 'name', reason: 'name-missing' });
  item.websites.forEach((website, at) => {
    const reason = websiteProblem(website);
    if (reason !== null) found.push({ field: `website-${at}`, reason });
  });
  if (checkOtp(item.totp).state === 'bad') found.push({ field: 'totp', reason: 'totp' });
  item.custom.forEach((field, at) => {
    if (isNamelessField(field)) found.push({ field: `custom-${at}`, reason: 'field-name' });
  });
  return found;
}

/** What is handed to the engine: blanks dropped, addresses with their scheme, tags split. */
export function finished(state: EditState): ItemEdit {
  const { item } = state;
  return {
    ...item,
    name: item.name.trim(),
    websites: item.websites.filter((website) => website.url.trim() !== '').map(stored),
    totp: item.totp.trim(),
    custom: item.custom.filter((field) => field.name.trim() !== '').map((field) => ({ ...field, name: field.name.trim() })),
    fields: Object.fromEntries(Object.entries(item.fields).filter(([, value]) => value !== '')),
    tags: parseTags(state.tagLine),
  };
}

export function sameState(a: EditState, b: EditState): boolean {
  return JSON.stringify(finished(a)) === JSON.stringify(finished(b));
}

/** False for what another version, or half a write, may have left as a draft. */
export function isEditState(value: unknown): value is EditState {
  if (typeof value !== 'object' || value === null || !('item' in value) || !('tagLine' in value)) return false;
  const { item, tagLine } = value;
  if (typeof tagLine !== 'string' || typeof item !== 'object' || item === null) return false;
  return 'kind' in item && isKind(item.kind) && hasShape(item, blankItem(item.kind));
}

function hasShape(item: object, like: ItemEdit): boolean {
  const found = item as Record<string, unknown>;
  return Object.entries(like).every(
    ([key, sample]) => typeof found[key] === typeof sample && found[key] !== null && Array.isArray(found[key]) === Array.isArray(sample),
  );
}

function isKind(value: unknown): value is ItemKind {
  return value === 'login' || value === 'card' || value === 'identity' || value === 'note';
}

function isNamelessField(field: CustomField): boolean {
  return field.name.trim() === '' && field.value !== '' && field.value !== 'false';
}
