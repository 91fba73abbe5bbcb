import { useSignal } from '@preact/signals';
import { t } from '../../shared/i18n.ts';
import { serverOrigin } from '../../shared/server-address.ts';
import { ServerField, useAccountForm } from '../account/account-fields.tsx';
import { Button, Progress, Screen, TextField } from '../parts/index.ts';
import { askAbout, readTyped } from '../reset/start-link.ts';
import { type Routes, replace } from '../route.ts';
import { attempt, status } from '../state.ts';

/** For who has the mail on another device, or a browser that did not take the link over. */
export function ResetCode({ server }: Routes['reset-code']) {
  const form = useAccountForm({ server: server ?? status.value?.account?.server ?? '' });
  const code = useSignal('');
  const busy = useSignal(false);
  const type = (value: string): void => {
    code.value = value;
    const { server: named } = readTyped(value);
    if (named) form.server.value = named;
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    await attempt(async () => {
      const link = { server: serverOrigin(form.server.value), token: readTyped(code.value).token };
      const info = await askAbout(link);
      replace({ name: 'reset-new', link: { ...link, ...info } });
    });
    busy.value = false;
  };
  return (
    <form class="screen-form" onSubmit={submit} noValidate>
      <Screen
        title={t('have_reset_code')}
        foot={
          <Button type="submit" kind="primary" full large disabled={busy.value || code.value.trim() === ''}>
            {t('go_on')}
          </Button>
        }
      >
        <div class="stack">
          <p class="quiet">{t('reset_code_lead')}</p>
          <TextField label={t('reset_code')} value={code.value} onInput={type} mono autofocus maxLength={400} note={t('reset_code_note')} />
          <ServerField form={form} />
          {busy.value && <Progress text={t('reset_checking')} />}
        </div>
      </Screen>
    </form>
  );
}
