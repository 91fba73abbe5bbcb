import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { errorText, t } from '../../shared/i18n.ts';
import type { AuthSession } from '../auth-session.ts';
import { Button, Link, Notice, PasswordField, Progress, problem, Screen, say } from '../parts/index.ts';
import { back, go, type Routes, replace, reset } from '../route.ts';
import { codeOf, refresh, status, ui } from '../state.ts';
import { hostOf } from './address.ts';
import { CodeField, codeProblem, codeTypo } from './code-field.tsx';
import { askForCode, isMasterPassword, register } from './flows.ts';
import { heldSession, letGo } from './held.ts';
import { dropPending, keepPending } from './pending.ts';
import { useSessionForm } from './use-session.ts';

/**
 * The second step to an account. The vault is already here and open, so that nothing depends on a mail; where
 * the master password was typed in this page a moment ago, it is not asked for again.
 */
export function AccountCode({ at, send, kit }: Routes['account-code']) {
  const code = useSignal('');
  const password = useSignal('');
  const wrong = useSignal<{ code?: string; password?: string }>({});
  const unsent = useSignal<string | null>(null);
  const { busy, run, cancel } = useSessionForm();

  const ask = async (): Promise<void> => {
    await askForCode(at);
    unsent.value = null;
    await keepPending({ ...at, begun: true });
  };
  useEffect(() => {
    if (send) {
      // Kept first: what was typed is there again even if no answer ever comes.
      void keepPending({ ...at, begun: true })
        .then(ask)
        .catch((failure) => {
          unsent.value = errorText(codeOf(failure));
        });
    }
    return letGo;
  }, []);

  const leave = (): void => {
    if (kit !== null) reset({ name: 'recovery-kit', code: kit, after: 'created' });
    else if (!back()) reset({ name: 'list' });
  };
  const finish = async (session: AuthSession): Promise<void> => {
    const slots = status.value?.locked?.passwordSlots ?? [];
    if (session !== heldSession() && !(await isMasterPassword(session, slots))) {
      wrong.value = { password: t('wrong_master_password') };
      return;
    }
    const { hint } = await ui.settings();
    try {
      await register(session, at, code.value.trim(), hint);
    } catch (failure) {
      const why = codeProblem(failure);
      if (why === null) throw failure;
      wrong.value = { code: why };
      return;
    }
    await dropPending();
    await refresh();
    leave();
    say(t('account_ready'));
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    wrong.value = {};
    // It may have been held for too long meanwhile; then the field for it is there.
    const session = heldSession();
    const typo = codeTypo(code.value);
    if (typo !== null) wrong.value = { code: typo };
    else if (session === null && password.value === '') wrong.value = { password: t('type_master_password') };
    else void run(session ?? password.value, finish);
  };
  const otherAddress = (): void => {
    problem(null);
    replace({ name: 'join-account', first: at });
  };

  return (
    <form class="screen-form" onSubmit={submit} noValidate>
      <Screen
        title={t('account_code_title')}
        onBack={leave}
        foot={
          <div class="stack tight">
            {busy.value && <Progress text={t('account_joining')} onCancel={cancel} />}
            <Button type="submit" kind="primary" full large disabled={busy.value}>
              {t('confirm')}
            </Button>
            <Button kind="quiet" full onClick={leave}>
              {t('later')}
            </Button>
          </div>
        }
      >
        <div class="stack">
          {unsent.value === null ? (
            <p class="quiet">{t('account_code_lead', at.email)}</p>
          ) : (
            <Notice kind="warn" title={unsent.value}>
              <span>{t('account_code_unsent')}</span>
            </Notice>
          )}
          <CodeField code={code} error={wrong.value.code} onAgain={ask} autofocus onTyped={() => (wrong.value = {})} />
          {heldSession() === null && (
            <PasswordField
              label={t('master_password')}
              value={password.value}
              note={t('account_code_password')}
              error={wrong.value.password}
              onInput={(value) => {
                password.value = value;
                wrong.value = {};
              }}
            />
          )}
          <Notice icon="lock">
            <span>{t('account_code_safe', hostOf(at.server))}</span>
          </Notice>
          <div class="stack close">
            <Link onClick={otherAddress}>{t('account_other_address')}</Link>
            <Link onClick={() => go({ name: 'sign-in', ...at })}>{t('account_have_one')}</Link>
          </div>
        </div>
      </Screen>
    </form>
  );
}
