/** Why the last attempt to sync came to nothing, and when the next one is due. */
import type { AccountState } from '../../shared/account.ts';
import type { TimeMs } from '../../shared/api.ts';
import type { ErrorCode, SesameError } from '../../shared/errors.ts';
import { Refusal } from '../server/refusal.ts';

export interface Trouble {
  problem: NonNullable<AccountState['problem']>;
  retryAt: TimeMs;
  /** Attempts in a row that came to nothing. */
  failures: number;
}

/** An alarm can't ring earlier. */
const FIRST_MS = 30_000;
const LONGEST_MS = 15 * 60_000;

const PROBLEMS: Partial<Record<ErrorCode, Trouble['problem']>> = {
  offline: 'offline',
  'server-error': 'server',
  'not-a-server': 'server',
  denied: 'server',
  'not-found': 'server',
  'too-large': 'over-quota',
  'over-quota': 'over-quota',
  'slow-down': 'slow-down',
  quota: 'storage',
  storage: 'storage',
  'newer-format': 'update',
};

/**
 * Null where trying again by itself would be wrong or pointless: the state of the account says so then.
 * `chance` in 0..1 keeps many browsers from coming back at the same moment after a server was away.
 */
export function troubleAfter(failure: SesameError, before: Trouble | null, now: TimeMs, chance: number): Trouble | null {
  const problem = PROBLEMS[failure.code];
  if (!problem) return null;
  const failures = (before?.failures ?? 0) + 1;
  const longest = Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 10), LONGEST_MS);
  const wait = Math.max(FIRST_MS, longest * (0.5 + chance / 2));
  const asked = failure instanceof Refusal && failure.refusal === 'slow-down' ? failure.waitSeconds * 1000 : 0;
  return { problem, retryAt: Math.ceil(now + Math.max(wait, asked)), failures };
}
