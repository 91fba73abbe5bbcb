import type { ListPage, UiApi } from '../../shared/api.ts';
import { ui } from '../../shared/rpc.ts';
import { changes } from '../state.ts';
import { type Filter, PAGE_ROWS } from './pages.ts';

/**
 * The list's first questions, asked together with the first `status()` instead of after it: a popup
 * opened on an unlocked vault then has its rows as soon as it can draw. While locked they only fail.
 */
let firstPage: Promise<ListPage> | null = null;
let firstSite: Promise<ReturnType<UiApi['forThisSite']>> | null = null;

let askedAt = 0;
let change = 0;

const FIRST: Filter = { text: '', in: 'items' };
/** A list that is first shown later than this asks for itself. */
const GOOD_FOR_MS = 2000;

export function askEarly(): void {
  askedAt = performance.now();
  change = changes.peek();
  firstPage = ui.list({ ...FIRST, offset: 0, limit: PAGE_ROWS });
  firstSite = ui.forThisSite();
  // Whoever takes them asks again when they failed; if nobody does, nothing is lost.
  firstPage.catch(() => undefined);
  firstSite.catch(() => undefined);
}

/** As `ui.list`, from the early answer where it is one to this very question; good for one use. */
export function listRows(query: Parameters<UiApi['list']>[0]): Promise<ListPage> {
  const ask = (): Promise<ListPage> => ui.list(query);
  const early = firstPage;
  firstPage = null;
  const fits = query.text === FIRST.text && query.in === FIRST.in && query.offset === 0 && query.limit === PAGE_ROWS;
  return early !== null && fits && isGood() ? early.catch(ask) : ask();
}

/** As `ui.forThisSite`, from the early answer the first time. */
export function siteRows(): Promise<ReturnType<UiApi['forThisSite']>> {
  const early = firstSite;
  firstSite = null;
  return early !== null && isGood() ? early.catch(() => ui.forThisSite()) : ui.forThisSite();
}

const isGood = (): boolean => performance.now() - askedAt < GOOD_FOR_MS && changes.peek() === change;
