/** Shows again that it is the person: before anything that a passer-by at an open desk must not do. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Opener, ProvedAct } from '../../shared/api.ts';
import { errorText, t } from '../../shared/i18n.ts';
import { CeremonyError } from '../ceremony-failure.ts';
import { codeOf, inTab, status, ui } from '../state.ts';
import { reachable } from '../webauthn.ts';
import { failureText, passkeyOpener } from './biometric.ts';
import { Button, Link } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { PasswordField, TextField } from './field.tsx';
import { withPassword } from './open-password.ts';
import { Progress } from './progress.tsx';

/** Whether the 60 s after the last shown factor are over. */
export const needsProof = (): boolean => Date.now() > (status.value?.open?.freshUntil ?? 0) - 2000;

interface ProofProps {
  /** Gets the factor; a failure is shown here, and another try is possible. */
  onProof: (proof: Opener) => Promise<unknown>;
  /** What the ceremony window finishes where biometrics can't run in place; without it they are offered in a tab only. */
  ceremony?: ProvedAct;
  /** The screen that the popup shows when it is opened next. */
  route: string;
}

export function Proof({ onProof, ceremony, route }: ProofProps) {
  const typed = useSignal('');
  const by = useSignal<'password' | 'recovery'>('password');
  const wrong = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const job = useRef<AbortController>(undefined);
  useEffect(() => () => job.current?.abort(), []);
  const locked = status.value?.locked ?? null;
  const biometrics = reachable(locked?.passkeys ?? []).length > 0 && (inTab.value || ceremony !== undefined);

  const run = async (work: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    wrong.value = undefined;
    const mine = new AbortController();
    job.current = mine;
    try {
      await work(mine.signal);
    } catch (failure) {
      if (!mine.signal.aborted) wrong.value = textOf(failure, by.value);
    } finally {
      busy.value = false;
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void run((signal) =>
      by.value === 'recovery'
        ? onProof({ by: 'recovery', code: typed.value })
        : withPassword(typed.value, locked?.passwordSlots ?? [], signal, onProof),
    );
  };
  const touch = (): void =>
    void run(async (signal) => {
      if (inTab.value || !ceremony) return void (await onProof(await passkeyOpener(locked?.passkeys ?? [], signal)));
      await ui.setIntent({ kind: 'view', route });
      await ui.openCeremony({ kind: 'prove-passkey', ...ceremony });
      close();
    });
  const swap = (): void => {
    by.value = by.value === 'password' ? 'recovery' : 'password';
    typed.value = '';
    wrong.value = undefined;
  };

  const field = {
    value: typed.value,
    onInput: (value: string) => {
      typed.value = value;
    },
    error: wrong.value,
    autofocus: true,
  };
  return (
    <form class="stack" onSubmit={submit}>
      {by.value === 'password' ? (
        <PasswordField key="p" label={t('current_master_password')} {...field} />
      ) : (
        <TextField key="r" label={t('recovery_code')} mono {...field} />
      )}
      {busy.value && <Progress text={t('proof_progress')} onCancel={() => job.current?.abort()} />}
      <div class="stack tight">
        <Button type="submit" kind="primary" full disabled={busy.value || typed.value === ''}>
          {t('confirm')}
        </Button>
        {biometrics && (
          <Button full icon="fingerprint" disabled={busy.value} onClick={touch}>
            {t('confirm_with_biometrics')}
          </Button>
        )}
      </div>
      <div class="centre">
        <Link onClick={swap}>{by.value === 'password' ? t('proof_by_recovery') : t('proof_by_password')}</Link>
      </div>
    </form>
  );
}

function textOf(failure: unknown, by: 'password' | 'recovery'): string {
  if (failure instanceof CeremonyError) return failureText(failure.failure);
  const code = codeOf(failure);
  if (code !== 'wrong-secret') return errorText(code);
  return by === 'password' ? t('wrong_master_password') : t('wrong_recovery_code');
}

/** The same as a dialog over the form that asks for it. */
export function ProofDialog({ onClose, ...proof }: ProofProps & { onClose: () => void }) {
  return (
    <Dialog title={t('proof_title')} onClose={onClose}>
      <p class="quiet">{t('proof_lead')}</p>
      <Proof {...proof} />
      <Button kind="quiet" onClick={onClose}>
        {t('cancel')}
      </Button>
    </Dialog>
  );
}
