import { useSignal } from '@preact/signals';
import type { NewPassword, Opener } from '../../shared/api.ts';
import { toB64, wipe } from '../../shared/bytes.ts';
import { t } from '../../shared/i18n.ts';
import { AuthJob } from '../auth.ts';
import { Button, Notice, Progress, Screen, say } from '../parts/index.ts';
import { NewPasswordFields, useNewPassword } from '../parts/new-password.tsx';
import { usePasswordForm } from '../parts/password-form.ts';
import { needsProof, ProofDialog } from '../parts/proof.tsx';
import { back, type Routes, reset } from '../route.ts';
import { codeOf, refresh, status, ui } from '../state.ts';

type Made = Omit<NewPassword, 'hint'>;

/** Asks for no old master password: the factor that opened the vault stands in for it. */
export function SetPassword({ code }: Routes['set-password']) {
  const fields = useNewPassword('');
  const made = useSignal<Made | null>(null);
  const asking = useSignal(false);

  const hint = (): string => fields.hint.value.trim();
  const store = async (ready: Made, proof: Opener | null): Promise<void> => {
    await ui.setMasterPassword({ ...ready, hint: hint(), proof });
    made.value = null;
    asking.value = false;
    await refresh();
    if (!back()) reset({ name: 'list' });
    say(t('set_password_done'));
  };
  const prepare = async (signal: AbortSignal): Promise<void> => {
    if (!(await fields.sound())) return;
    const ready = await stretchNew(fields.password.value, signal);
    signal.throwIfAborted();
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
            <NewPasswordFields fields={fields} names={{ password: t('new_master_password'), hintNote: t('hint_note') }} />
            <Notice>
              <span>{t('set_password_backups')}</span>
            </Notice>
          </div>
        </Screen>
      </form>
      {asking.value && made.value && (
        <ProofDialog
          ceremony={{ then: 'set-password', ready: { ...made.value, hint: hint() } }}
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
