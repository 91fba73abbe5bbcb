import { t } from '../../shared/i18n.ts';
import { Button, Link, Screen } from '../parts/index.ts';
import { Rung } from '../parts/rung.tsx';
import { go, type Routes } from '../route.ts';

/** Can't get in?, where no vault is in this browser yet: the same ladder, from the account's side. */
export function SignInHelp(at: Routes['sign-in-help']) {
  const address = { email: at.email, server: at.server };
  const ready = { state: 'ready', stateText: t('way_ready') } as const;
  return (
    <Screen title={t('ways_back_in')}>
      <div class="stack">
        <p class="quiet">{t('sign_in_help_lead')}</p>
        <ol class="card ladder">
          <Rung icon="note" title={t('way_hint')} {...ready} detail={t('sign_in_help_hint')}>
            <Button focusKey="hint" onClick={() => go({ name: 'hint-mail', ...address })}>
              {t('sign_in_help_hint_button')}
            </Button>
          </Rung>
          <Rung icon="code" title={t('recovery_code')} {...ready} detail={t('sign_in_help_code')}>
            <Button focusKey="recovery" onClick={() => go({ name: 'sign-in-code', ...address })}>
              {t('use_recovery_code')}
            </Button>
          </Rung>
          <Rung icon="device" title={t('way_device')} {...ready} detail={t('sign_in_help_device')} />
          <Rung icon="upload" title={t('way_backup')} {...ready} detail={t('way_backup_locked')}>
            <Button focusKey="backup" onClick={() => go({ name: 'open-backup' })}>
              {t('open_a_backup')}
            </Button>
          </Rung>
          <Rung icon="door" title={t('reset_account')} state="impossible" stateText={t('way_last')} detail={t('sign_in_help_reset')}>
            <div class="stack tight">
              <Link onClick={() => go({ name: 'reset', ...address })}>{t('reset_account')}</Link>
              <Link onClick={() => go({ name: 'reset-code', ...(at.server && { server: at.server }) })}>{t('have_reset_code')}</Link>
            </div>
          </Rung>
        </ol>
      </div>
    </Screen>
  );
}
