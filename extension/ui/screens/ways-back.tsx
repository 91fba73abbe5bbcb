import { useSignal } from '@preact/signals';
import { date, t } from '../../shared/i18n.ts';
import { Button, Link, Notice, Screen } from '../parts/index.ts';
import { Rung } from '../parts/rung.tsx';
import { DeviceRung, ResetRung } from '../reset/rungs.tsx';
import { go } from '../route.ts';
import { status, ui } from '../state.ts';
import { BiometricButton, useBiometricState } from './locked-biometric.tsx';
import { WaysBackOpen } from './ways-back-open.tsx';

export function WaysBack() {
  return status.value?.state === 'unlocked' ? <WaysBackOpen /> : <WaysBackLocked />;
}

/** Can't get in? Every way that exists, the gentlest first, the last one last. */
function WaysBackLocked() {
  const locked = status.value?.locked ?? null;
  const account = status.value?.account ?? null;
  const hint = useSignal<string | null>(null);
  const biometrics = useBiometricState();
  const showHint = async (): Promise<void> => {
    hint.value = await ui.hint().catch(() => '');
  };
  const recovery = locked?.recovery;
  const ready = { state: 'ready', stateText: t('way_ready') } as const;
  const missing = { state: 'missing', stateText: t('way_not_set_up') } as const;
  const impossible = { state: 'impossible', stateText: t('way_not_possible') } as const;
  const biometricState = biometrics.can ? ready : biometrics.cause === 'not-set-up' ? missing : impossible;
  return (
    <Screen title={t('ways_back_in')}>
      <div class="stack">
        <p class="quiet">{t('ways_locked_lead')}</p>
        <ol class="card ladder">
          <Rung icon="note" title={t('way_hint')} {...(locked?.hasHint ? ready : missing)}>
            {hint.value === null ? (
              <Button focusKey="hint" disabled={!locked?.hasHint} onClick={showHint}>
                {t('show_hint')}
              </Button>
            ) : (
              <Notice>
                <span>{hint.value || t('hint_none')}</span>
              </Notice>
            )}
            {account && <Link onClick={() => go({ name: 'hint-mail' })}>{t('way_hint_mail')}</Link>}
          </Rung>
          <Rung icon="fingerprint" title={t('biometric_unlock')} {...biometricState}>
            <div class="grow">
              <BiometricButton large={false} />
            </div>
          </Rung>
          <Rung
            icon="code"
            title={t('recovery_code')}
            {...(recovery?.exists ? ready : missing)}
            detail={recovery?.exists && recovery.createdAt !== null && t('way_recovery_made', date(recovery.createdAt))}
          >
            <Button focusKey="recovery" disabled={!recovery?.exists} onClick={() => go({ name: 'use-recovery' })}>
              {t('use_recovery_code')}
            </Button>
          </Rung>
          {account ? (
            <DeviceRung account={account} />
          ) : (
            <Rung icon="device" title={t('way_device')} {...impossible} detail={t('way_device_none')} />
          )}
          <Rung icon="upload" title={t('way_backup')} {...ready} detail={t('way_backup_locked')}>
            <Button focusKey="backup" onClick={() => go({ name: 'open-backup' })}>
              {t('open_a_backup')}
            </Button>
          </Rung>
          {account ? (
            <ResetRung account={account} />
          ) : (
            <Rung icon="door" title={t('start_over_here')} state="impossible" stateText={t('way_last')} detail={t('way_start_over')}>
              <Link onClick={() => go({ name: 'start-over' })}>{t('start_over_here')}</Link>
            </Rung>
          )}
        </ol>
      </div>
    </Screen>
  );
}
