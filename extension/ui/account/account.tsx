import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AccountInfo, AccountState } from '../../shared/account.ts';
import { date, plural, t } from '../../shared/i18n.ts';
import { Button, Card, ListRow, Progress, Screen, Section, Select, say } from '../parts/index.ts';
import { go } from '../route.ts';
import { Leads } from '../screens/settings.tsx';
import { attempt, status, ui } from '../state.ts';
import { hostOf } from './address.ts';
import { StateNotice } from './state-notice.tsx';
import { useInfo } from './use-info.ts';

/** What the server knows of this person, all of it, and the ways to change it. */
export function Account() {
  const account = status.value?.account ?? null;
  const { info, failed, load } = useInfo();
  if (!account) return <Screen title={t('sesame_account')}>{null}</Screen>;
  const known = info.value;
  return (
    <Screen title={t('sesame_account')}>
      <div class="stack wide">
        <StateNotice account={account} />
        <Card list>
          <li>
            <ListRow
              roomy
              icon="person"
              title={account.email}
              detail={known ? t('account_since', date(known.createdAt)) : hostOf(account.server)}
            />
          </li>
          <li>
            <ListRow roomy icon="globe" title={hostOf(account.server)} detail={t('account_server_knows')} />
          </li>
          <li>
            <ListRow roomy icon="code" title={t('found_fingerprint', account.fingerprint)} detail={t('account_fingerprint_detail')} />
          </li>
        </Card>
        {known === null && !failed.value && <Progress text={t('account_asking')} />}
        {failed.value && <Button onClick={load}>{t('try_again')}</Button>}
        {known && <Changes account={account} known={known} onChanged={load} />}
        <Card list>
          <Leads to={{ name: 'leave-account' }} icon="door" text={t('sync_copy')} detail={t('leave_detail')} />
          {account.deleteAt === null && (
            <Leads to={{ name: 'delete-account' }} icon="trash" text={t('delete_account')} detail={t('delete_detail')} />
          )}
        </Card>
      </div>
    </Screen>
  );
}

// No fewer than an erasing that was asked for waits (S-134); the protocol refuses less.
const DAYS = [30, 60, 90, 180, 365];

function Changes({ account, known, onChanged }: { account: AccountState; known: AccountInfo; onChanged: () => Promise<void> }) {
  const days = [...new Set([...DAYS, known.sealedDays])].sort((a, b) => a - b);
  const setDays = (value: string): void =>
    void attempt(async () => {
      await ui.setSealedDays({ days: Number(value) });
      await onChanged();
      say(t('settings_saved'));
    });
  const hint = useSignal('');
  useEffect(() => {
    void ui.settings().then(
      (settings) => {
        hint.value = settings.hint;
      },
      // The row then says that there is a hint to be set, as before.
      () => undefined,
    );
  }, []);
  const emailDetail = known.pendingEmail === null ? t('email_change_detail') : t('email_change_pending', known.pendingEmail);
  return (
    <Section title={t('account_details')} hideTitle>
      <Card list>
        <li>
          <ListRow
            icon="note"
            title={t('hint')}
            detail={hint.value || t('hint_none')}
            described
            focusKey="to-account-hint"
            onClick={() => go({ name: 'account-hint', hint: hint.value })}
          />
        </li>
        <li>
          <ListRow
            icon="edit"
            title={t('email_change_title')}
            detail={emailDetail}
            described
            focusKey="to-change-email"
            onClick={() => go({ name: 'change-email', pending: known.pendingEmail })}
          />
        </li>
      </Card>
      <Select
        label={t('sealed_days')}
        value={String(known.sealedDays)}
        options={days.map((count) => ({ value: String(count), label: plural('sealed_days_n', count) }))}
        note={t('sealed_days_note')}
        disabled={account.state !== 'ok'}
        onChange={setDays}
      />
    </Section>
  );
}
