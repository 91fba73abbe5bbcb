import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { BackupInfo, Opener } from '../../shared/api.ts';
import { toB64 } from '../../shared/bytes.ts';
import { plural, t } from '../../shared/i18n.ts';
import { enter } from '../home.ts';
import { Button, Link, Notice, problem, Screen, say } from '../parts/index.ts';
import { back, go } from '../route.ts';
import { attempt, inTab, ownStep, refresh, status, ui } from '../state.ts';
import { BackupSecret } from './open-backup-secret.tsx';

/** The engine's own limit on a vault file; more is not one. */
const MOST_BYTES = 512 * 1024 * 1024;

/** First the file, which says by itself what opens it; only then a secret is asked for. */
export function OpenBackup() {
  const info = useSignal<BackupInfo | null>(null);
  const state = status.value?.state;
  useEffect(
    () => () => {
      if (info.peek()) void ui.closeBackup({ handle: info.peek()?.handle ?? '' }).catch(() => undefined);
    },
    [],
  );
  const read = (file: File): Promise<boolean> =>
    attempt(async () => {
      if (file.size > MOST_BYTES) return problem(t('error_not_backup'));
      info.value = await ui.readBackup({ file: toB64(new Uint8Array(await file.arrayBuffer())) });
    });
  const open = async (opener: Opener): Promise<void> => {
    const handle = info.value?.handle ?? '';
    const mode = state === 'unlocked' ? 'merge' : 'adopt';
    await ownStep(async () => {
      const report = await ui.openBackup({ handle, opener, mode });
      info.value = null;
      const now = await refresh();
      if (mode === 'adopt' || !back()) enter(now, report.newRecoveryCode);
      say(mode === 'adopt' ? t('backup_adopted') : plural('backup_merged', report.added + report.merged));
    });
  };

  return (
    <Screen title={t('open_a_backup')}>
      <div class="stack">
        {state === 'locked' || state === 'damaged' ? (
          <Notice kind="warn" title={t('backup_vault_here')}>
            <span>{t('backup_vault_here_more')}</span>
            <Link onClick={() => go({ name: 'start-over' })}>{t('start_over_here')}</Link>
          </Notice>
        ) : (
          <p class="quiet">{state === 'unlocked' ? t('backup_lead_merge') : t('backup_lead_adopt')}</p>
        )}
        {info.value === null ? (
          <ChooseFile onFile={read} />
        ) : (
          <BackupSecret info={info.value} canOpen={state === 'absent' || state === 'unlocked'} onOpen={open} />
        )}
      </div>
    </Screen>
  );
}

function ChooseFile({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  // The system's file dialog takes the focus, and with it the popup would close.
  const openTab = (): Promise<boolean> =>
    attempt(async () => {
      await ui.setIntent({ kind: 'view', route: 'open-backup' });
      await chrome.tabs.create({ url: chrome.runtime.getURL('popup.html') });
      close();
    });
  if (!inTab.value) {
    return (
      <Button kind="primary" icon="tab" full autofocus onClick={openTab}>
        {t('backup_choose_in_tab')}
      </Button>
    );
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) onFile(file);
  };
  return (
    <div class="drop" role="group" aria-label={t('backup_file')} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <input
        ref={input}
        class="hidden-text"
        type="file"
        accept=".sesame,application/octet-stream"
        aria-label={t('backup_file')}
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onFile(file);
          event.currentTarget.value = '';
        }}
      />
      <Button kind="primary" icon="upload" autofocus onClick={() => input.current?.click()}>
        {t('backup_choose')}
      </Button>
      <span class="small quiet">{t('backup_drop')}</span>
    </div>
  );
}
