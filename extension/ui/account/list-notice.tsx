/** Above the rows of an open vault: what the account needs, and a sign-up that is not finished. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../../shared/i18n.ts';
import { Link, Notice } from '../parts/index.ts';
import { go } from '../route.ts';
import { status } from '../state.ts';
import type { AccountAddress } from './account-fields.tsx';
import { findPending } from './pending.ts';
import { StateNotice } from './state-notice.tsx';

export function AccountNotices() {
  const account = status.value?.account ?? null;
  return account ? <StateNotice account={account} /> : <Unfinished />;
}

function Unfinished() {
  const pending = useSignal<AccountAddress | null>(null);
  useEffect(() => {
    void findPending().then((found) => {
      pending.value = found;
    });
  }, []);
  const found = pending.value;
  if (!found) return null;
  return (
    <Notice icon="person">
      <span>{t('list_account_unfinished', found.email)}</span>
      <Link onClick={() => go({ name: 'account-code', at: found, send: false, kit: null })}>{t('account_finish')}</Link>
    </Notice>
  );
}
