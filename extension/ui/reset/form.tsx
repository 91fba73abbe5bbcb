import { useRef } from 'preact/hooks';
import { toB64, wipe } from '../../shared/bytes.ts';
import { plural, t } from '../../shared/i18n.ts';
import { thisBrowser } from '../account/this-browser.ts';
import { useFocusStart } from '../account/use-focus.ts';
import { Button, Link, Notice, Progress, problem, Screen } from '../parts/index.ts';
import { NewPasswordFields, useNewPassword } from '../parts/new-password.tsx';
import { usePasswordForm } from '../parts/password-form.ts';
import { go, reset } from '../route.ts';
import { codeOf, ownStep, refresh, status, ui } from '../state.ts';
import { withAuth } from '../with-auth.ts';
import type { LinkInfo, ResetLink } from './start-link.ts';

/** The last action of a reset: when it is sent, the new vault is there, empty and open. */
export function ResetForm({ link }: { link: ResetLink & LinkInfo }) {
  const fields = useNewPassword('');
  const { server, token, email } = link;
  const sent = useRef(false);
  useFocusStart();
  // A link is used up by the reset itself: if only the server's answer to it was lost, the new vault is there.
  const orDone = (failure: unknown): void => {
    if (!sent.current || codeOf(failure) !== 'expired-code') throw failure;
    problem({
      text: t('reset_maybe_done'),
      more: <Link onClick={() => go({ name: 'sign-in', email, server })}>{t('sign_in')}</Link>,
    });
  };

  const make = async (signal: AbortSignal): Promise<void> => {
    if (!(await fields.sound())) return;
    await withAuth(fields.password.value, signal, async (session) => {
      const { credId, response } = await ui.resetStart({ server, token, request: await session.registerStart() });
      const registered = await session.registerFinish({ response, credId, server });
      const { kdfId, salt, stretched } = await session.calibrate();
      try {
        signal.throwIfAborted();
        sent.current = true;
        await finish({ ...registered, credId, kdfId, salt, stretched: toB64(stretched) });
      } finally {
        wipe(stretched);
      }
    });
  };
  type Made = Pick<Parameters<typeof ui.resetFinish>[0], 'upload' | 'serverKey' | 'credId' | 'kdfId' | 'salt' | 'stretched'>;
  const finish = (made: Made): Promise<void> =>
    ownStep(async () => {
      const now = status.value;
      const { recoveryCode } = await ui.resetFinish({
        ...made,
        server,
        token,
        vaultName: now?.locked?.vaultName || t('vault_name_default'),
        hint: fields.hint.value.trim(),
        deviceName: thisBrowser(),
        mode: now?.account?.mode ?? 'auto',
      });
      await refresh();
      reset({ name: 'recovery-kit', code: recoveryCode, after: 'created' });
    });
  const { busy, submit, cancel } = usePasswordForm((signal) => make(signal).catch(orDone));

  return (
    <form class="screen-form" onSubmit={submit} noValidate>
      <Screen
        title={t('reset_account')}
        foot={
          <div class="stack tight">
            {busy.value && <Progress text={t('reset_progress')} onCancel={cancel} />}
            <Button type="submit" kind="primary" full large disabled={busy.value}>
              {t('reset_account')}
            </Button>
          </div>
        }
      >
        <div class="stack">
          <Notice title={t('reset_for', email)}>
            <span>{plural('reset_for_kept', link.sealedDays)}</span>
            <span>{plural('reset_for_undo', link.undoDays)}</span>
          </Notice>
          <NewPasswordFields fields={fields} names={{ password: t('new_master_password'), hintNote: t('reset_hint_note') }} />
        </div>
      </Screen>
    </form>
  );
}
