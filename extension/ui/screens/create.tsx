import { useEffect } from 'preact/hooks';
import { toB64, wipe } from '../../shared/bytes.ts';
import { t } from '../../shared/i18n.ts';
import { EmailField, ServerField, useAccountForm } from '../account/account-fields.tsx';
import { hold } from '../account/held.ts';
import { AuthJob } from '../auth.ts';
import { AuthSession } from '../auth-session.ts';
import { useDraft } from '../draft.ts';
import { Button, IconButton, Progress, RadioGroup, Screen } from '../parts/index.ts';
import { NewPasswordFields, useNewPassword } from '../parts/new-password.tsx';
import { usePasswordForm } from '../parts/password-form.ts';
import { reset, useKept } from '../route.ts';
import { inTab, ownStep, refresh, ui } from '../state.ts';

/** The draft of the first form keeps the hint only: a password is never written anywhere. */
interface Kept {
  hint: string;
}
type Where = 'browser' | 'account';

export function Create() {
  const draft = useDraft<Kept>('create', () => ({ hint: '' }));
  const fields = useNewPassword('');
  const where = useKept<Where>('where', 'browser');
  const account = useAccountForm();
  const kept = draft.value.value;
  useEffect(() => {
    if (kept && fields.hint.value === '') fields.hint.value = kept.hint;
  }, [draft.ready.value]);

  const make = async (signal: AbortSignal): Promise<void> => {
    const at = where.value === 'account' ? account.read() : null;
    if ((where.value === 'account' && at === null) || !(await fields.sound())) return;
    const { kdfId, salt, stretched } = await AuthJob.calibrate(fields.password.value, signal);
    signal.throwIfAborted();
    try {
      await ownStep(async () => {
        const made = await ui.createVault({
          vaultName: t('vault_name_default'),
          hint: fields.hint.value.trim(),
          kdfId,
          salt,
          stretched: toB64(stretched),
        });
        await draft.drop();
        if (at) hold(new AuthSession(fields.password.value));
        await refresh();
        if (at) reset({ name: 'account-code', at, send: true, kit: made.recoveryCode });
        else reset({ name: 'recovery-kit', code: made.recoveryCode, after: 'created' });
      });
    } finally {
      wipe(stretched);
    }
  };
  const { busy, submit, cancel } = usePasswordForm(make);

  return (
    <form class="screen-form" onSubmit={submit} noValidate>
      <Screen
        title={t('create_a_vault')}
        actions={!inTab.value && <OpenInTab />}
        foot={
          <div class="stack tight">
            {busy.value && <Progress text={t('create_progress')} onCancel={cancel} />}
            <Button type="submit" kind="primary" full large disabled={busy.value}>
              {t('create_vault')}
            </Button>
          </div>
        }
      >
        <div class="stack">
          <p class="quiet">{t('create_lead')}</p>
          <NewPasswordFields
            fields={fields}
            names={{
              password: t('master_password'),
              hintNote: t(where.value === 'account' ? 'hint_note_account' : 'hint_note'),
              draftHint: (hint) => draft.change({ hint }),
            }}
          />
          <RadioGroup
            label={t('where_to_keep_it')}
            value={where.value}
            options={[
              { value: 'browser', label: t('this_browser_only'), detail: t('this_browser_only_detail') },
              { value: 'account', label: t('sesame_account'), detail: t('sesame_account_detail') },
            ]}
            onChange={(value) => {
              where.value = value;
            }}
          />
          {where.value === 'account' && (
            <>
              <EmailField form={account} emailNote={t('email_note')} />
              <ServerField form={account} />
              {!inTab.value && <p class="small quiet">{t('create_account_tab')}</p>}
            </>
          )}
        </div>
      </Screen>
    </form>
  );
}

/** In the popup, a click elsewhere closes the form; a tab stays. */
function OpenInTab() {
  const open = (): void => void chrome.tabs.create({ url: chrome.runtime.getURL('popup.html') }).then(() => close());
  return <IconButton icon="tab" label={t('open_in_tab')} onClick={open} />;
}
