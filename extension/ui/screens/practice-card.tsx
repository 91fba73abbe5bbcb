import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { errorText, t } from '../../shared/i18n.ts';
import { coolDown, warmUp } from '../auth.ts';
import { Button, Notice, PasswordField, Progress, say } from '../parts/index.ts';
import { practiseOn } from '../parts/open-password.ts';
import { go } from '../route.ts';
import { attempt, codeOf, refresh, status, ui } from '../state.ts';

const MISSES_UNTIL_OFFER = 2;

/** Keeps the master password in mind while biometrics do the opening (the founding problem). */
export function PracticeCard() {
  const typed = useSignal('');
  const misses = useSignal(0);
  const wrong = useSignal<string | undefined>(undefined);
  const hint = useSignal<string | null>(null);
  const busy = useSignal(false);
  const job = useRef<AbortController>(undefined);
  useEffect(
    () => () => {
      job.current?.abort();
      coolDown();
    },
    [],
  );
  const locked = status.value?.locked;
  if (!locked || !status.value?.open?.practiceDue) return null;

  const check = async (signal: AbortSignal): Promise<void> => {
    const answer = await practiseOn(typed.value, locked.passwordSlots, signal);
    typed.value = '';
    if (!answer.right) {
      misses.value = Math.max(answer.misses, misses.value + 1);
      wrong.value = t('practice_wrong');
      return;
    }
    await refresh();
    say(t('practice_right'));
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy.value || typed.value === '') return;
    busy.value = true;
    const mine = new AbortController();
    job.current = mine;
    await check(mine.signal).catch((failure) => {
      if (!mine.signal.aborted) wrong.value = errorText(codeOf(failure));
    });
    busy.value = false;
  };
  const skip = (): Promise<boolean> =>
    attempt(async () => {
      await ui.skipPractice();
      await refresh();
    });
  const showHint = async (): Promise<void> => {
    hint.value = hint.value === null ? await ui.hint().catch(() => '') : null;
  };

  return (
    <form class="card padded practice" onSubmit={submit}>
      <div class="stack tight">
        <PasswordField
          label={t('practice_title')}
          value={typed.value}
          onInput={(value) => {
            warmUp(locked.passwordSlots[0]?.kdfId);
            typed.value = value;
            wrong.value = undefined;
          }}
          error={wrong.value}
        />
        {busy.value && <Progress text={t('proof_progress')} onCancel={() => job.current?.abort()} />}
        {hint.value !== null && (
          <Notice>
            <span>{hint.value || t('hint_none')}</span>
          </Notice>
        )}
        {misses.value >= MISSES_UNTIL_OFFER && (
          <Notice kind="warn" title={t('practice_offer')}>
            <Button kind="primary" onClick={() => go({ name: 'set-password' })}>
              {t('set_new_master_password')}
            </Button>
          </Notice>
        )}
        <div class="line">
          <Button type="submit" disabled={busy.value || typed.value === ''}>
            {t('practice_check')}
          </Button>
          <Button kind="quiet" onClick={showHint}>
            {t('show_hint')}
          </Button>
          <span class="grow" />
          <Button kind="quiet" onClick={skip}>
            {t('skip')}
          </Button>
        </div>
      </div>
    </form>
  );
}
