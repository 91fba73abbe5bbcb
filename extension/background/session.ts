/**
 * The unlocked session in storage.session: memory only, for trusted contexts only, gone with the
 * browser. It lets a woken service worker go on, and it decides when it may not (S-101, S-102).
 */
import type { LockAfter, TimeMs } from '../shared/api.ts';

/** However much Sesame is used, the person shows a factor again after this time (S-102). */
export const CEILING_MS = 12 * 60 * 60 * 1000;
/** A clock may be corrected by a few seconds without that looking like an attack. */
const CLOCK_SLACK_MS = 5_000;

export interface Session {
  /** Base64url: what `Engine.resume` takes. */
  secret: string;
  /** `Engine.sessionState()`: how it was opened and until when a factor is fresh. */
  state: string;
  /** When it ends unless Sesame is used. */
  deadline: TimeMs;
  /** When it ends in any case. */
  ceiling: TimeMs;
  /** When Sesame was last used; a clock that shows less has been moved back. */
  seen: TimeMs;
  lockAfter: LockAfter;
}

/** The end of a session that was last used at `seen`. 0 = when the browser closes, or at the ceiling. */
export function deadlineFor(seen: TimeMs, lockAfter: LockAfter, ceiling: TimeMs): TimeMs {
  return lockAfter === 0 ? ceiling : Math.min(ceiling, seen + lockAfter * 60_000);
}

/** A missing or odd part counts as an ended session (S-101). */
export function isAlive(session: unknown, now: TimeMs): session is Session {
  if (typeof session !== 'object' || session === null) return false;
  const { secret, state, deadline, ceiling, seen, lockAfter } = session as Partial<Session>;
  return (
    typeof secret === 'string' &&
    secret !== '' &&
    typeof state === 'string' &&
    [deadline, ceiling, seen, lockAfter].every(Number.isSafeInteger) &&
    now < Number(deadline) &&
    now < Number(ceiling) &&
    Number(deadline) <= Number(ceiling) &&
    Number(ceiling) - Number(seen) <= CEILING_MS &&
    now >= Number(seen) - CLOCK_SLACK_MS
  );
}

/**
 * Time since `seen` by whichever clock says more: the wall clock goes on while the computer sleeps, and
 * the monotonic one can't be set back. `performance.now()` starts anew with each service worker.
 */
export class UseClock {
  private wall: TimeMs;
  private steady: number;
  constructor(now: TimeMs = Date.now(), steady: number = performance.now()) {
    this.wall = now;
    this.steady = steady;
  }
  used(now: TimeMs = Date.now(), steady: number = performance.now()): void {
    this.wall = now;
    this.steady = steady;
  }
  /** Now, as if the wall clock had never been set back since the last use. */
  now(now: TimeMs = Date.now(), steady: number = performance.now()): TimeMs {
    return now < this.wall - CLOCK_SLACK_MS ? now : Math.max(now, this.wall + (steady - this.steady));
  }
}

export async function readSession(): Promise<unknown> {
  return (await chrome.storage.session.get('session'))['session'];
}

export async function writeSession(session: Session): Promise<void> {
  await chrome.storage.session.set({ session });
}

/**
 * Everything of the session and all that leans on it: intents, unsealed drafts, the clipboard's mark (S-98).
 * What stays is which sealed sign-ins wait to be saved: without a secret, and needed while locked as well.
 */
export async function wipeSession(): Promise<void> {
  const { flows } = await chrome.storage.session.get('flows');
  await chrome.storage.session.clear();
  if (flows !== undefined) await chrome.storage.session.set({ flows });
}
