/** How it stands between this browser and the account, in the fewest words that are true. */
import type { AccountState } from '../../shared/account.ts';
import { plural, recently, t, time } from '../../shared/i18n.ts';
import { hostOf } from './address.ts';

interface SyncWords {
  text: string;
  /** What waits meanwhile. */
  more?: string;
  /** Something that the person should look at. */
  warn: boolean;
}

export function syncWords(account: AccountState): SyncWords {
  const calm = (text: string): SyncWords => ({ text, warn: false });
  const loud = (text: string): SyncWords => ({ text, warn: true });
  if (account.state === 'suspended') return loud(t('sync_suspended'));
  if (account.state === 'signed-out') return loud(t('sync_signed_out'));
  if (account.state === 'reset-elsewhere') return loud(t('sync_reset'));
  if (account.syncing) return calm(t('sync_running'));
  const trouble = troubleText(account);
  if (trouble !== null) {
    return account.waiting > 0 ? { ...loud(trouble), more: plural('sync_waiting', account.waiting) } : loud(trouble);
  }
  if (account.waiting > 0) return calm(plural('sync_waiting', account.waiting));
  return calm(account.lastSyncAt === null ? t('sync_never') : t('sync_done', recently(account.lastSyncAt)));
}

/** What kept the last contact from working, if something did. */
function troubleText({ problem, server, retryAt }: AccountState): string | null {
  if (problem === null) return null;
  if (problem === 'offline') return t('sync_offline', hostOf(server));
  if (problem === 'slow-down') return retryAt === null ? t('sync_slow') : t('sync_slow_until', time(retryAt));
  if (problem === 'over-quota') return t('sync_full');
  if (problem === 'update') return t('sync_update');
  return problem === 'storage' ? t('sync_storage') : t('sync_server', hostOf(server));
}
