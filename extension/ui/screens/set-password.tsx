import { useSignal } from '@preact/signals';
import type { Upload } from '../../shared/account.ts';
import type { NewPassword, Opener, UiApi } from '../../shared/api.ts';
import { toB64, wipe } from '../../shared/bytes.ts';
import { t } from '../../shared/i18n.ts';
import { prepareAccount } from '../account/flows.ts';
import { AuthJob } from '../auth.ts';
import { Button, Checkbox, Dialog, Notice, Progress, Screen, say } from '../parts/index.ts';
import { NewPasswordFields, useNewPassword } from '../parts/new-password.tsx';
import { usePasswordForm } from '../parts/password-form.ts';
import { needsProof, ProofDialog } from '../parts/proof.tsx';
import { back, type Routes, reset } from '../route.ts';
import { attempt, codeOf, refresh, status, ui } from '../state.ts';
import { withAuth } from '../with-auth.ts';

type AccountPart = NonNullable<Parameters<UiApi['setMasterPassword']>[0]['account']>;
type Made = Omit<NewPassword, 'hint'> & { account?: AccountPart };

/** Asks for no old master password: the factor that opened the vault stands in for it. */
export function SetPassword({ code }: Routes['set-password']) {
  const fields = useNewPassword('');
  const made = useSignal<Made | null>(null);
  const asking = useSignal(false);
  const signOutOthers = useSignal(false);
  const unreachable = useSignal<Made | null>(null);
  const account = status.value?.account ?? null;

  const hint = (): string => fields.hint.value.trim();
  const store = async (ready: Made, proof: Opener | null): Promise<void> => {
    await ui.setMasterPassword({ ...ready, hint: hint(), proof });
    made.value = null;
    asking.value = false;
    unreachable.value = null;
    await refresh();
    if (!back()) reset({ name: 'list' });
    say(t('set_password_done'));
  };
  const prepare = async (signal: AbortSignal): Promise<void> => {
    if (!(await fields.sound())) return;
    const ready: Made = await stretchNew(fields.password.value, signal);
    signal.throwIfAborted();
    if (account?.state === 'ok') {
      const part = await accountPart(fields.password.value, account.server, signal);
      signal.throwIfAborted();
      if (part === null) {
        unreachable.value = ready;
        return;
      }
      ready.account = { ...part, signOutOthers: signOutOthers.value };
    }
    await go(ready);
  };
  const go = async (ready: Made): Promise<void> => {
    unreachable.value = null;
    made.value = ready;
    if (!needsProof()) await store(ready, null).catch(askAgain);
    else if (code !== undefined) await store(ready, { by: 'recovery', code }).catch(askAgain);
    else asking.value = true;
  };
  // The minute may run out, or the code may have been replaced, while the form is being filled in.
  const askAgain = (failure: unknown): void => {
    if (!['not-fresh', 'wrong-secret', 'code-typo'].includes(codeOf(failure))) throw failure;
    asking.value = true;
  };
  const { busy, submit, cancel } = usePasswordForm(prepare);

  return (
    <>
      <form class="screen-form" onSubmit={submit} noValidate>
        <Screen
          title={t('set_new_master_password')}
          foot={
            <div class="stack tight">
              {busy.value && <Progress text={t('set_password_progress')} onCancel={cancel} />}
              <Button type="submit" kind="primary" full large disabled={busy.value}>
                {t('set_new_master_password')}
              </Button>
              {code !== undefined && (
                <Button kind="quiet" full onClick={() => reset({ name: 'list' })}>
                  {t('not_now')}
                </Button>
              )}
            </div>
          }
        >
          <div class="stack">
            <p class="quiet">{t('set_password_lead')}</p>
            <NewPasswordFields
              fields={fields}
              names={{ password: t('new_master_password'), hintNote: t(account ? 'hint_note_account' : 'hint_note') }}
            />
            {account?.state === 'ok' && (
              <Checkbox
                label={t('sign_out_others')}
                note={t('sign_out_others_note')}
                checked={signOutOthers.value}
                onChange={(on) => {
                  signOutOthers.value = on;
                }}
              />
            )}
            <Notice>
              {account?.state === 'ok' && <span>{t('set_password_account')}</span>}
              <span>{t('set_password_backups')}</span>
            </Notice>
          </div>
        </Screen>
      </form>
      {unreachable.value && (
        <Dialog
          title={t('set_password_offline')}
          onClose={() => {
            unreachable.value = null;
          }}
          actions={
            <>
              <Button
                autofocus
                onClick={() => {
                  unreachable.value = null;
                }}
              >
                {t('cancel')}
              </Button>
              <Button kind="primary" onClick={() => void attempt(async () => unreachable.value && go(unreachable.value))}>
                {t('set_password_here')}
              </Button>
            </>
          }
        >
          <p>{t('set_password_offline_text')}</p>
        </Dialog>
      )}
      {asking.value && made.value && (
        <ProofDialog
          ceremony={{ then: 'set-password', ...inCeremony(made.value, hint()) }}
          route="ways-back"
          onProof={async (proof) => made.value && store(made.value, proof)}
          onClose={() => {
            asking.value = false;
          }}
        />
      )}
    </>
  );
}

/** Null where the account can't be asked now: the password can then be set here, and the account told later. */
async function accountPart(password: string, server: string, signal: AbortSignal): Promise<Upload | null> {
  try {
    return await withAuth(password, signal, (session) => prepareAccount(session, server));
  } catch (failure) {
    if (!['offline', 'server-error', 'slow-down', 'not-a-server'].includes(codeOf(failure))) throw failure;
    return null;
  }
}

function inCeremony({ account, ...ready }: Made, hint: string): { ready: NewPassword; account?: AccountPart } {
  return { ready: { ...ready, hint }, ...(account && { account }) };
}

/** Never with weaker parameters than the password that is being replaced had. */
async function stretchNew(password: string, signal: AbortSignal): Promise<Made> {
  const floor = Math.max(...(status.value?.locked?.passwordSlots ?? []).map(({ kdfId }) => kdfId), 1) as 1 | 2 | 3;
  const first = await AuthJob.calibrate(password, signal);
  if (first.kdfId >= floor) {
    const ready = { ...first, stretched: toB64(first.stretched) };
    wipe(first.stretched);
    return ready;
  }
  wipe(first.stretched);
  const stretched = await AuthJob.stretch(password, { kdfId: floor, salt: first.salt }, signal);
  const ready = { kdfId: floor, salt: first.salt, stretched: toB64(stretched) };
  wipe(stretched);
  return ready;
}
