import { useSignal } from '@preact/signals';
import { type TextKey, t } from '../../shared/i18n.ts';
import { downloadVaultFile } from '../parts/download.ts';
import { Button, Dialog, Notice, Progress, Screen, say } from '../parts/index.ts';
import { Rung } from '../parts/rung.tsx';
import { back, reset } from '../route.ts';
import { attempt, refresh, status, ui } from '../state.ts';

type Way = 'retry' | 'merge' | 'push';

/** What the account sent did not prove true: nothing of it was taken, and nothing goes on until the person says how (S-09, S-10, S-17). */
export function Suspended() {
  const account = status.value?.account ?? null;
  const busy = useSignal<Way | null>(null);
  const asking = useSignal<'merge' | 'push' | null>(null);
  const reason = account?.reason ?? null;
  if (account?.state !== 'suspended') {
    return (
      <Screen title={t('suspended_title')}>
        <Notice kind="good" title={t('suspended_over')} />
      </Screen>
    );
  }
  const run = async (how: Way): Promise<void> => {
    asking.value = null;
    busy.value = how;
    await attempt(async () => {
      await ui.resolveSuspended({ how });
      const now = await refresh();
      if (now.account?.state === 'suspended') return say(t('suspended_still'));
      if (!back()) reset({ name: 'list' });
      say(t('suspended_over'));
    });
    busy.value = null;
  };
  const save = (): Promise<boolean> =>
    attempt(async () => {
      const saved = await ui.saveBackup();
      downloadVaultFile(saved);
      say(t('export_saved', saved.fileName));
    });
  const key = (reason ?? 'forged').replaceAll('-', '_');
  return (
    <Screen title={t('suspended_title')}>
      <div class="stack">
        <Notice kind="bad" title={t(`suspended_why_${key}` as TextKey)}>
          <span>{t('suspended_safe')}</span>
        </Notice>
        <p class="quiet">{t(`suspended_more_${key}` as TextKey)}</p>
        {busy.value && <Progress text={t('suspended_working')} />}
        <ol class="card ladder">
          <Rung icon="refresh" title={t('try_again')} state="ready" stateText={t('suspended_first')} detail={t('suspended_retry')}>
            <Button focusKey="retry" disabled={busy.value !== null} onClick={() => void run('retry')}>
              {t('try_again')}
            </Button>
          </Rung>
          <Rung icon="download" title={t('save_backup')} state="ready" stateText={t('way_ready')} detail={t('suspended_save')}>
            <Button focusKey="save" onClick={save}>
              {t('save_backup')}
            </Button>
          </Rung>
          <Rung icon="plus" title={t('suspended_merge')} state="ready" stateText={t('way_ready')} detail={t('suspended_merge_text')}>
            <Button focusKey="merge" disabled={busy.value !== null} onClick={() => (asking.value = 'merge')}>
              {t('suspended_merge')}
            </Button>
          </Rung>
          <Rung icon="upload" title={t('suspended_push')} state="impossible" stateText={t('way_last')} detail={t('suspended_push_text')}>
            <Button focusKey="push" disabled={busy.value !== null} onClick={() => (asking.value = 'push')}>
              {t('suspended_push')}
            </Button>
          </Rung>
        </ol>
      </div>
      {asking.value && (
        <Dialog
          title={t(`suspended_${asking.value}`)}
          onClose={() => (asking.value = null)}
          actions={
            <>
              <Button autofocus onClick={() => (asking.value = null)}>
                {t('cancel')}
              </Button>
              <Button kind="primary" onClick={() => void run(asking.value ?? 'merge')}>
                {t(`suspended_${asking.value}`)}
              </Button>
            </>
          }
        >
          <p class="quiet">{t(`suspended_${asking.value}_sure`)}</p>
        </Dialog>
      )}
    </Screen>
  );
}
