import { t } from '../../shared/i18n.ts';
import { RadioGroup } from '../parts/index.ts';

/** `copy`: no account any more, only what lies in this browser. */
export type SyncChoice = 'auto' | 'ask' | 'copy';

export function SyncRadios({ value, onChange }: { value: SyncChoice; onChange: (choice: SyncChoice) => void }) {
  return (
    <RadioGroup
      label={t('sync_label')}
      value={value}
      options={[
        { value: 'auto', label: t('sync_auto'), detail: t('sync_auto_detail') },
        { value: 'ask', label: t('sync_ask'), detail: t('sync_ask_detail') },
        { value: 'copy', label: t('sync_copy'), detail: t('sync_copy_detail') },
      ]}
      onChange={onChange}
    />
  );
}
