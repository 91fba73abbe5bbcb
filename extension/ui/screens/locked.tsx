import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { plural, t } from '../../shared/i18n.ts';
import { coolDown, warmUp } from '../auth.ts';
import { AlertRegion, Button, Link, Mark, Notice, PasswordField, Progress, Screen } from '../parts/index.ts';
import { go } from '../route.ts';
import { status, ui } from '../state.ts';
import { BiometricButton } from './locked-biometric.tsx';
import { usePasswordUnlock } from './locked-unlock.tsx';

export function Locked() {
  const locked = status.value?.locked ?? null;
  const password = useSignal('');
  const hint = useSignal<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const unlock = usePasswordUnlock(password, field);
  const kdfId = locked?.passwordSlots[0]?.kdfId;
  useEffect(() => {
    warmUp(kdfId);
    return coolDown;
  }, [kdfId]);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void unlock.run();
  };
  const showHint = async (): Promise<void> => {
    hint.value = hint.value === null ? await ui.hint().catch(() => '') : null;
  };
  const busy = unlock.busy.value;
  const damaged = locked?.damage.length ?? 0;
  return (
    <Screen ownAlert>
      <div class="stack wide locked">
        <div class="locked-top">
          <Mark size={56} open={unlock.opened.value} />
          <h1 class="title-large">{locked?.vaultName || t('vault_unnamed')}</h1>
          <p class="quiet">{t('locked_lead')}</p>
        </div>
        <div class="stack">
          <AlertRegion />
          {damaged > 0 && (
            <Notice kind="warn" title={plural('locked_damage', damaged)}>
              <Link onClick={() => go({ name: 'damaged' })}>{t('locked_damage_see')}</Link>
            </Notice>
          )}
          <form class="line unlock-line" onSubmit={submit}>
            <div class="grow">
              <PasswordField
                label={t('master_password')}
                hideLabel
                large
                placeholder={t('master_password')}
                value={password.value}
                onInput={(value) => {
                  password.value = value;
                }}
                inputRef={field}
                focusKey="master-password"
                autofocus
              />
            </div>
            <Button type="submit" kind="primary" large disabled={busy}>
              {t('unlock')}
            </Button>
          </form>
          {busy && <Progress text={t(unlock.asking.value ? 'unlock_asking' : 'unlock_progress')} onCancel={unlock.cancel} />}
          {hint.value !== null && (
            <Notice {...(hint.value !== '' && { title: t('hint_is') })}>
              <span>{hint.value || t('hint_none')}</span>
            </Notice>
          )}
          <BiometricButton busy={busy} />
        </div>
        <div class="line between push locked-foot">
          <Button kind="quiet" inset focusKey="hint" onClick={showHint}>
            {hint.value === null ? t('show_hint') : t('hide_hint')}
          </Button>
          <Link onClick={() => go({ name: 'ways-back' })}>{t('cant_get_in')}</Link>
        </div>
      </div>
    </Screen>
  );
}
