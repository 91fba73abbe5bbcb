/** When an unlocked session ends: idle time, system lock, ceiling, browser restart, update (S-101, S-102, S-114). */
import type { LockAfter } from '../shared/api.ts';
import { CEILING_MS, deadlineFor, isAlive, readSession, type Session, UseClock, writeSession } from './session.ts';

export const LOCK_ALARM = 'lock';
/** Extending the deadline at every key stroke would write as often; this much earlier it may end. */
const TOUCH_STEP_MS = 5_000;

let current: Session | null = null;
const clock = new UseClock();

/** The session as it stands, null once it is over; only what has been recalled counts. */
export function currentSession(): Session | null {
  if (current && !isAlive(current, clock.now())) current = null;
  return current;
}

let recalled: Promise<{ ended: boolean }> | null = null;

/** Once for each worker: reads what an earlier one left, and refuses a session that is over (S-101). */
export function recall(): Promise<{ ended: boolean }> {
  recalled ??= readSession().then(async (stored) => {
    clock.used();
    if (isAlive(stored, Date.now())) current = stored;
    else if (stored !== undefined) await chrome.storage.session.remove('session');
    return { ended: stored !== undefined && current === null };
  });
  return recalled;
}

/** The session, after a wake as well. */
export async function recallSession(): Promise<Session | null> {
  await recall();
  return currentSession();
}

/** Whether a session seems to be open, without waking the engine: for badge and menus. */
export async function seemsUnlocked(): Promise<boolean> {
  return (await recallSession()) !== null;
}

export async function beginSession(secret: string, state: string, lockAfter: LockAfter): Promise<void> {
  const now = Date.now();
  const ceiling = now + CEILING_MS;
  await keep({ secret, state, lockAfter, seen: now, ceiling, deadline: deadlineFor(now, lockAfter, ceiling) });
}

/** Sesame was used: the idle time starts again. */
export async function touch(): Promise<void> {
  const session = currentSession();
  if (!session) return;
  const now = Date.now();
  if (now - session.seen < TOUCH_STEP_MS) return;
  await keep({ ...session, seen: now, deadline: deadlineFor(now, session.lockAfter, session.ceiling) });
}

/** After a change of the engine's session state (a factor shown again) or of the idle time. */
export async function updateSession(change: { state?: string; lockAfter?: LockAfter }): Promise<void> {
  const session = currentSession();
  if (!session) return;
  const next = { ...session, ...change, seen: Date.now() };
  await keep({ ...next, deadline: deadlineFor(next.seen, next.lockAfter, next.ceiling) });
}

/** Forgets the session in this worker at once; storage is wiped by whoever locks. */
export function endSession(): void {
  current = null;
}

async function keep(session: Session): Promise<void> {
  current = session;
  clock.used();
  await writeSession(session);
  await watch(session);
}

/** Alarms and the idle interval don't outlive every restart: set again at each wake with a session. */
export async function watch(session: Session): Promise<void> {
  // chrome.idle takes 15 s at least. It reports the system's lock whatever the interval.
  chrome.idle.setDetectionInterval(Math.max(15, session.lockAfter * 60));
  await chrome.alarms.create(LOCK_ALARM, { when: session.deadline });
}

/** Whether the alarm still speaks for the session: one that was set before the last use does not. */
export async function alarmEnds(scheduledTime: number): Promise<boolean> {
  const session = await recallSession();
  return session === null || scheduledTime >= session.deadline - 1;
}

/** The system's own idleness counts as Sesame's, except where only the browser's end shall lock. */
export async function idleEnds(state: string): Promise<boolean> {
  const session = await recallSession();
  if (state === 'locked') return true;
  return state === 'idle' && session !== null && session.lockAfter !== 0;
}
