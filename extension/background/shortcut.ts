/** Ctrl/Cmd+Shift+L: fills the best match of the tab, or opens the popup where there is something to see or to do. */
import type { ItemId, ItemSummary } from '../shared/api.ts';
import { touch } from './autolock.ts';
import { run, withSuffixes } from './engine.ts';
import { fill } from './fill.ts';
import { openPopup, setIntent } from './intents.ts';
import { expectCode } from './next-code.ts';
import { type WebTab, webTab } from './tabs.ts';
import { Turns } from './turns.ts';

/** Pressing again within this time means "not that one". */
const CYCLE_MS = 15_000;

interface LastFill {
  origin: string;
  id: ItemId;
  at: number;
}

const presses = new Turns();

/** One press after another: a second look at the page would take it from under the first. */
export const fillByShortcut = (tabId: number): Promise<void> => presses.take(() => press(tabId));

async function press(tabId: number): Promise<void> {
  const tab = await webTab(tabId);
  if (!tab) return;
  const rows = await matches(tab);
  if (rows === null) return ask(null, tab);
  const id = await choose(tab.origin, rows);
  if (id === null) return openPopup();
  await touch();
  const outcome = await fill({ id, tabId: tab.id });
  if (outcome.result !== 'filled') return ask(id, tab);
  await noteFill(tab.origin, id);
}

/** Null while locked. */
export function matches(tab: WebTab): Promise<ItemSummary[] | null> {
  return run(async (desk) => {
    if (desk.state !== 'unlocked') return null;
    return JSON.parse((await withSuffixes(desk)).matches(tab.origin, tab.url)) as ItemSummary[];
  });
}

async function ask(itemId: ItemId | null, tab: WebTab): Promise<void> {
  await setIntent({ kind: 'fill', itemId, tabId: tab.id, origin: tab.origin });
  await openPopup();
}

/** The one used last on this site; pressed again at once, the next in the list. */
export async function choose(origin: string, rows: ItemSummary[]): Promise<ItemId | null> {
  const last = (await chrome.storage.session.get('lastFill'))['lastFill'] as LastFill | undefined;
  const at = last?.origin === origin ? rows.findIndex(({ id }) => id === last.id) : -1;
  if (at < 0 || !last) return rows[0]?.id ?? null;
  const again = Date.now() - last.at < CYCLE_MS;
  return rows[again ? (at + 1) % rows.length : at]?.id ?? null;
}

/** In session memory only: where somebody signs in is nobody's business on disk. `codeNext`: a one-time code may be asked for next. */
export async function noteFill(origin: string, id: ItemId, codeNext = true): Promise<void> {
  await chrome.storage.session.set({ lastFill: { origin, id, at: Date.now() } satisfies LastFill });
  if (codeNext) await expectCode(id, origin);
}
