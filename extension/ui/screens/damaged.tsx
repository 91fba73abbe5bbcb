import { useSignal } from '@preact/signals';
import type { Damage } from '../../shared/api.ts';
import { plural, t } from '../../shared/i18n.ts';
import { goHome } from '../home.ts';
import { downloadVaultFile } from '../parts/download.ts';
import { Button, Card, Link, ListRow, Notice, Progress, Screen, say } from '../parts/index.ts';
import { go } from '../route.ts';
import { attempt, refresh, status, ui } from '../state.ts';

/** What can't be read, what is safe, and the repair; a damaged vault is never called a wrong password. */
export function Damaged() {
  const busy = useSignal(false);
  const now = status.value;
  const damage = now?.open?.damage ?? now?.locked?.damage ?? [];
  const shut = now?.state === 'damaged';
  const repair = async (): Promise<void> => {
    busy.value = true;
    await attempt(async () => {
      const { repaired, left } = await ui.repair();
      goHome(await refresh());
      say(left.length === 0 ? plural('repaired', repaired.length) : plural('repair_left', left.length));
    });
    busy.value = false;
  };
  const save = (): Promise<boolean> =>
    attempt(async () => {
      downloadVaultFile(await ui.saveSealedCopy());
      say(t('start_over_saved'));
    });
  return (
    <Screen title={t('damaged_title')}>
      <div class="stack">
        <Notice kind="bad" title={shut ? t('damaged_shut') : t('damaged_partly')}>
          <span>{t('damaged_safe')}</span>
        </Notice>
        {damage.length > 0 && (
          <Card list label={t('damaged_parts')}>
            {damage.map((part) => (
              <li key={`${part.part}/${part.itemId ?? ''}`}>
                <ListRow roomy icon="warning" title={nameOf(part)} detail={t(`repair_${part.repair.replaceAll('-', '_') as 'none'}`)} />
              </li>
            ))}
          </Card>
        )}
        {busy.value && <Progress text={t('repair_progress')} />}
        <div class="stack tight">
          {now?.state === 'unlocked' ? (
            <Button kind="primary" full disabled={busy.value} onClick={repair}>
              {t('repair')}
            </Button>
          ) : (
            !shut && <p class="quiet">{t('repair_after_unlock')}</p>
          )}
          <Button full icon="download" onClick={save}>
            {t('save_sealed_copy')}
          </Button>
          {shut && (
            <Button full icon="person" onClick={() => go({ name: 'sign-in' })} describedBy="damaged-account">
              {t('sign_in')}
            </Button>
          )}
          <Button full icon="upload" onClick={() => go({ name: 'open-backup' })}>
            {t('open_a_backup')}
          </Button>
        </div>
        {shut && (
          <p class="quiet" id="damaged-account">
            {t('damaged_account')}
          </p>
        )}
        {now?.state !== 'unlocked' && (
          <div class="centre">
            <Link onClick={() => go({ name: 'start-over' })}>{t('start_over_here')}</Link>
          </div>
        )}
      </div>
    </Screen>
  );
}

const nameOf = ({ part, title }: Damage): string => (part === 'item' && title ? title : t(`damage_${part}`));
