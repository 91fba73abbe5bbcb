import { useSignal } from '@preact/signals';
import { plural, t } from '../../shared/i18n.ts';
import { Button, Notice, Progress, Screen, say } from '../parts/index.ts';
import { back, reset } from '../route.ts';
import { attempt, refresh, status, ui } from '../state.ts';

/** The vault stays, whole; only this browser goes its own way from here. */
export function LeaveAccount() {
  const busy = useSignal(false);
  const account = status.value?.account ?? null;
  const waiting = account?.waiting ?? 0;
  const leave = async (): Promise<void> => {
    busy.value = true;
    const done = await attempt(async () => {
      await ui.leaveAccount();
      await refresh();
    });
    busy.value = false;
    if (!done) return;
    if (!back()) reset({ name: 'list' });
    say(t('leave_done'));
  };
  return (
    <Screen
      title={t('sync_copy')}
      foot={
        <div class="stack tight">
          {busy.value && <Progress text={t('leave_progress')} />}
          <Button kind="primary" full large disabled={busy.value || account === null} onClick={() => void leave()}>
            {t('sync_copy')}
          </Button>
        </div>
      }
    >
      <div class="stack">
        <Notice title={t('leave_title')}>
          <span>{t('leave_text')}</span>
        </Notice>
        {waiting > 0 && (
          <Notice kind="warn" title={plural('sync_waiting', waiting)}>
            <span>{t('leave_waiting')}</span>
          </Notice>
        )}
        <ul class="stack tight facts">
          <li>{t('leave_fact_others')}</li>
          <li>{t('leave_fact_device')}</li>
          <li>{t('leave_fact_back')}</li>
        </ul>
      </div>
    </Screen>
  );
}
