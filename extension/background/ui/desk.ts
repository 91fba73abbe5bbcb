/** What all handlers share: the typed table of calls, and jobs that need an open vault. */
import type { Factor, UiApi } from '../../shared/api.ts';
import { fromB64, toB64, utf8, wipe } from '../../shared/bytes.ts';
import { SesameError } from '../../shared/errors.ts';
import { beginSession, updateSession } from '../autolock.ts';
import { refreshAllBadges } from '../badge.ts';
import { type EngineDesk, run } from '../engine.ts';
import { tell } from '../pages.ts';
import type { Caller } from '../sender.ts';

/** A handler gets what came over the boundary, unchecked, and who sent it. */
type Handler<K extends keyof UiApi> = (input: unknown, caller: Caller) => Promise<ReturnType<UiApi[K]>>;
export type Handlers<K extends keyof UiApi = keyof UiApi> = { [Call in K]: Handler<Call> };

export function parse<T>(json: string): T {
  return JSON.parse(json) as T;
}

/** A job on an open vault; `locked` or `absent` otherwise. */
export function onOpen<T>(job: (desk: EngineDesk) => T | Promise<T>): Promise<T> {
  return run((desk) => {
    if (desk.state !== 'unlocked') throw new SesameError(desk.state === 'absent' ? 'absent' : 'locked');
    return job(desk);
  });
}

/** A job that changes the open vault: all pages hear of it after it is on the disk. */
export async function onChange<T>(job: (desk: EngineDesk) => T | Promise<T>): Promise<T> {
  const result = await onOpen(job);
  changed();
  return result;
}

export function changed(): void {
  tell('changed');
  void refreshAllBadges();
}

/** Bytes for the engine, wiped when it is done with them. */
export function withBytes<T>(encoded: string, use: (bytes: Uint8Array) => T): T {
  const bytes = fromB64(encoded);
  try {
    return use(bytes);
  } finally {
    wipe(bytes);
  }
}

export function withText<T>(text: string, use: (bytes: Uint8Array) => T): T {
  const bytes = utf8(text);
  try {
    return use(bytes);
  } finally {
    wipe(bytes);
  }
}

interface Settings {
  lockAfter: 0 | 1 | 5 | 15 | 60;
}

/** The engine has been opened: from here on a woken worker may reopen it without asking. */
export async function startSession(desk: EngineDesk): Promise<Factor> {
  const secret = desk.engine.sessionSecret();
  const state = desk.engine.sessionState();
  try {
    await beginSession(toB64(secret), state, parse<Settings>(desk.engine.settings()).lockAfter);
  } finally {
    wipe(secret);
  }
  desk.opened();
  return parse<{ openedBy: Factor }>(state).openedBy;
}

/** After a factor was shown again, a woken worker has to know until when it counts as fresh. */
export async function keepFreshness(desk: EngineDesk): Promise<void> {
  await updateSession({ state: desk.engine.sessionState() });
}
