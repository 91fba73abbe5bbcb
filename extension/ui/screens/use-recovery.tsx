import { useSignal } from '@preact/signals';
import { date, t } from '../../shared/i18n.ts';
import { enter } from '../home.ts';
import { Button, Notice, Progress, Screen, TextField } from '../parts/index.ts';
import { attempt, ownStep, refresh, status, ui } from '../state.ts';

/** Opens the vault with the code on paper; a new code takes the place of the one that was used. */
export function UseRecovery() {
  const code = useSignal('');
  const busy = useSignal(false);
  const madeAt = status.value?.locked?.recovery.createdAt ?? null;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    await attempt(() =>
      ownStep(async () => {
        const { newRecoveryCode } = await ui.unlock({ by: 'recovery', code: code.value });
        code.value = '';
        enter(await refresh(), newRecoveryCode);
      }),
    );
    busy.value = false;
  };
  return (
    <form class="screen-form" onSubmit={submit}>
      <Screen
        title={t('use_recovery_code')}
        foot={
          <Button type="submit" kind="primary" full large disabled={busy.value || code.value.trim() === ''}>
            {t('unlock')}
          </Button>
        }
      >
        <div class="stack">
          <p class="quiet">{t('use_recovery_lead')}</p>
          <TextField
            label={t('recovery_code')}
            value={code.value}
            onInput={(value) => {
              code.value = value;
            }}
            mono
            autofocus
            maxLength={80}
            note={madeAt === null ? t('use_recovery_note') : t('use_recovery_note_date', date(madeAt))}
          />
          {busy.value && <Progress text={t('unlock_progress')} />}
          <Notice>
            <span>{t('use_recovery_after')}</span>
          </Notice>
        </div>
      </Screen>
    </form>
  );
}
