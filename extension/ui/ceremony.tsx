/** The window for what a toolbar popup would not survive: the system's dialog takes the focus. */
import { signal } from '@preact/signals';
import { render } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { LockedView } from '../shared/api.ts';
import { errorText, t } from '../shared/i18n.ts';
import { CeremonyError } from './ceremony-failure.ts';
import { failureText, unlockWithPasskey } from './parts/biometric.ts';
import { focusStart } from './parts/focus.ts';
import { Button, Mark, Notice, Progress, problem, Screen } from './parts/index.ts';
import { StatusRegion } from './parts/notice.tsx';
import { Biometrics } from './screens/biometrics.tsx';
import { SetPassword } from './screens/set-password.tsx';
import { codeOf, follow, inTab, keepAwake, refresh, status, ui } from './state.ts';

async function done(ok: boolean): Promise<void> {
  await ui.ceremonyDone({ ok }).catch(() => undefined);
  close();
}

function Ceremony() {
  const kind = status.value?.intent?.kind;
  useLayoutEffect(() => focusStart(document.body), [kind]);
  const wanted = status.value?.intent;
  if (wanted?.kind === 'set-up-passkey') return <Biometrics first={false} onDone={done} />;
  if (wanted?.kind === 'prove-passkey') return <SetPassword onDone={done} />;
  if (wanted?.kind === 'unlock-passkey') return <UnlockHere />;
  return (
    <Screen>
      <div class="stack">
        <Notice title={t('ceremony_nothing')} />
        <Button onClick={() => void done(false)}>{t('close')}</Button>
      </div>
    </Screen>
  );
}

const job = signal<AbortController | null>(null);

/** Asks the device at once: the click that led here was the person's wish. */
async function unlock(locked: LockedView): Promise<void> {
  if (job.value) return;
  problem(null);
  const mine = new AbortController();
  job.value = mine;
  try {
    await unlockWithPasskey(locked, mine.signal);
    await done(true);
  } catch (failure) {
    problem(failure instanceof CeremonyError ? failureText(failure.failure) : errorText(codeOf(failure)));
  } finally {
    job.value = null;
  }
}

function UnlockHere() {
  const locked = status.value?.locked;
  if (!locked) return null;
  return (
    <Screen>
      <div class="stack wide locked-top">
        <Mark size={56} />
        <h1 class="title-large">{locked.vaultName || t('vault_unnamed')}</h1>
        {job.value ? (
          <Progress text={t('biometric_waiting')} onCancel={() => job.value?.abort()} />
        ) : (
          <Button kind="primary" full large icon="fingerprint" autofocus onClick={() => void unlock(locked)}>
            {t('unlock_with_biometrics')}
          </Button>
        )}
        <Button full onClick={() => void done(false)}>
          {t('cancel')}
        </Button>
      </div>
    </Screen>
  );
}

async function start(): Promise<void> {
  const now = await refresh();
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
  if (now.intent?.kind === 'unlock-passkey' && now.locked) void unlock(now.locked);
}

void start();
