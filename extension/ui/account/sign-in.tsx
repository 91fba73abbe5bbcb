import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SignInView } from '../../shared/account.ts';
import { t } from '../../shared/i18n.ts';
import { type Draft, useDraft } from '../draft.ts';
import { Button, Link, Notice, PasswordField, Progress, problem, Screen } from '../parts/index.ts';
import { quickClues } from '../parts/password-clues.ts';
import { go, type Routes } from '../route.ts';
import { codeOf, status } from '../state.ts';
import { type AccountAddress, EmailField, ServerField, useAccountForm } from './account-fields.tsx';
import { signIn } from './flows.ts';
import { Found } from './found.tsx';
import { hold, letGo } from './held.ts';
import { useFocusStart } from './use-focus.ts';
import { useSessionForm } from './use-session.ts';

/** First who and where; then what was found there, before anything of it is taken. */
export function SignIn({ email, server }: Routes['sign-in']) {
  const known = status.value?.account ?? null;
  const draft = useDraft<AccountAddress>('sign-in', () => ({ email: '', server: '' }));
  // Not filled in under somebody's fingers: the field would hold both.
  if (!draft.ready.value) return null;
  const kept = draft.value.peek();
  const first = { email: email || known?.email || kept?.email || '', server: server || known?.server || kept?.server || '' };
  return <SignInForm first={first} draft={draft} />;
}

function SignInForm({ first, draft }: { first: AccountAddress; draft: Draft<AccountAddress | null> }) {
  const form = useAccountForm(first);
  useFocusStart();
  const password = useSignal('');
  const empty = useSignal(false);
  const found = useSignal<SignInView | null>(null);
  const { busy, run, cancel } = useSessionForm();
  useEffect(() => letGo, []);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const at = form.read();
    empty.value = password.value === '';
    if (!at || empty.value) return;
    void run(password.value, async (session, signal) => {
      try {
        const view = await signIn(session, at);
        signal.throwIfAborted();
        hold(session);
        password.value = '';
        found.value = view;
      } catch (failure) {
        const why = codeOf(failure);
        if (why !== 'wrong-secret' && why !== 'denied') throw failure;
        await sayWrong(password.value);
      }
    });
  };
  if (found.value) return <Found view={found.value} by="password" onDone={draft.drop} />;
  const address = { email: form.email.value, server: form.server.value };
  return (
    <form class="screen-form" onSubmit={submit} noValidate>
      <Screen
        title={t('sign_in')}
        foot={
          <div class="stack tight">
            {busy.value && <Progress text={t('sign_in_progress')} onCancel={cancel} />}
            <Button type="submit" kind="primary" full large disabled={busy.value}>
              {t('sign_in')}
            </Button>
          </div>
        }
      >
        <div class="stack">
          <p class="quiet">{t('sign_in_lead')}</p>
          <EmailField form={form} autofocus={first.email === ''} onTyped={draft.change} />
          <PasswordField
            label={t('master_password')}
            value={password.value}
            autofocus={first.email !== ''}
            error={empty.value ? t('type_master_password') : undefined}
            onInput={(value) => {
              password.value = value;
              empty.value = false;
            }}
          />
          <ServerField form={form} onTyped={draft.change} />
          <Link onClick={() => go({ name: 'sign-in-help', ...address })}>{t('cant_get_in')}</Link>
          {status.value?.state === 'absent' && (
            <Notice>
              <span>{t('sign_in_new_here')}</span>
            </Notice>
          )}
        </div>
      </Screen>
    </form>
  );
}

/** Which of the two was wrong nobody can say: the server answers as if there were such an account (S-118). */
async function sayWrong(typed: string): Promise<void> {
  const clues = await quickClues(typed);
  problem({
    text: t('sign_in_wrong'),
    more: [t('sign_in_wrong_more'), ...clues].map((line) => <span key={line}>{line}</span>),
  });
}
