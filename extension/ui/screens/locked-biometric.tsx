import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { errorText, t } from '../../shared/i18n.ts';
import { CeremonyError } from '../ceremony-failure.ts';
import { goHome } from '../home.ts';
import { type BiometricState, biometricState, failureText, unlockWithPasskey } from '../parts/biometric.ts';
import { Button, Link, Progress, problem } from '../parts/index.ts';
import { go } from '../route.ts';
import { attempt, codeOf, inTab, ownStep, refresh, status, ui } from '../state.ts';

/** Never disappears: where it can't work it is there, disabled, with the reason one step away. */
export function BiometricButton({ busy, large = true }: { busy?: boolean; large?: boolean }) {
  const state = useBiometricState();
  const waiting = useSignal(false);
  const job = useRef<AbortController>(undefined);
  useEffect(() => () => job.current?.abort(), []);

  const run = async (): Promise<void> => {
    const locked = status.value?.locked;
    if (!locked || waiting.value) return;
    if (!inTab.value) {
      if (await attempt(() => ui.openCeremony({ kind: 'unlock-passkey' }))) close();
      return;
    }
    problem(null);
    waiting.value = true;
    const mine = new AbortController();
    job.current = mine;
    try {
      await ownStep(async () => {
        await unlockWithPasskey(locked, mine.signal);
        goHome(await refresh());
      });
    } catch (failure) {
      waiting.value = false;
      if (mine.signal.aborted) return;
      problem(failure instanceof CeremonyError ? failureText(failure.failure) : errorText(codeOf(failure)));
      await refresh();
    }
  };

  return (
    <div class="stack tight">
      <Button full large={large} icon="fingerprint" disabled={busy || waiting.value || !state.can} focusKey="biometrics" onClick={run}>
        {t('unlock_with_biometrics')}
      </Button>
      {waiting.value && <Progress text={t('biometric_waiting')} onCancel={() => job.current?.abort()} />}
      {state.cause !== null && !waiting.value && (
        <div class="centre">
          <Link onClick={() => go({ name: 'why-not' })}>{t('why_not')}</Link>
        </div>
      )}
    </div>
  );
}

/** Looks again whenever the vault's view changes; until the device has answered, the button waits. */
export function useBiometricState(): BiometricState {
  const state = useSignal<BiometricState>({ can: false, cause: null });
  const locked = status.value?.locked ?? null;
  useEffect(() => {
    let gone = false;
    void biometricState(locked).then((now) => {
      if (!gone) state.value = now;
    });
    return () => {
      gone = true;
    };
  }, [locked]);
  return state.value;
}
