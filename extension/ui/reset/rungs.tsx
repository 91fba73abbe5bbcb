/** The steps of Ways back in that only a vault with an account has, while it is locked. */
import type { AccountState } from '../../shared/account.ts';
import { ago, recently, t } from '../../shared/i18n.ts';
import { Link } from '../parts/index.ts';
import { Rung } from '../parts/rung.tsx';
import { go } from '../route.ts';
import { ResetAsk } from './ask.tsx';

/** By name where they are known, so that nobody resets while a way in exists. */
export function OtherBrowsers({ account: { others } }: { account: AccountState }) {
  if (others.length === 0) return null;
  return (
    <ul class="stack tight facts">
      {others.map(({ name, lastUsedAt }, at) => (
        <li key={at}>{t('way_device_named', name || t('device_unnamed'), ago(lastUsedAt))}</li>
      ))}
    </ul>
  );
}

export function DeviceRung({ account }: { account: AccountState }) {
  return (
    <Rung
      icon="device"
      title={t('way_device')}
      {...(account.others.length > 0 ? { state: 'ready', stateText: t('way_ready') } : { state: 'unproved', stateText: t('way_unproved') })}
      detail={
        <>
          <span>{t('way_device_account', account.email)}</span>
          <OtherBrowsers account={account} />
          {account.lastSyncAt !== null && <span>{t('way_device_synced', recently(account.lastSyncAt))}</span>}
        </>
      }
    />
  );
}

/** Asks for the mail right here: of the reset itself nothing has happened by that. */
export function ResetRung({ account }: { account: AccountState }) {
  const { email, server } = account;
  return (
    <Rung
      icon="door"
      title={<Link onClick={() => go({ name: 'reset' })}>{t('reset_account')}</Link>}
      state="impossible"
      stateText={t('way_last')}
      detail={t('way_reset')}
    >
      <div class="grow">
        <ResetAsk first={{ email, server }} withServer={false} />
      </div>
    </Rung>
  );
}
