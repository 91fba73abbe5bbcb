import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SealedView } from '../../shared/account.ts';
import type { BackupInfo } from '../../shared/api.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { t } from '../../shared/i18n.ts';
import { failureText } from '../parts/biometric.ts';
import { SecretForms, type ShownSecret } from '../parts/secret-forms.tsx';
import { ui } from '../state.ts';
import type { SealedSecret } from './sealed-fetch.ts';

interface ProveProps {
  view: SealedView;
  onSecret: (secret: SealedSecret, signal: AbortSignal) => Promise<void>;
}

/** Any one of what opened that vault at its time. */
export function SealedProve({ view, onSecret }: ProveProps) {
  const copy = useCopy(view);
  const held = copy.value;
  const show = (secret: ShownSecret, signal: AbortSignal): Promise<void> =>
    onSecret(secret.by === 'passkey' ? { by: 'copy', handle: held?.handle ?? '', opener: secret.opener } : secret, signal);
  return (
    <div class="stack">
      <p class="quiet">{t('sealed_prove_lead')}</p>
      <SecretForms
        texts={{
          password: t('old_master_password'),
          open: t('sealed_open'),
          code: t('old_recovery_code'),
          openByCode: t('backup_open_code'),
          openByPasskey: t('backup_open_biometrics'),
        }}
        hasCode
        passkeys={held?.passkeys ?? []}
        onShown={show}
        explain={explain}
      />
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

function explain(code: ErrorCode, by: ShownSecret['by']): string | undefined {
  if (code !== 'denied' && code !== 'wrong-secret') return undefined;
  return { password: t('sealed_wrong_password'), recovery: t('wrong_recovery_code'), passkey: failureText('key-changed') }[by];
}
