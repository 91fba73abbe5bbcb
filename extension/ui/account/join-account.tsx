import { t } from '../../shared/i18n.ts';
import { Button, Link, Notice, Screen } from '../parts/index.ts';
import { go, type Routes, replace } from '../route.ts';
import { EmailField, ServerField, useAccountForm } from './account-fields.tsx';
import { keepPending } from './pending.ts';

/** The vault that lives here becomes an account's: first whose and where. */
export function JoinAccount({ first }: Routes['join-account']) {
  const form = useAccountForm(first);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const at = form.read();
    if (at) replace({ name: 'account-code', at, send: true, kit: null });
  };
  const keep = (at: { email: string; server: string }): void => void keepPending({ ...at, begun: false }).catch(() => undefined);
  return (
    <form class="screen-form" onSubmit={submit} noValidate>
      <Screen
        title={t('join_title')}
        foot={
          <Button type="submit" kind="primary" full large>
            {t('send_code')}
          </Button>
        }
      >
        <div class="stack">
          <p class="quiet">{t('join_lead')}</p>
          <EmailField form={form} autofocus emailNote={t('email_note')} onTyped={keep} />
          <ServerField form={form} onTyped={keep} />
          <Notice>
            <span>{t('join_hint')}</span>
          </Notice>
          <Link onClick={() => go({ name: 'sign-in', email: form.email.value, server: form.server.value })}>{t('account_have_one')}</Link>
        </div>
      </Screen>
    </form>
  );
}
