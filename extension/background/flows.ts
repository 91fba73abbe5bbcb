/**
 * Sign-ins between being typed and being saved. What was typed lies sealed in the store `captures`; here is
 * only which sealed pieces belong together, where, and how far they are: in session memory, without a
 * secret, so that it outlives the worker, the popup and the page (and a lock, see session.ts).
 */
import type { ItemId } from '../shared/api.ts';
import { apply, readKeys } from './storage.ts';
import { Turns } from './turns.ts';

/** Steps further apart are no one sign-in, and what no site answered is nobody's account, ms. */
export const FLOW_MS = 10 * 60_000;
/** How long a sign-in that succeeded waits for its question, ms. */
const WAITS_MS = 24 * 60 * 60_000;
const MOST = 20;
/** Of these so many typed in one tab: no page, however often it says that something was sent, displaces what others wait for (S-91). */
const MOST_OF_TAB = 5;
/** Forms of one sign-in. */
const MOST_PIECES = 8;
export const CAPTURES_ALARM = 'captures';

export interface Flow {
  id: string;
  /** Keys in the store, oldest first. */
  captures: string[];
  /** Where it was typed, as attested (S-80). */
  origin: string;
  tabId: number;
  frame: number;
  documentId: string;
  /** The tab's own document at that time. */
  topId: string;
  /** `named`: a user name, no password yet. `pending`: sent. `waiting`: taken by the site. `kept`: no answer came, but the password is one that Sesame made. */
  state: 'named' | 'pending' | 'waiting' | 'kept';
  at: number;
  /** A password to be was typed. */
  fresh: boolean;
  generated: boolean;
  /** How often it was asked about in the page. */
  asked: number;
  /** How many of the captures a site has taken already, and stay if it refuses what came after them. */
  back: number;
}

/** What a save did, to be taken back. */
export interface Undo {
  id: string;
  itemId: ItemId;
  was: 'new' | 'update';
  /** SHA-256 of the row that it left. */
  row: string;
}

interface Stored {
  flows?: Flow[];
  undo?: Undo | null;
}

const turns = new Turns();

/** One change after the other: events of a page come faster than storage answers. */
export const inTurn = <T>(job: () => Promise<T>): Promise<T> => turns.take(job);

const read = async (): Promise<Stored> => (await chrome.storage.session.get(['flows', 'undo'])) as Stored;

/** All that still matter; the others are forgotten, and their sealed pieces deleted. */
export async function flows(): Promise<Flow[]> {
  const { flows: all = [] } = await read();
  const now = Date.now();
  const kept = all.flatMap((flow): Flow[] => {
    const old = now - flow.at > (flow.state === 'waiting' ? WAITS_MS : FLOW_MS);
    if (!old || flow.state === 'kept') return [flow];
    if (flow.back > 0) return [without(flow)];
    return flow.generated ? [{ ...flow, state: 'kept' }] : [];
  });
  const least = fewest(kept);
  if (JSON.stringify(least) !== JSON.stringify(all)) await store(least);
  return least;
}

/** A sign-in without what came after that which a site took: of two passwords the refused one is not asked about. */
export const without = (flow: Flow): Flow => ({ ...flow, captures: flow.captures.slice(0, flow.back), back: 0, state: 'waiting' });

/** What there is room for: of too many the oldest go, those with a password that Sesame made last. */
export function fewest(all: Flow[]): Flow[] {
  const gone = new Set<Flow>();
  const thin = (some: Flow[], most: number): void => {
    const inOrder = [...some.filter(({ generated }) => !generated), ...some.filter(({ generated }) => generated)];
    for (const flow of inOrder.slice(0, Math.max(0, some.length - most))) gone.add(flow);
  };
  for (const tab of new Set(all.map(({ tabId }) => tabId)))
    if (tab >= 0)
      thin(
        all.filter(({ tabId }) => tabId === tab),
        MOST_OF_TAB,
      );
  const left = all.filter((flow) => !gone.has(flow));
  thin(left, MOST);
  return left
    .filter((flow) => !gone.has(flow))
    .map((flow) => {
      const over = Math.max(0, flow.captures.length - MOST_PIECES);
      return over === 0 ? flow : { ...flow, captures: flow.captures.slice(over), back: Math.max(0, flow.back - over) };
    });
}

async function store(all: Flow[]): Promise<void> {
  const { flows: before = [] } = await read();
  await chrome.storage.session.set({ flows: all });
  const left = new Set(all.flatMap(({ captures }) => captures));
  await discard(before.flatMap(({ captures }) => captures).filter((key) => !left.has(key)));
  if (all.length === 0) await chrome.alarms.clear(CAPTURES_ALARM);
  else await chrome.alarms.create(CAPTURES_ALARM, { periodInMinutes: 10 });
}

/** Of a sign-in that was saved, the engine deleted the pieces already. */
export async function discard(keys: string[]): Promise<void> {
  await apply(keys.map((key) => ['captures', key, null]));
}

export const put = async (flow: Flow): Promise<void> => store([...(await flows()).filter(({ id }) => id !== flow.id), flow]);

export const remove = async (id: string): Promise<void> => store((await flows()).filter((flow) => flow.id !== id));

export const flowOf = async (id: string): Promise<Flow | undefined> => (await flows()).find((flow) => flow.id === id);

/** A password that Sesame made is worth a question before the site has answered, and if it never does. */
const waits = ({ state, generated }: Flow): boolean => state === 'waiting' || state === 'kept' || (state === 'pending' && generated);

/** Those that people are asked about, the newest last. */
export const waiting = async (): Promise<Flow[]> => (await flows()).filter(waits);

/** Whether something typed in this tab waits to be saved; changes nothing, so it needs no turn. */
export async function waitsIn(tabId: number): Promise<boolean> {
  const { flows: all = [] } = await read();
  return all.some((flow) => flow.tabId === tabId && waits(flow));
}

export async function noteUndo(undo: Undo | null): Promise<void> {
  await chrome.storage.session.set({ undo });
}

export async function undoOf(id: string): Promise<Undo | null> {
  const { undo } = await read();
  return undo?.id === id ? undo : null;
}

/** Sealed pieces of an earlier session of the browser that nothing here knows of. */
export async function orphans(): Promise<string[]> {
  const known = new Set((await flows()).flatMap(({ captures }) => captures));
  return (await readKeys('captures')).filter((key) => !known.has(key));
}
