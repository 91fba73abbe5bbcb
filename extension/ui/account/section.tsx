/** Settings → Account: where the vault lives, said as it is, and how it stands with the account. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AccountState } from '../../shared/account.ts';
import { t } from '../../shared/i18n.ts';
import { Button, Card, ListRow, Notice, say } from '../parts/index.ts';
import { go } from '../route.ts';
import { Leads } from '../screens/settings.tsx';
import { attempt, changes, refresh, status, ui } from '../state.ts';
import type { AccountAddress } from './account-fields.tsx';
import { findPending } from './pending.ts';
import { StateNotice } from './state-notice.tsx';
import { syncWords } from './state-words.ts';
import { SyncRadios } from './sync-choice.tsx';
import { SyncLine } from './sync-line.tsx';

export function AccountPart() {
  const account = status.value?.account ?? null;
  return account === null ? <NoAccount /> : <WithAccount account={account} />;
}

function NoAccount() {
  const pending = useSignal<AccountAddress | null>(null);
  useEffect(() => {
    void findPending().then((found) => {
      pending.value = found;
    });
  }, []);
  const found = pending.value;
  return (
    <div class="stack tight">
      <p class="quiet">{t('settings_account_local')}</p>
      <Card list>
        {found ? (
          <li>
            <ListRow
              icon="person"
              title={t('account_finish')}
              detail={t('account_finish_detail', found.email)}
              described
              focusKey="to-account-code"
              onClick={() => go({ name: 'account-code', at: found, send: false, kit: null })}
            />
          </li>
        ) : (
          <Leads to={{ name: 'join-account' }} icon="person" text={t('join_title')} detail={t('join_detail')} />
        )}
        <Leads to={{ name: 'sign-in' }} icon="door" text={t('sign_in_existing')} detail={t('sign_in_existing_detail')} />
      </Card>
    </div>
  );
}

function WithAccount({ account }: { account: AccountState }) {
  const syncing = useSignal(false);
  void changes.value;
  const sync = async (): Promise<void> => {
    syncing.value = true;
    await attempt(async () => {
      await ui.syncNow();
      const { account: now } = await refresh();
      if (now) say(syncWords(now).text);
    });
    syncing.value = false;
  };
  const setMode = (mode: 'auto' | 'ask' | 'copy'): void => {
    if (mode === 'copy') {
      go({ name: 'leave-account' });
      return;
    }
    void attempt(async () => {
      await ui.setSyncMode({ mode });
      await refresh();
      say(t('settings_saved'));
    });
  };
  const works = account.state === 'ok';
  return (
    <div class="stack">
      <Card padded>
        <div class="line between">
          <div class="grow stack close">
            <p class="strong cut">{account.email}</p>
            <SyncLine account={account} />
          </div>
          {works && (
            <Button icon="refresh" disabled={syncing.value || account.syncing} focusKey="sync-now" onClick={() => void sync()}>
              {t('sync_now')}
            </Button>
          )}
        </div>
      </Card>
      <StateNotice account={account} />
      {works && <SyncRadios value={account.mode} onChange={setMode} />}
      <Card list>
        <Leads to={{ name: 'account' }} icon="person" text={t('account_details')} detail={t('account_details_detail')} />
        <Leads to={{ name: 'devices' }} icon="device" text={t('devices_title')} detail={t('devices_detail')} />
        <Leads to={{ name: 'sealed-vaults' }} icon="lock" text={t('sealed_title')} detail={t('sealed_detail')} />
      </Card>
      {!works && (
        <Notice>
          <span>{t('account_still_local')}</span>
        </Notice>
      )}
    </div>
  );
}
