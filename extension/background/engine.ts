/** The engine's Wasm, loaded once per service worker, and the actor that owns its one instance. */
import init, { __wbg_reset_state, Engine } from '../../build/wasm/engine/engine.js';
import { fromB64 } from '../shared/bytes.ts';
import { Actor, type Desk } from './actor.ts';
import { currentSession, recallSession } from './autolock.ts';
import { apply, readVault } from './storage.ts';
import { editedItems } from './writes.ts';

export type EngineDesk = Desk<Engine>;

let started: Promise<unknown> | null = null;
/** Counts instances: what belongs to an earlier one (a backup's engine) is gone. */
let instance = 0;
let suffixesIn = -1;
/** Nothing has been in this instance's memory yet. */
let clean = true;
let onExpiry: () => void = () => undefined;
let onEdit: () => void = () => undefined;

function start(): Promise<void> {
  started ??= init({ module_or_path: fetch(chrome.runtime.getURL('engine.wasm')) }).catch((failure: unknown) => {
    started = null;
    throw failure;
  });
  return started.then(() => undefined);
}

/** Linear memory can't shrink, or be trusted after a panic; a new instance starts from zeroes (S-98). */
function reset(): void {
  if (clean) return;
  __wbg_reset_state();
  instance += 1;
  clean = true;
}

let early: ReturnType<typeof readVault> | null = null;
let warmed = false;

/**
 * Begins what the first job will wait for, while the rest of a wake is still going on. Only once:
 * what is read here is true only until the first job, which takes it.
 */
export function warm(): void {
  if (warmed) return;
  warmed = true;
  start().catch(() => undefined);
  early = readVault();
  early.catch(() => undefined);
}

const actor = new Actor<Engine>({
  start,
  fresh: () => {
    reset();
    clean = false;
    return new Engine();
  },
  // Nothing can have been written since `warm`: whatever writes has to load first.
  read: () => {
    warmed = true;
    const begun = early;
    early = null;
    return begun ?? readVault();
  },
  write: async (writes) => {
    await apply(writes);
    const touched = (name: string): boolean => writes.some(([store, key]) => store === 'vault' && key === name);
    if (editedItems(writes).length > 0 || (touched('header') && !touched('sync'))) onEdit();
  },
  session: async () => {
    const session = await recallSession();
    return session && { secret: fromB64(session.secret), state: session.state };
  },
  alive: () => currentSession() !== null,
  expired: () => onExpiry(),
});

/** Does `job` on the engine when its turn comes. */
export const run = <T>(job: (desk: EngineDesk) => T | Promise<T>): Promise<T> => actor.run(job);

/** Zeroizes the engine and drops its memory; `after` runs before the next job. */
export const lockEngine = (after: () => Promise<void>): Promise<void> =>
  actor.lock(async () => {
    try {
      reset();
    } finally {
      await after();
    }
  });

/** What locking means beyond the engine is not this file's business; called when a session is found ended. */
export function whenExpired(act: () => void): void {
  onExpiry = act;
}

/** Called after each change that an account has to hear of. */
export function whenEdited(act: () => void): void {
  onEdit = act;
}

export const currentInstance = (): number => instance;

let suffixes: Promise<Uint8Array> | null = null;

/** The public suffix list, which only address matching needs; kept out of the wake (133 kB). */
export async function withSuffixes(desk: EngineDesk): Promise<Engine> {
  if (suffixesIn !== instance) {
    suffixes ??= fetch(chrome.runtime.getURL('suffixes.dat')).then(async (file) => new Uint8Array(await file.arrayBuffer()));
    suffixes.catch(() => {
      suffixes = null;
    });
    desk.engine.loadSuffixes(await suffixes);
    suffixesIn = instance;
  }
  return desk.engine;
}
