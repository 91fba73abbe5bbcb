import { t } from '../../shared/i18n.ts';
import { Button, Notice, Screen } from '../parts/index.ts';
import { replace } from '../route.ts';

/** Says plainly that there is nothing to sign in to yet, and what does the same job today. */
export function SignIn() {
  return (
    <Screen title={t('sign_in')}>
      <div class="stack">
        <Notice title={t('sign_in_none')}>
          <span>{t('sign_in_instead')}</span>
        </Notice>
        <ul class="stack tight facts">
          <li>{t('sign_in_fact_here')}</li>
          <li>{t('sign_in_fact_move')}</li>
          <li>{t('sign_in_fact_later')}</li>
        </ul>
        <div class="stack tight">
          <Button kind="primary" full autofocus onClick={() => replace({ name: 'create' })}>
            {t('create_a_vault')}
          </Button>
          <Button full onClick={() => replace({ name: 'open-backup' })}>
            {t('open_a_backup')}
          </Button>
        </div>
      </div>
    </Screen>
  );
}
