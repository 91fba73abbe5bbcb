/** The window for what a toolbar popup would not survive: the system's dialog takes the focus. */
import { render } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { t } from '../shared/i18n.ts';
import { AskDevice } from './parts/ask-device.tsx';
import { unlockWithPasskey } from './parts/biometric.ts';
import { focusStart } from './parts/focus.ts';
import { Button, Notice, problem, Screen } from './parts/index.ts';
import { StatusRegion } from './parts/notice.tsx';
import { Biometrics } from './screens/biometrics.tsx';
import { ProveHere } from './screens/prove-here.tsx';
import { follow, inTab, keepAwake, refresh, status, ui } from './state.ts';

async function done(ok: boolean): Promise<void> {
  await ui.ceremonyDone({ ok }).catch(() => undefined);
  close();
}

function Ceremony() {
  const wanted = status.value?.intent;
  const kind = wanted?.kind;
  useLayoutEffect(() => {
    problem(null);
    focusStart(document.body);
  }, [kind]);
  if (kind === 'set-up-passkey') return <Biometrics first={false} onDone={done} />;
  if (wanted?.kind === 'prove-passkey') return <ProveHere key={wanted.then} act={wanted} onDone={done} />;
  if (kind === 'unlock-passkey') return <UnlockHere />;
  return (
    <Screen>
      <div class="stack">
        <Notice title={t('ceremony_nothing')} />
        <Button onClick={() => void done(false)}>{t('close')}</Button>
      </div>
    </Screen>
  );
}

function UnlockHere() {
  const locked = status.value?.locked;
  if (!locked) return null;
  const unlock = async (cancelled: AbortSignal): Promise<void> => {
    await unlockWithPasskey(status.value?.locked ?? locked, cancelled);
    await done(true);
  };
  return (
    <AskDevice
      title={locked.vaultName || t('vault_unnamed')}
      again="unlock_with_biometrics"
      work={unlock}
      onCancel={() => void done(false)}
    />
  );
}

async function start(): Promise<void> {
  await refresh();
  inTab.value = true;
  document.documentElement.classList.add('in-tab');
  follow(() => undefined);
  keepAwake();
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) void done(false);
  });
  const place = document.getElementById('app');
  if (place) {
    render(
      <div class="shell">
        <div class="screen">
          <Ceremony />
        </div>
        <StatusRegion />
      </div>,
      place,
    );
  }
}

void start();
