import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AccountState } from '../../shared/account.ts';
import { errorText, t } from '../../shared/i18n.ts';
import { passwordProblemOf } from '../auth.ts';
import { goHome } from '../home.ts';
import { Link, problem, say } from '../parts/index.ts';
import { withPassword } from '../parts/open-password.ts';
import { quickClues, rememberLayout, replacedClue, watchCapsLock } from '../parts/password-clues.ts';
import { go } from '../route.ts';
import { codeOf, ownStep, refresh, status, ui } from '../state.ts';

/** Only where there is an account, and only after a password that did not fit. */
const account = () => import('./locked-account.ts');

interface PasswordUnlock {
  busy: Signal<boolean>;
  /** The password did not fit here, and is being tried at the account. */
  asking: Signal<boolean>;
  /** True for the moment between the right password and the next screen: the seed opens. */
  opened: Signal<boolean>;
  run: () => Promise<void>;
  cancel: () => void;
}

export function usePasswordUnlock(password: Signal<string>, field: RefObject<HTMLInputElement | null>): PasswordUnlock {
  const busy = useSignal(false);
  const asking = useSignal(false);
  const opened = useSignal(false);
  const job = useRef<AbortController>(undefined);
  /** Of this account the vault here is the one from before a reset. */
  const anew = useRef<AccountState | null>(null);
  useEffect(() => watchCapsLock(), []);
  useEffect(() => () => job.current?.abort(), []);

  const run = async (): Promise<void> => {
    const locked = status.value?.locked;
    if (!locked || busy.value) return;
    if (password.value === '') {
      field.current?.focus();
      return problem(t('type_master_password'));
    }
    job.current?.abort();
    const mine = new AbortController();
    job.current = mine;
    const typed = password.value;
    problem(null);
    busy.value = true;
    try {
      await ownStep(async () => {
        await withPassword(typed, locked.passwordSlots, mine.signal, (opener) => ui.unlock(opener));
        await enter();
      });
    } catch (failure) {
      const asks = status.value?.account?.mode === 'auto' && codeOf(failure) === 'wrong-secret' && !mine.signal.aborted;
      const clue = asks ? await atAccount(typed, mine.signal) : null;
      busy.value = false;
      if (opened.value) return;
      if (mine.signal.aborted) return field.current?.focus();
      field.current?.select();
      if (codeOf(failure) === 'wrong-secret') await explain(typed, mine.signal, clue);
      else if (codeOf(failure) === 'damaged') sayDamaged();
      else problem(passwordProblemOf(failure) ? t('wrong_master_password') : errorText(codeOf(failure)));
    }
  };

  const enter = async (): Promise<void> => {
    opened.value = true;
    password.value = '';
    void rememberLayout();
    goHome(await refresh());
  };

  /** It may have been changed on another browser. Says what else is to be known if it opens nothing. */
  const atAccount = async (typed: string, signal: AbortSignal): Promise<string | null> => {
    const known = status.value?.account;
    if (!known) return null;
    const { accountClue, canAsk, resetClue, throughAccount } = await account();
    anew.current = canAsk(known) ? null : known;
    if (!canAsk(known)) return resetClue(known);
    asking.value = true;
    try {
      await ownStep(async () => {
        await throughAccount(typed, known, signal);
        await enter();
        say(t('locked_account_opened'));
      });
      return null;
    } catch (failure) {
      if (codeOf(failure) === 'gen-changed') anew.current = known;
      return signal.aborted ? null : accountClue(failure, known);
    } finally {
      asking.value = false;
    }
  };

  /** First what is known at once; then, after a derivation or two, whether it is an older password. */
  const explain = async (typed: string, signal: AbortSignal, clue: string | null): Promise<void> => {
    problem(t('wrong_master_password'));
    const clues = [...(clue === null ? [] : [clue]), ...(await quickClues(typed))];
    if (signal.aborted) return;
    // Who syncs only when asked is asked first.
    const ask = status.value?.account?.mode === 'ask' && clue === null ? () => void retry(typed) : undefined;
    const ways = { ask, anew: clue === null ? null : anew.current };
    sayWrong(clues, ways);
    const locked = status.value?.locked;
    const replaced = locked ? await replacedClue(typed, locked, signal).catch(() => null) : null;
    if (replaced !== null && !signal.aborted) sayWrong([replaced, ...clues], ways);
  };

  const retry = async (typed: string): Promise<void> => {
    const mine = new AbortController();
    job.current = mine;
    problem(null);
    busy.value = true;
    const clue = await atAccount(typed, mine.signal);
    busy.value = false;
    if (!opened.value && !mine.signal.aborted) sayWrong([clue ?? t('locked_account_same')], { anew: anew.current });
  };

  return { busy, asking, opened, run, cancel: () => job.current?.abort() };
}

/** The way on is offered with the bad news. */
function sayWrong(clues: string[], { ask, anew }: { ask?: (() => void) | undefined; anew: AccountState | null }): void {
  problem({
    text: t('wrong_master_password'),
    more: (
      <>
        {clues.map((clue) => (
          <span key={clue}>{clue}</span>
        ))}
        {ask && <Link onClick={ask}>{t('locked_account_try')}</Link>}
        {anew && <Link onClick={() => go({ name: 'sign-in', email: anew.email, server: anew.server })}>{t('locked_account_new')}</Link>}
      </>
    ),
  });
}

function sayDamaged(): void {
  problem({
    text: t('locked_slot_damaged'),
    more: <Link onClick={() => go({ name: 'damaged' })}>{t('locked_damage_see')}</Link>,
  });
}
