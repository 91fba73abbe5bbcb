import { useSignal } from '@preact/signals';
import { t } from '../../shared/i18n.ts';
import { goHome } from '../home.ts';
import { downloadVaultFile } from '../parts/download.ts';
import { Button, Notice, Screen, say, TextField } from '../parts/index.ts';
import { attempt, ownStep, refresh, status, ui } from '../state.ts';

/** The last step: nothing is lost by it, because the sealed vault leaves as a file first. */
export function StartOver() {
  const saved = useSignal(false);
  const typed = useSignal('');
  const name = status.value?.locked?.vaultName ?? '';
  const fits = typed.value.trim() === name.trim();

  const save = (): Promise<boolean> =>
    attempt(async () => {
      downloadVaultFile(await ui.saveSealedCopy());
      saved.value = true;
      say(t('start_over_saved'));
    });
  const end = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    await attempt(() =>
      ownStep(async () => {
        await ui.startOver({ savedBackup: true, typed: typed.value });
        goHome(await refresh());
      }),
    );
  };
  return (
    <Screen title={t('start_over_here')}>
      <form class="stack" onSubmit={end}>
        <Notice kind="warn" title={t('start_over_what')}>
          <span>{t('start_over_kept')}</span>
        </Notice>
        <p class="quiet">{t('start_over_before')}</p>
        <Button icon="download" kind={saved.value ? 'plain' : 'primary'} full autofocus onClick={save}>
          {t('save_sealed_copy')}
        </Button>
        {saved.value && (
          <Notice kind="good">
            <span>{t('start_over_saved_more')}</span>
          </Notice>
        )}
        {name !== '' && (
          <TextField
            label={t('start_over_type', name)}
            value={typed.value}
            onInput={(value) => {
              typed.value = value;
            }}
            disabled={!saved.value}
            note={saved.value ? undefined : t('start_over_first')}
          />
        )}
        <Button type="submit" kind="danger" full disabled={!saved.value || !fits}>
          {t('start_over_here')}
        </Button>
      </form>
    </Screen>
  );
}
