import { type TextKey, t } from '../../shared/i18n.ts';
import { type Cause, causeMore } from '../parts/biometric.ts';
import { Button, Notice, Screen } from '../parts/index.ts';
import { back } from '../route.ts';
import { attempt, refresh, status, ui } from '../state.ts';
import { useBiometricState } from './locked-biometric.tsx';

/** Causes that end with a new enrolment, once the person is in by another way. */
const NEW_ENROLMENT: readonly Cause[] = ['not-set-up', 'no-prf', 'key-changed'];

/** The one cause that was found, and the one action that mends it. */
export function WhyNot() {
  const { cause, can } = useBiometricState();
  const known = cause ?? 'not-answered';
  const key = known.replaceAll('-', '_');
  return (
    <Screen title={t('why_not_title')}>
      <div class="stack">
        <Notice kind="warn" title={t(`why_not_${key}` as TextKey)}>
          {causeMore(known, status.value?.locked?.passkeys ?? []).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </Notice>
        <p>{t('why_not_safe')}</p>
        <Action cause={known} can={can} />
      </div>
    </Screen>
  );
}

function Action({ cause, can }: { cause: Cause; can: boolean }) {
  if (NEW_ENROLMENT.includes(cause)) {
    const first = async (): Promise<void> => {
      if (await attempt(() => ui.setIntent({ kind: 'view', route: 'biometrics' }))) back();
    };
    return (
      <Button kind="primary" onClick={first}>
        {t('why_not_do_set_up')}
      </Button>
    );
  }
  if (cause === 'blocked') {
    return (
      <Button kind="primary" onClick={() => void back()}>
        {t('why_not_do_password')}
      </Button>
    );
  }
  const again = async (): Promise<void> => {
    if (can) back();
    else await attempt(refresh);
  };
  return (
    <Button kind="primary" onClick={again}>
      {can ? t('why_not_do_try') : t('why_not_do_look')}
    </Button>
  );
}
