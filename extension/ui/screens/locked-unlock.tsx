import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { errorText, t } from '../../shared/i18n.ts';
import { passwordProblemOf } from '../auth.ts';
import { goHome } from '../home.ts';
import { Link, problem } from '../parts/index.ts';
import { withPassword } from '../parts/open-password.ts';
import { quickClues, rememberLayout, replacedClue, watchCapsLock } from '../parts/password-clues.ts';
import { go } from '../route.ts';
import { codeOf, ownStep, refresh, status, ui } from '../state.ts';

interface PasswordUnlock {
  busy: Signal<boolean>;
  /** True for the moment between the right password and the next screen: the seed opens. */
  opened: Signal<boolean>;
  run: () => Promise<void>;
  cancel: () => void;
}

export function usePasswordUnlock(password: Signal<string>, field: RefObject<HTMLInputElement | null>): PasswordUnlock {
  const busy = useSignal(false);
  const opened = useSignal(false);
  const job = useRef<AbortController>(undefined);
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
        opened.value = true;
        password.value = '';
        void rememberLayout();
        goHome(await refresh());
      });
    } catch (failure) {
      busy.value = false;
      if (mine.signal.aborted) return field.current?.focus();
      field.current?.select();
      if (codeOf(failure) === 'wrong-secret') await explain(typed, mine.signal);
      else if (codeOf(failure) === 'damaged') sayDamaged();
      else problem(passwordProblemOf(failure) ? t('wrong_master_password') : errorText(codeOf(failure)));
    }
  };

  /** First what is known at once; then, after a derivation or two, whether it is an older password. */
  const explain = async (typed: string, signal: AbortSignal): Promise<void> => {
    problem(t('wrong_master_password'));
    const clues = await quickClues(typed);
    if (signal.aborted) return;
    sayWrong(clues);
    const locked = status.value?.locked;
    const replaced = locked ? await replacedClue(typed, locked, signal).catch(() => null) : null;
    if (replaced !== null && !signal.aborted) sayWrong([replaced, ...clues]);
  };

  return { busy, opened, run, cancel: () => job.current?.abort() };
}

/** The way on is offered with the bad news. */
function sayWrong(clues: string[]): void {
  problem({
    text: t('wrong_master_password'),
    more: clues.length > 0 && clues.map((clue) => <span key={clue}>{clue}</span>),
  });
}

function sayDamaged(): void {
  problem({
    text: t('locked_slot_damaged'),
    more: <Link onClick={() => go({ name: 'damaged' })}>{t('locked_damage_see')}</Link>,
  });
}
