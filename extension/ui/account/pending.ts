/**
 * A sign-up that has begun: the vault is here and open, the account waits for the code from the mail. Kept
 * as a draft, sealed, so that it can be finished in another popup or on another day.
 */
import { ui } from '../state.ts';
import type { AccountAddress } from './account-fields.tsx';

const FORM = 'account-join';

/** `begun`: a code has been asked for. */
interface Pending extends AccountAddress {
  begun: boolean;
}

export const keepPending = (pending: Pending): Promise<void> => ui.saveDraft({ form: FORM, value: JSON.stringify(pending) });

export const dropPending = (): Promise<void> => ui.dropDraft({ form: FORM });

/** Whose sign-up is not finished; null without one. */
export async function findPending(): Promise<AccountAddress | null> {
  try {
    const kept: unknown = JSON.parse((await ui.loadDraft({ form: FORM })) ?? 'null');
    return isPending(kept) && kept.begun ? { email: kept.email, server: kept.server } : null;
  } catch {
    return null;
  }
}

function isPending(kept: unknown): kept is Pending {
  if (typeof kept !== 'object' || kept === null) return false;
  const { email, server, begun } = kept as Partial<Pending>;
  return typeof email === 'string' && typeof server === 'string' && typeof begun === 'boolean';
}
