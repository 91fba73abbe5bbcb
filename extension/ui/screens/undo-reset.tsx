import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { BackupInfo, Opener } from '../../shared/api.ts';
import { date, errorText, t } from '../../shared/i18n.ts';
import { useFocusStart } from '../account/use-focus.ts';
import { enter } from '../home.ts';
import { Button, Notice, Progress, Screen, say } from '../parts/index.ts';
import type { Routes } from '../route.ts';
import { attempt, codeOf, ownStep, refresh, status, ui } from '../state.ts';
import { BackupSecret } from './open-backup-secret.tsx';

/**
 * The vault from before takes its place at the account again. By the vault that is open, where it is that
 * one; else by a sealed copy in this browser, opened with what opened it then (S-135).
 */
export function UndoReset({ gen }: Routes['undo-reset']) {
  const account = status.value?.account;
  const own = account?.state === 'reset-elsewhere';
  const until = account?.reset?.undoUntil ?? null;
  return (
    <Screen title={t('undo_reset')}>
      <div class="stack wide">
        <Notice title={t('undo_what')}>
          <ul class="stack tight facts">
            <li>{t('undo_what_back')}</li>
            <li>{t('undo_what_new')}</li>
            <li>{t('undo_what_out')}</li>
          </ul>
        </Notice>
        {until !== null && <p class="quiet">{t('undo_until', date(until))}</p>}
        {own ? <ByThisVault /> : <ByCopy gen={gen ?? null} />}
      </div>
    </Screen>
  );
}

const undo = (from: { handle: string; opener: Opener } | null): Promise<void> =>
  ownStep(async () => {
    const { newRecoveryCode } = await ui.undoReset({ from });
    enter(await refresh(), newRecoveryCode);
    say(t('undo_done'));
  });

function ByThisVault() {
  const busy = useSignal(false);
  const run = async (): Promise<void> => {
    busy.value = true;
    await attempt(() => undo(null));
    busy.value = false;
  };
  return (
    <>
      {busy.value && <Progress text={t('undo_progress')} />}
      <Button kind="primary" full large autofocus disabled={busy.value} onClick={run}>
        {t('undo_reset')}
      </Button>
    </>
  );
}

function ByCopy({ gen }: { gen: string | null }) {
  const info = useSignal<BackupInfo | null>(null);
  const none = useSignal<string | null>(null);
  useEffect(() => {
    void find().catch((failure: unknown) => {
      none.value = errorText(codeOf(failure));
    });
    return () => {
      const handle = info.peek()?.handle;
      if (handle) void ui.closeBackup({ handle }).catch(() => undefined);
    };
  }, []);
  const find = async (): Promise<void> => {
    const copy = (await ui.sealedVaults()).find((view) => view.where === 'browser' && (gen === null || view.gen === gen));
    if (copy) info.value = await ui.openSealed({ id: copy.id });
    else none.value = t('undo_no_copy');
  };
  useFocusStart(info.value === null);
  if (none.value !== null) {
    return (
      <Notice kind="warn">
        <span>{none.value}</span>
      </Notice>
    );
  }
  if (info.value === null) return <Progress text={t('backup_opening')} />;
  const { handle } = info.value;
  const open = async (opener: Opener): Promise<void> => {
    await undo({ handle, opener });
    info.value = null;
  };
  return (
    <>
      <p class="quiet">{t('undo_by_copy')}</p>
      <BackupSecret
        info={info.value}
        canOpen
        onOpen={open}
        texts={{ open: t('undo_reset'), code: t('undo_with_code'), passkey: t('undo_with_biometrics') }}
      />
    </>
  );
}
