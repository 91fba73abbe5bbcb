import { useSignal } from '@preact/signals';
import type { Opener, PasskeyView } from '../../shared/api.ts';
import { ago, plural, recently, t } from '../../shared/i18n.ts';
import { downloadVaultFile } from '../parts/download.ts';
import { Button, Notice, Screen, say } from '../parts/index.ts';
import { needsProof, ProofDialog } from '../parts/proof.tsx';
import { Rung } from '../parts/rung.tsx';
import { go } from '../route.ts';
import { attempt, codeOf, refresh, status, ui } from '../state.ts';
import { PasskeyRow } from './ways-back-passkey.tsx';

/** How many ways are proved, when each was last proved, and what would be lost if this device broke. */
export function WaysBackOpen() {
  const asking = useSignal(false);
  const ways = status.value?.open?.waysBack;
  if (!ways) return null;
  const { password, recovery, passkeys, backup, provedCount } = ways;
  const account = status.value?.account ?? null;
  const synced = account?.state === 'ok' ? account.lastSyncAt : null;
  const safe = backup.lastSavedAt !== null || synced !== null;

  const renew = async (proof: Opener | null): Promise<void> => {
    const { recoveryCode } = await ui.newRecoveryCode({ proof });
    asking.value = false;
    await refresh();
    go({ name: 'recovery-kit', code: recoveryCode, after: 'renewed' });
  };
  const askOrRenew = (): Promise<boolean> =>
    attempt(async () => {
      if (needsProof()) asking.value = true;
      else
        await renew(null).catch((failure) => {
          if (codeOf(failure) !== 'not-fresh') throw failure;
          asking.value = true;
        });
    });
  const saveBackup = (): Promise<boolean> =>
    attempt(async () => {
      downloadVaultFile(await ui.saveBackup());
      await refresh();
      say(t('backup_saved'));
    });

  const proved = (at: number | null): string => (at === null ? t('way_never_proved') : t('way_proved', ago(at)));
  const stand = (at: number | null) =>
    at === null
      ? ({ state: 'unproved', stateText: t('way_unproved') } as const)
      : ({ state: 'ready', stateText: t('way_proved_short') } as const);
  const missing = { state: 'missing', stateText: t('way_not_set_up') } as const;
  return (
    <Screen title={t('ways_back_in')}>
      <div class="stack">
        <Notice kind={provedCount < 2 || !safe ? 'warn' : 'good'} title={plural('ways_proved', provedCount)}>
          <span>{synced !== null ? t('loss_account', recently(synced)) : lossText(ways.recovery.confirmed, backup.lastSavedAt)}</span>
        </Notice>
        <ol class="card ladder">
          <Rung icon="key" title={t('master_password')} {...stand(password.lastProvedAt)} detail={proved(password.lastProvedAt)}>
            <Button focusKey="set-password" onClick={() => go({ name: 'set-password' })}>
              {t('set_new_master_password')}
            </Button>
          </Rung>
          <Rung
            icon="code"
            title={t('recovery_code')}
            {...(recovery.exists ? stand(recovery.confirmed ? (recovery.lastProvedAt ?? 0) : null) : missing)}
            detail={recovery.confirmed ? proved(recovery.lastProvedAt) : t('way_recovery_unconfirmed')}
          >
            <Button focusKey="recovery" onClick={askOrRenew}>
              {t('new_recovery_code')}
            </Button>
          </Rung>
          <Rung
            icon="fingerprint"
            title={t('biometric_unlock')}
            {...(passkeys.length > 0 ? stand(newest(passkeys)) : missing)}
            detail={passkeys.length > 0 && passkeys.map((key) => <PasskeyRow key={key.slotId} passkey={key} />)}
          >
            <Button focusKey="biometrics" onClick={() => go({ name: 'biometrics', first: false })}>
              {t('set_up_biometric_unlock')}
            </Button>
          </Rung>
          {account && (
            <Rung
              icon="device"
              title={t('sesame_account')}
              {...(synced === null ? missing : { state: 'ready', stateText: t('way_synced') })}
              detail={t('way_account_detail')}
            >
              <Button focusKey="devices" onClick={() => go({ name: 'devices' })}>
                {t('devices_title')}
              </Button>
            </Rung>
          )}
          <Rung
            icon="download"
            title={t('way_backup')}
            {...(backup.lastSavedAt === null ? missing : { state: 'ready', stateText: t('way_saved') })}
            detail={backup.lastSavedAt === null ? t('way_backup_never') : t('way_backup_saved', ago(backup.lastSavedAt))}
          >
            <Button focusKey="backup" onClick={saveBackup}>
              {t('save_backup')}
            </Button>
            <Button kind="quiet" focusKey="open-backup" onClick={() => go({ name: 'open-backup' })}>
              {t('open_a_backup')}
            </Button>
          </Rung>
        </ol>
      </div>
      {asking.value && (
        <ProofDialog
          ceremony={{ then: 'new-recovery-code' }}
          route="ways-back"
          onProof={renew}
          onClose={() => {
            asking.value = false;
          }}
        />
      )}
    </Screen>
  );
}

const newest = (passkeys: readonly PasskeyView[]): number | null =>
  passkeys.reduce<number | null>((at, { lastUsedAt }) => Math.max(at ?? 0, lastUsedAt ?? 0) || null, null);

/** A recovery code opens only a copy: without a backup a broken disk takes the items with it. */
function lossText(codeConfirmed: boolean, savedAt: number | null): string {
  if (savedAt === null) return t('loss_everything');
  return codeConfirmed ? t('loss_since', ago(savedAt)) : t('loss_since_password', ago(savedAt));
}
