/**
 * A master password that was set on another browser opens this one too, before the next sync: the account
 * takes it, and gives the vault's newer header, which opens with it.
 */
import type { AccountState } from '../../shared/account.ts';
import { date, errorText, t } from '../../shared/i18n.ts';
import { hostOf } from '../account/address.ts';
import { withSession } from '../account/flows.ts';
import { codeOf, ui } from '../state.ts';
import { withAuth } from '../with-auth.ts';

/** Opens the vault; rejects with `wrong-secret` where the account does not take the password either. */
export function throughAccount(typed: string, { server, email }: AccountState, signal: AbortSignal): Promise<unknown> {
  return withAuth(typed, signal, async (session) => {
    const { loginId, credId, ke2, pinned } = await ui.signInStart({ server, email, ke1: await session.loginStart() });
    const { ke3, serverKey } = await session.loginFinish({ ke2, credId, server, serverKey: pinned || undefined });
    signal.throwIfAborted();
    const { passwordSlots } = await ui.unlockThroughAccount({ loginId, ke3, credId, serverKey });
    return withSession(session, passwordSlots, (opener) => ui.unlock(opener));
  });
}

/** Whether the account can have a password that this browser doesn't know of. */
export const canAsk = (account: AccountState | null | undefined): account is AccountState =>
  account !== null && account !== undefined && account.state !== 'reset-elsewhere';

/** What came of asking the account, as a line under "Wrong master password"; null where there is no more to say. */
export function accountClue(failure: unknown, account: AccountState): string | null {
  const code = codeOf(failure);
  if (code === 'denied' || code === 'wrong-secret') return null;
  if (code === 'offline') return t('locked_account_offline', hostOf(account.server));
  if (code === 'gen-changed') return t('locked_account_reset');
  return t('locked_account_failed', errorText(code));
}

/** Where the account was reset, only what was true before opens this vault. */
export const resetClue = (account: AccountState | null | undefined): string | null =>
  account?.state === 'reset-elsewhere' && account.reset ? t('locked_account_reset_at', date(account.reset.at)) : null;
