import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { PasskeyEnrolment } from '../../shared/api.ts';
import { errorText, t } from '../../shared/i18n.ts';
import { CeremonyError } from '../ceremony-failure.ts';
import { failureText } from '../parts/biometric.ts';
import { Button, Icon, Link, Notice, Progress, problem, Screen, say } from '../parts/index.ts';
import { back, go, type Routes, reset } from '../route.ts';
import { attempt, codeOf, inTab, refresh, status, ui } from '../state.ts';
import { allowedHere, enrolPasskey, hasAuthenticator } from '../webauthn.ts';

/** A word for this device that the person will know it by later. */
function deviceName(): string {
  const { platform = '' } = (navigator as { userAgentData?: { platform?: string } }).userAgentData ?? {};
  return platform ? t('device_name_on', platform) : t('device_name');
}

/** `onDone` is the ceremony window's: it closes instead of going on. */
export function Biometrics({ first, onDone }: Routes['biometrics'] & { onDone?: (ok: boolean) => void }) {
  const possible = useSignal<boolean | null>(null);
  const waiting = useSignal(false);
  const job = useRef<AbortController>(undefined);
  useEffect(() => {
    void hasAuthenticator().then((has) => {
      possible.value = has;
    });
    return () => job.current?.abort();
  }, []);
  const ways = status.value?.open?.waysBack;
  const needsCode = ways?.recovery.confirmed !== true;

  const leave = (): void => {
    if (onDone) onDone(false);
    else if (first || !back()) reset({ name: 'list' });
  };
  const finish = async (made: PasskeyEnrolment): Promise<void> => {
    await ui.addPasskey(made);
    await refresh();
    if (onDone) return onDone(true);
    leave();
    say(made.synced ? t('biometric_done_synced') : t('biometric_done_here'));
  };
  const run = async (): Promise<void> => {
    const locked = status.value?.locked;
    if (!locked) return;
    if (!inTab.value) {
      if (await attempt(() => ui.openCeremony({ kind: 'set-up-passkey' }))) close();
      return;
    }
    problem(null);
    waiting.value = true;
    const mine = new AbortController();
    job.current = mine;
    try {
      await finish(await enrolPasskey(locked.vaultName, locked.passkeys, deviceName(), mine.signal));
    } catch (failure) {
      if (!mine.signal.aborted) {
        problem(failure instanceof CeremonyError ? failureText(failure.failure) : errorText(codeOf(failure)));
      }
    } finally {
      waiting.value = false;
    }
  };

  const off = possible.value === false || needsCode;
  return (
    <Screen title={t('biometric_unlock')} {...(first && { onBack: leave })}>
      <div class="stack wide">
        <div class="locked-top">
          <span class="big-icon">
            <Icon name="fingerprint" />
          </span>
          <h2 class="title">{t('biometric_title')}</h2>
          <p class="quiet">{t('biometric_lead')}</p>
        </div>
        {needsCode && (
          <Notice kind="warn" title={t('biometric_needs_code')}>
            <span>{t('biometric_needs_code_more')}</span>
            {!onDone && <Link onClick={() => go({ name: 'ways-back' })}>{t('ways_back_in')}</Link>}
          </Notice>
        )}
        {!needsCode && possible.value === false && (
          <Notice kind="warn" title={allowedHere() ? t('why_not_no_authenticator') : t('why_not_blocked')}>
            <span>{allowedHere() ? t('why_not_no_authenticator_more') : t('why_not_blocked_more')}</span>
          </Notice>
        )}
        {waiting.value && <Progress text={t('biometric_waiting')} onCancel={() => job.current?.abort()} />}
        <div class="stack tight">
          <Button kind="primary" full large autofocus disabled={off || waiting.value || possible.value === null} onClick={run}>
            {t('set_up_biometric_unlock')}
          </Button>
          <Button full large onClick={leave}>
            {t('not_now')}
          </Button>
        </div>
      </div>
    </Screen>
  );
}
