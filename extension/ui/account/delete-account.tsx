import { useSignal } from '@preact/signals';
import { date, t } from '../../shared/i18n.ts';
import { downloadVaultFile } from '../parts/download.ts';
import { Button, Notice, Screen, say, TextField } from '../parts/index.ts';
import { reset } from '../route.ts';
import { attempt, refresh, status, ui } from '../state.ts';
import { useProof } from './use-proof.tsx';

/** Late, slow and to be taken back: 30 days, a mail about it, and this browser keeps its vault (S-142, S-157). */
export function DeleteAccount() {
  const typed = useSignal('');
  const email = status.value?.account?.email ?? '';
  const { run, dialog } = useProof('account');
  const fits = email !== '' && typed.value.trim().toLowerCase() === email.toLowerCase();
  const save = (): Promise<boolean> =>
    attempt(async () => {
      const saved = await ui.saveBackup();
      downloadVaultFile(saved);
      say(t('export_saved', saved.fileName));
    });
  const end = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!fits) return;
    void run(async (proof) => {
      const { eraseAt } = await ui.deleteAccount({ typed: typed.value.trim(), proof });
      await refresh();
      reset({ name: 'list' }, { name: 'settings' });
      say(t('delete_done', date(eraseAt)));
    });
  };
  return (
    <Screen title={t('delete_account')}>
      <form class="stack" onSubmit={end} noValidate>
        <Notice kind="warn" title={t('delete_what')}>
          <span>{t('delete_kept')}</span>
        </Notice>
        <ul class="stack tight facts">
          <li>{t('delete_fact_server')}</li>
          <li>{t('delete_fact_others')}</li>
          <li>{t('delete_fact_sealed')}</li>
          <li>{t('delete_fact_undo')}</li>
        </ul>
        <Button icon="download" full focusKey="save" onClick={save}>
          {t('save_backup')}
        </Button>
        <TextField
          label={t('delete_type', email)}
          type="email"
          autocomplete="off"
          value={typed.value}
          maxLength={254}
          onInput={(value) => (typed.value = value)}
        />
        <Button type="submit" kind="danger" full disabled={!fits}>
          {t('delete_account')}
        </Button>
      </form>
      {dialog}
    </Screen>
  );
}
