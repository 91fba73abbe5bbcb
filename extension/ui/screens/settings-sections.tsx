import { useSignal } from '@preact/signals';
import { ago, t } from '../../shared/i18n.ts';
import { AccountPart } from '../account/section.tsx';
import { downloadVaultFile } from '../parts/download.ts';
import { Card, Link, ListRow, Section, say, TextField } from '../parts/index.ts';
import { attempt, refresh, status, ui } from '../state.ts';
import { Leads } from './settings.tsx';

/** Where the vault lives, said as it is. */
export function AccountSection({ vaultName, onVaultName }: { vaultName: string; onVaultName: (name: string) => void }) {
  const typed = useSignal<string | null>(null);
  const keep = (): void => {
    const name = typed.value?.trim() ?? '';
    if (name !== '' && name !== vaultName) onVaultName(name);
    typed.value = null;
  };
  return (
    <Section title={t('settings_account')}>
      <AccountPart />
      <TextField
        label={t('settings_vault_name')}
        value={typed.value ?? vaultName}
        maxLength={60}
        onInput={(name) => (typed.value = name)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
      />
    </Section>
  );
}

export function BackupsSection() {
  const saved = status.value?.open?.waysBack.backup.lastSavedAt ?? null;
  const save = (): void => {
    void attempt(async () => {
      const backup = await ui.saveBackup();
      downloadVaultFile(backup);
      say(t('export_saved', backup.fileName));
      await refresh();
    });
  };
  return (
    <Section title={t('settings_backups')}>
      <Card list>
        <li>
          <ListRow
            icon="download"
            title={t('settings_backup_save')}
            detail={saved === null ? t('settings_backup_none') : t('settings_backup_last', ago(saved))}
            described
            onClick={save}
          />
        </li>
        <Leads to={{ name: 'open-backup' }} icon="upload" text={t('settings_backup_open')} />
        <Leads to={{ name: 'import' }} icon="plus" text={t('settings_import')} detail={t('settings_import_text')} />
        {status.value?.account === null && (
          <Leads to={{ name: 'sealed-vaults' }} icon="lock" text={t('sealed_vaults')} detail={t('sealed_lead_here')} />
        )}
        <Leads to={{ name: 'export' }} icon="tab" text={t('settings_export')} detail={t('settings_export_text')} />
      </Card>
    </Section>
  );
}

export function AboutSection() {
  return (
    <Section title={t('settings_about')}>
      <Card padded>
        <div class="stack close">
          <p class="strong">{t('settings_version', chrome.runtime.getManifest().version)}</p>
          <p class="quiet">{t('settings_licence')}</p>
          <p class="quiet">{t('settings_reviewed')}</p>
          <Link onClick={() => void chrome.tabs.create({ url: chrome.runtime.getURL('LICENSES.txt') })}>{t('settings_licences')}</Link>
        </div>
      </Card>
    </Section>
  );
}
