import { useSignal } from '@preact/signals';
import type { Opener, ProvedAct } from '../../shared/api.ts';
import { type TextKey, t } from '../../shared/i18n.ts';
import { AskDevice } from '../parts/ask-device.tsx';
import { passkeyOpener } from '../parts/biometric.ts';
import { downloadReadable } from '../parts/download.ts';
import { Button, Notice, Screen } from '../parts/index.ts';
import { refresh, status, ui } from '../state.ts';
import { RecoveryKit } from './recovery-kit.tsx';

/** In the ceremony window: a finger, and then what the popup began with all that it takes to finish it. */
export function ProveHere({ act, onDone }: { act: ProvedAct; onDone: (ok: boolean) => void }) {
  const code = useSignal<string | null>(null);
  const exported = useSignal<string | null>(null);

  const finish = async (proof: Opener): Promise<void> => {
    if (act.then === 'set-password') {
      await ui.setMasterPassword({ ...act.ready, ...(act.account && { account: act.account }), proof });
      onDone(true);
    } else if (act.then === 'new-recovery-code') {
      code.value = (await ui.newRecoveryCode({ proof })).recoveryCode;
    } else {
      const { fileName, text } = await ui.exportReadable({ format: act.format, typed: act.typed, proof });
      downloadReadable(fileName, text, act.format);
      exported.value = fileName;
    }
    await refresh();
  };
  if (code.value !== null) return <RecoveryKit code={code.value} after="renewed" onDone={() => onDone(true)} />;
  if (exported.value !== null) {
    return (
      <Screen title={t('export_title')}>
        <div class="stack">
          <Notice kind="good" title={t('export_done', exported.value)} />
          <Button kind="primary" autofocus onClick={() => onDone(true)}>
            {t('close')}
          </Button>
        </div>
      </Screen>
    );
  }
  return (
    <AskDevice
      title={t('proof_title')}
      lead={<p class="quiet">{t(`proof_then_${act.then.replaceAll('-', '_')}` as TextKey)}</p>}
      again="confirm_with_biometrics"
      work={async (signal) => finish(await passkeyOpener(status.value?.locked?.passkeys ?? [], signal))}
      onCancel={() => onDone(false)}
    />
  );
}
