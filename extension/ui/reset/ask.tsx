/** Asks the account's server for the mail. The answer is the same whether there is such an account (S-121). */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { language, t } from '../../shared/i18n.ts';
import { type AccountAddress, EmailField, ServerField, useAccountForm } from '../account/account-fields.tsx';
import { Button, Link, Notice, Progress, say } from '../parts/index.ts';
import { go } from '../route.ts';
import { attempt, ui } from '../state.ts';

interface AskProps {
  first: Partial<AccountAddress>;
  /** In the ladder the server is the account's own, and not asked for. */
  withServer: boolean;
  autofocus?: boolean;
}

export function ResetAsk({ first, withServer, autofocus }: AskProps) {
  const form = useAccountForm(first);
  const busy = useSignal(false);
  const sent = useSignal<(AccountAddress & { kept: boolean }) | null>(null);
  const answer = useRef<HTMLDivElement>(null);
  // The button that was pressed has gone, and the focus with it.
  useEffect(() => answer.current?.focus(), [sent.value]);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const whom = busy.value ? null : form.read();
    if (!whom) return;
    busy.value = true;
    await attempt(async () => {
      const { sealedCopy } = await ui.requestReset({ ...whom, lang: language.value });
      sent.value = { ...whom, kept: sealedCopy === 'kept' };
      say(t('reset_sent_said'));
    });
    busy.value = false;
  };
  const code = (): void => {
    const server = sent.value?.server ?? first.server;
    go({ name: 'reset-code', ...(server && { server }) });
  };
  return (
    <div class="stack tight">
      {sent.value ? (
        <div ref={answer} tabIndex={-1}>
          <Notice kind="good" title={t('reset_sent')}>
            <span>{t('reset_sent_more', sent.value.email)}</span>
            {sent.value.kept && <span>{t('reset_sent_kept')}</span>}
          </Notice>
        </div>
      ) : (
        <form class="stack tight" onSubmit={submit} noValidate>
          <EmailField form={form} {...(autofocus && { autofocus })} />
          {withServer && <ServerField form={form} />}
          {busy.value && <Progress text={t('reset_asking')} />}
          <Button type="submit" kind={withServer ? 'primary' : 'plain'} full disabled={busy.value}>
            {t('start_process')}
          </Button>
        </form>
      )}
      <Link onClick={code}>{t('have_reset_code')}</Link>
    </div>
  );
}
