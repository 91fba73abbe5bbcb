import { useSignal } from '@preact/signals';
import { language, t } from '../../shared/i18n.ts';
import { EmailField, ServerField, useAccountForm } from '../account/account-fields.tsx';
import { useFocusStart } from '../account/use-focus.ts';
import { Button, Notice, Progress, Screen, say } from '../parts/index.ts';
import { back, type Routes } from '../route.ts';
import { attempt, status, ui } from '../state.ts';

/** The hint goes to the account's own address and nowhere else; the answer tells nobody who has an account (S-120). */
export function HintMail({ email, server }: Routes['hint-mail']) {
  const account = status.value?.account;
  const form = useAccountForm({ email: email ?? account?.email ?? '', server: server ?? account?.server ?? '' });
  const busy = useSignal(false);
  const sent = useSignal<string | null>(null);
  useFocusStart(sent.value === null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const whom = busy.value ? null : form.read();
    if (!whom) return;
    busy.value = true;
    await attempt(async () => {
      await ui.sendHint({ ...whom, lang: language.value });
      sent.value = whom.email;
      say(t('reset_sent_said'));
    });
    busy.value = false;
  };
  return (
    <Screen title={t('hint_mail')}>
      {sent.value === null ? (
        <form class="stack" onSubmit={submit} noValidate>
          <p class="quiet">{t('hint_mail_lead')}</p>
          <EmailField form={form} autofocus />
          <ServerField form={form} />
          {busy.value && <Progress text={t('reset_asking')} />}
          <Button type="submit" kind="primary" full disabled={busy.value}>
            {t('hint_mail_send')}
          </Button>
        </form>
      ) : (
        <div class="stack">
          <Notice kind="good" title={t('reset_sent')}>
            <span>{t('hint_mail_sent', sent.value)}</span>
          </Notice>
          <Button full autofocus onClick={() => void back()}>
            {t('back')}
          </Button>
        </div>
      )}
    </Screen>
  );
}
