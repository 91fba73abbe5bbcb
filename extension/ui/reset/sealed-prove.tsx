import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SealedView } from '../../shared/account.ts';
import type { BackupInfo } from '../../shared/api.ts';
import { errorText, t } from '../../shared/i18n.ts';
import { CeremonyError } from '../ceremony-failure.ts';
import { failureText, passkeyOpener } from '../parts/biometric.ts';
import { Button, PasswordField, Progress, TextField } from '../parts/index.ts';
import { codeOf, inTab, ui } from '../state.ts';
import { reachable } from '../webauthn.ts';
import type { SealedSecret } from './sealed-fetch.ts';

interface ProveProps {
  view: SealedView;
  onSecret: (secret: SealedSecret, signal: AbortSignal) => Promise<void>;
}

/** Any one of what opened that vault at its time. */
export function SealedProve({ view, onSecret }: ProveProps) {
  const password = useSignal('');
  const code = useSignal('');
  const wrong = useSignal<Partial<Record<SealedSecret['by'], string>>>({});
  const busy = useSignal(false);
  const job = useRef<AbortController>(undefined);
  const copy = useCopy(view);
  useEffect(() => () => job.current?.abort(), []);

  const run = async (by: SealedSecret['by'], make: (signal: AbortSignal) => Promise<SealedSecret>): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    wrong.value = {};
    const mine = new AbortController();
    job.current = mine;
    try {
      await onSecret(await make(mine.signal), mine.signal);
    } catch (failure) {
      if (!mine.signal.aborted) wrong.value = { [by]: textOf(failure, by) };
    } finally {
      busy.value = false;
    }
  };
  const byPassword = (event: SubmitEvent): void => {
    event.preventDefault();
    void run('password', async () => ({ by: 'password', password: password.value }));
  };
  const byCode = (event: SubmitEvent): void => {
    event.preventDefault();
    void run('recovery', async () => ({ by: 'recovery', code: code.value }));
  };
  const held = copy.value;
  const byFinger = (): void =>
    void run('copy', async (signal) => ({
      by: 'copy',
      handle: held?.handle ?? '',
      opener: await passkeyOpener(held?.passkeys ?? [], signal),
    }));
  return (
    <div class="stack">
      <p class="quiet">{t('sealed_prove_lead')}</p>
      <form class="stack tight" onSubmit={byPassword}>
        <PasswordField
          label={t('old_master_password')}
          value={password.value}
          onInput={(value) => {
            password.value = value;
          }}
          error={wrong.value.password}
          autofocus
        />
        <Button type="submit" kind="primary" full disabled={busy.value || password.value === ''}>
          {t('sealed_open')}
        </Button>
      </form>
      {busy.value && <Progress text={t('backup_opening')} onCancel={() => job.current?.abort()} />}
      <form class="stack tight" onSubmit={byCode}>
        <TextField
          label={t('old_recovery_code')}
          value={code.value}
          onInput={(value) => {
            code.value = value;
          }}
          mono
          maxLength={80}
          error={wrong.value.recovery}
        />
        <Button type="submit" full disabled={busy.value || code.value.trim() === ''}>
          {t('backup_open_code')}
        </Button>
      </form>
      {held && reachable(held.passkeys).length > 0 && inTab.value && (
        <Button full icon="fingerprint" disabled={busy.value} onClick={byFinger}>
          {t('backup_open_biometrics')}
        </Button>
      )}
      {wrong.value.copy && <p class="field-error">{wrong.value.copy}</p>}
    </div>
  );
}

/** The same vault as it lay in this browser, if it did: what opens that, biometrics too, opens the account's. */
function useCopy(view: SealedView) {
  const copy = useSignal<BackupInfo | null>(null);
  useEffect(() => {
    let gone = false;
    const close = (): void => {
      const handle = copy.peek()?.handle;
      if (handle) void ui.closeBackup({ handle }).catch(() => undefined);
    };
    void (async () => {
      const here = (await ui.sealedVaults()).find(({ where, gen }) => where === 'browser' && gen === view.gen);
      if (!here) return;
      copy.value = await ui.openSealed({ id: here.id });
      if (gone) close();
    })().catch(() => undefined);
    return () => {
      gone = true;
      close();
    };
  }, []);
  return copy;
}

function textOf(failure: unknown, by: SealedSecret['by']): string {
  if (failure instanceof CeremonyError) return failureText(failure.failure);
  const code = codeOf(failure);
  if (code !== 'denied' && code !== 'wrong-secret') return errorText(code);
  return by === 'password' ? t('sealed_wrong_password') : by === 'recovery' ? t('wrong_recovery_code') : failureText('key-changed');
}
