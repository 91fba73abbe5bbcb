import { t } from '../../shared/i18n.ts';
import { Button, Link, Mark, Screen } from '../parts/index.ts';
import { go } from '../route.ts';

export function Welcome() {
  return (
    <Screen>
      <div class="stack wide welcome">
        <div class="locked-top">
          <Mark size={72} />
          <h1 class="title-large">{t('welcome_title')}</h1>
          <p class="lead">{t('welcome_lead')}</p>
        </div>
        <div class="stack tight">
          <Button kind="primary" full large autofocus focusKey="create" onClick={() => go({ name: 'create' })}>
            {t('create_a_vault')}
          </Button>
          <Button full large focusKey="sign-in" onClick={() => go({ name: 'sign-in' })}>
            {t('sign_in')}
          </Button>
          <Button full large focusKey="open-backup" onClick={() => go({ name: 'open-backup' })}>
            {t('open_a_backup')}
          </Button>
        </div>
        <div class="centre">
          <Link onClick={() => go({ name: 'sign-in-help', email: '', server: '' })}>{t('cant_get_in')}</Link>
        </div>
        <p class="small quiet centre push">{t('welcome_foot')}</p>
      </div>
    </Screen>
  );
}
