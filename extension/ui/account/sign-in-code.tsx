import { useSignal } from '@preact/signals';
import type { SignInView } from '../../shared/account.ts';
import { t } from '../../shared/i18n.ts';
import { Button, Notice, Progress, problem, Screen, TextField } from '../parts/index.ts';
import type { Routes } from '../route.ts';
import { attempt, codeOf, ui } from '../state.ts';
import { EmailField, ServerField, useAccountForm } from './account-fields.tsx';
import { Found } from './found.tsx';
import { thisBrowser } from './this-browser.ts';

/** Signs in with the code on paper: it proves who it is, and opens the vault that is then fetched. */
export function SignInCode(first: Routes['sign-in-code']) {
  const form = useAccountForm(first);
  const code = useSignal('');
  const wrong = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const found = useSignal<SignInView | null>(null);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const at = form.read();
    if (busy.value || !at) return;
    busy.value = true;
    wrong.value = undefined;
    await attempt(async () => {
      try {
        found.value = await ui.recoverSignIn({ ...at, code: code.value, deviceName: thisBrowser() });
      } catch (failure) {
        const why = codeOf(failure);
        if (why === 'code-typo') wrong.value = t('error_code_typo');
        else if (why === 'denied' || why === 'wrong-secret') {
          problem({ text: t('sign_in_code_wrong'), more: <span>{t('sign_in_code_wrong_more')}</span> });
        } else throw failure;
      }
    });
    busy.value = false;
  };
  if (found.value) return <Found view={found.value} by="recovery" code={code.value} onDone={async () => undefined} />;
  return (
    <form class="screen-form" onSubmit={submit} noValidate>
      <Screen
        title={t('use_recovery_code')}
        foot={
          <Button type="submit" kind="primary" full large disabled={busy.value || code.value.trim() === ''}>
            {t('sign_in')}
          </Button>
        }
      >
        <div class="stack">
          <p class="quiet">{t('sign_in_code_lead')}</p>
          <EmailField form={form} autofocus={form.email.value === ''} />
          <TextField
            label={t('recovery_code')}
            value={code.value}
            mono
            maxLength={80}
            autofocus={form.email.value !== ''}
            error={wrong.value}
            onInput={(value) => {
              code.value = value;
              wrong.value = undefined;
            }}
          />
          <ServerField form={form} />
          {busy.value && <Progress text={t('sign_in_progress')} />}
          <Notice>
            <span>{t('use_recovery_after')}</span>
          </Notice>
        </div>
      </Screen>
    </form>
  );
}
