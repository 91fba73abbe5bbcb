import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../../shared/i18n.ts';
import { AuthJob, type HintProblem } from '../auth.ts';
import { Button, Notice, PasswordField, Progress, Screen, say, TextField } from '../parts/index.ts';
import { hintAdvice } from '../parts/new-password.tsx';
import { back, type Routes, reset } from '../route.ts';
import { refresh, status, ui } from '../state.ts';
import { isMasterPassword } from './flows.ts';
import { useSessionForm } from './use-session.ts';

/** A hint can only be checked against the password itself, so that is typed along with it (S-137). */
export function AccountHint({ hint: first }: Routes['account-hint']) {
  const hint = useSignal(first);
  const password = useSignal('');
  const found = useSignal<HintProblem | null>(null);
  const wrong = useSignal<string | undefined>(undefined);
  const { busy, run, cancel } = useSessionForm();
  useEffect(() => {
    found.value = null;
    if (hint.value === '' || password.value === '') return;
    const job = new AbortController();
    const timer = setTimeout(() => {
      AuthJob.checkHint(password.value, hint.value, job.signal).then(
        (problem) => {
          found.value = problem;
        },
        () => undefined,
      );
    }, 300);
    return () => {
      clearTimeout(timer);
      job.abort();
    };
  }, [hint.value, password.value]);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    wrong.value = undefined;
    const typed = hint.value.trim();
    void run(password.value, async (session, signal) => {
      if (!(await isMasterPassword(session, status.value?.locked?.passwordSlots ?? []))) {
        wrong.value = t('wrong_master_password');
        return;
      }
      found.value = typed === '' ? null : await AuthJob.checkHint(password.value, typed);
      if (found.value !== null || signal.aborted) return;
      await ui.setHint({ hint: typed });
      await refresh();
      if (!back()) reset({ name: 'list' });
      say(t('settings_saved'));
    });
  };
  return (
    <form class="screen-form" onSubmit={submit} noValidate>
      <Screen
        title={t('hint')}
        foot={
          <div class="stack tight">
            {busy.value && <Progress text={t('account_asking')} onCancel={cancel} />}
            <Button type="submit" kind="primary" full large disabled={busy.value || password.value === ''}>
              {t('save')}
            </Button>
          </div>
        }
      >
        <div class="stack">
          <p class="quiet">{t('account_hint_lead')}</p>
          <TextField
            label={t('hint')}
            value={hint.value}
            maxLength={100}
            autofocus
            note={t('hint_note_account')}
            error={found.value ? hintAdvice(found.value) : undefined}
            onInput={(value) => (hint.value = value)}
          />
          <PasswordField
            label={t('master_password')}
            value={password.value}
            note={t('account_hint_password')}
            error={wrong.value}
            onInput={(value) => {
              password.value = value;
              wrong.value = undefined;
            }}
          />
          <Notice icon="eye">
            <span>{t('account_hint_readable')}</span>
          </Notice>
        </div>
      </Screen>
    </form>
  );
}
