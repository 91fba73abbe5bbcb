import { useSignal } from '@preact/signals';
import { t } from '../../shared/i18n.ts';
import { Button, Checkbox, Notice, PasswordField, Progress, Screen, say } from '../parts/index.ts';
import { back, reset } from '../route.ts';
import { refresh, status, ui } from '../state.ts';
import { isMasterPassword, prepareAccount } from './flows.ts';
import { useSessionForm } from './use-session.ts';

/** The account learns the master password that was set here while it could not be reached. */
export function BringPassword() {
  const password = useSignal('');
  const wrong = useSignal<string | undefined>(undefined);
  const signOutOthers = useSignal(false);
  const { busy, run, cancel } = useSessionForm();
  const account = status.value?.account ?? null;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    wrong.value = undefined;
    void run(password.value, async (session, signal) => {
      if (!(await isMasterPassword(session, status.value?.locked?.passwordSlots ?? []))) {
        wrong.value = t('wrong_master_password');
        return;
      }
      const made = await prepareAccount(session, account?.server ?? '');
      signal.throwIfAborted();
      await ui.bringPassword({ ...made, signOutOthers: signOutOthers.value });
      await refresh();
      if (!back()) reset({ name: 'list' });
      say(t('behind_done'));
    });
  };
  return (
    <form class="screen-form" onSubmit={submit} noValidate>
      <Screen
        title={t('behind_do')}
        foot={
          <div class="stack tight">
            {busy.value && <Progress text={t('set_password_progress')} onCancel={cancel} />}
            <Button type="submit" kind="primary" full large disabled={busy.value || password.value === '' || account === null}>
              {t('confirm')}
            </Button>
          </div>
        }
      >
        <div class="stack">
          <Notice title={t('behind_title')}>
            <span>{t('behind_text')}</span>
          </Notice>
          <PasswordField
            label={t('master_password')}
            value={password.value}
            autofocus
            note={t('behind_note')}
            error={wrong.value}
            onInput={(value) => {
              password.value = value;
              wrong.value = undefined;
            }}
          />
          <Checkbox
            label={t('sign_out_others')}
            note={t('sign_out_others_note')}
            checked={signOutOthers.value}
            onChange={(on) => (signOutOthers.value = on)}
          />
        </div>
      </Screen>
    </form>
  );
}
