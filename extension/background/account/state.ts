/** What pages are told of the account: the stored record, what waits, and how the last round of sync ended. */
import type { AccountState } from '../../shared/account.ts';
import type { EngineDesk } from '../engine.ts';
import { countRows } from '../storage.ts';
import { otherBrowsers } from './browsers.ts';
import { accountEngine, viewOf } from './desk.ts';
import { remembered } from './remember.ts';
import { isSyncing } from './sync.ts';

/** In the turn of whoever asks for the rest of the status; null without an account. */
export async function accountState({ engine, state }: EngineDesk): Promise<AccountState | null> {
  const view = state === 'absent' ? null : viewOf(engine);
  if (!view) return null;
  const [items, trouble, says, others] = await Promise.all([
    countRows('bases'),
    remembered('accountTrouble'),
    remembered('accountSays'),
    otherBrowsers(view.generation),
  ]);
  const header = state === 'unlocked' && accountEngine(engine).headerWaits() ? 1 : 0;
  const { server, email, generation, fingerprint, mode, state: membership, reason, lastSyncAt, passwordBehind, reset } = view;
  return {
    server,
    email,
    gen: generation,
    fingerprint,
    mode,
    state: membership,
    reason,
    lastSyncAt,
    waiting: items + header,
    syncing: isSyncing(),
    problem: trouble?.problem ?? null,
    retryAt: trouble?.retryAt ?? null,
    passwordBehind,
    reset,
    emailPending: says?.emailPending ?? false,
    undoPossible: says?.undoPossible ?? false,
    deleteAt: says?.deleteAt ?? null,
    others,
  };
}
