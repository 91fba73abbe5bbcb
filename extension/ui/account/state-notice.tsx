/** What the account needs from the person, most of all first: what happened, what is safe, what to do next. */
import type { AccountState } from '../../shared/account.ts';
import { date, t } from '../../shared/i18n.ts';
import { Button, Link, Notice, say } from '../parts/index.ts';
import { go } from '../route.ts';
import { attempt, refresh, ui } from '../state.ts';
import { hostOf } from './address.ts';

/** Null where nothing needs to be said: most days. The reset of elsewhere has a notice of its own. */
export function StateNotice({ account }: { account: AccountState }) {
  const { state, deleteAt, passwordBehind, problem, email, server } = account;
  if (state === 'suspended') {
    return (
      <Notice kind="bad" title={t('suspended_title')}>
        <span>{t('suspended_short')}</span>
        <Link onClick={() => go({ name: 'suspended' })}>{t('suspended_see')}</Link>
      </Notice>
    );
  }
  if (state === 'signed-out') {
    return (
      <Notice kind="warn" title={t('signed_out_title')}>
        <span>{t('signed_out_text')}</span>
        <div class="line wrap">
          <Button focusKey="sign-in-again" onClick={() => go({ name: 'sign-in', email, server })}>
            {t('sign_in_again')}
          </Button>
          <Link onClick={() => go({ name: 'leave-account' })}>{t('sync_copy')}</Link>
        </div>
      </Notice>
    );
  }
  if (state !== 'ok') return null;
  if (deleteAt !== null) return <Deleting at={deleteAt} />;
  if (passwordBehind) {
    return (
      <Notice kind="warn" title={t('behind_title')}>
        <span>{t('behind_text')}</span>
        <Link onClick={() => go({ name: 'bring-password' })}>{t('behind_do')}</Link>
      </Notice>
    );
  }
  if (problem === 'over-quota') {
    return (
      <Notice kind="warn" title={t('quota_title', hostOf(server))}>
        <span>{t('quota_text')}</span>
      </Notice>
    );
  }
  return null;
}

function Deleting({ at }: { at: number }) {
  const keep = (): void =>
    void attempt(async () => {
      await ui.keepAccount();
      await refresh();
      say(t('account_kept'));
    });
  return (
    <Notice kind="warn" title={at > 0 ? t('deleting_title', date(at)) : t('deleting_title_soon')}>
      <span>{t('deleting_text')}</span>
      <Button focusKey="keep-account" onClick={keep}>
        {t('keep_account')}
      </Button>
    </Notice>
  );
}
