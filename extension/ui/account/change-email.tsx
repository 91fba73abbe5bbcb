import { useSignal } from '@preact/signals';
import { t } from '../../shared/i18n.ts';
import { Button, Notice, Progress, Screen, say, TextField } from '../parts/index.ts';
import { back, type Routes, reset } from '../route.ts';
import { attempt, refresh, status, ui } from '../state.ts';
import { looksLikeEmail } from './address.ts';
import { CodeField, codeProblem, codeTypo } from './code-field.tsx';
import { useFocusStart } from './use-focus.ts';
import { useProof } from './use-proof.tsx';

/** Both addresses take part: the new one by a code, the old one by a way to undo it for three days (S-151). */
export function ChangeEmail({ pending }: Routes['change-email']) {
  const asked = useSignal(pending);
  const email = useSignal('');
  const code = useSignal('');
  const wrong = useSignal<{ email?: string; code?: string }>({});
  const busy = useSignal(false);
  const { run, dialog } = useProof('account');
  useFocusStart(asked.value);

  const begin = (to: string): Promise<void> =>
    run(async (proof) => {
      await ui.changeEmailBegin({ email: to, proof });
      asked.value = to;
    });
  const ask = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = email.value.trim();
    if (looksLikeEmail(typed)) void begin(typed);
    else wrong.value = { email: t('error_email_invalid') };
  };
  const finish = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const typo = codeTypo(code.value);
    wrong.value = typo === null ? {} : { code: typo };
    if (busy.value || typo !== null) return;
    busy.value = true;
    await attempt(async () => {
      try {
        await ui.changeEmailFinish({ code: code.value.trim() });
      } catch (failure) {
        const why = codeProblem(failure);
        if (why === null) throw failure;
        wrong.value = { code: why };
        return;
      }
      await refresh();
      if (!back()) reset({ name: 'list' });
      say(t('email_changed'));
    });
    busy.value = false;
  };
  const to = asked.value;
  return (
    <>
      <form class="screen-form" onSubmit={to === null ? ask : finish} noValidate>
        <Screen
          title={t('email_change_title')}
          foot={
            <div class="stack tight">
              {busy.value && <Progress text={t('account_asking')} />}
              <Button type="submit" kind="primary" full large disabled={busy.value || (to !== null && code.value.trim() === '')}>
                {to === null ? t('send_code') : t('confirm')}
              </Button>
            </div>
          }
        >
          <div class="stack">
            <p class="quiet">{t('email_change_now', status.value?.account?.email ?? '')}</p>
            {to === null ? (
              <TextField
                label={t('email_new')}
                type="email"
                inputMode="email"
                autocomplete="email"
                value={email.value}
                maxLength={254}
                autofocus
                error={wrong.value.email}
                onInput={(value) => {
                  email.value = value;
                  wrong.value = {};
                }}
              />
            ) : (
              <>
                <p>{t('email_change_sent', to)}</p>
                <CodeField code={code} error={wrong.value.code} onAgain={() => begin(to)} autofocus onTyped={() => (wrong.value = {})} />
              </>
            )}
            <Notice>
              <span>{t('email_change_undo')}</span>
            </Notice>
          </div>
        </Screen>
      </form>
      {dialog}
    </>
  );
}
