import type { ItemId } from '../../shared/api.ts';
import { dateTime, t } from '../../shared/i18n.ts';
import { useItem } from '../items/use-item.ts';
import { Card, Progress, Screen } from '../parts/index.ts';
import { SecretRow } from './secret-row.tsx';

/** The passwords that an item had before. */
export function HistoryScreen({ id }: { id: ItemId }) {
  const loaded = useItem(id).value;
  return (
    <Screen title={t('history_title')}>
      {loaded.state === 'loading' && <Progress text={t('loading')} />}
      {loaded.state === 'here' && (
        <div class="stack">
          {loaded.item.history.length === 0 ? (
            <p class="lead">{t('history_empty')}</p>
          ) : (
            <>
              <p class="quiet">{t('history_intro', loaded.item.name)}</p>
              <Card>
                {loaded.item.history.map((old) => (
                  <SecretRow
                    key={`${old.index}-${old.replacedAt}`}
                    id={id}
                    secret={`history:${old.index}`}
                    label={t('history_replaced', dateTime(old.replacedAt))}
                    copyLabel={t('history_copy')}
                    showLabel={t('history_show')}
                    hideLabel={t('history_hide')}
                  />
                ))}
              </Card>
            </>
          )}
        </div>
      )}
      {(loaded.state === 'gone' || loaded.state === 'failed') && <p class="lead">{t('item_gone')}</p>}
      {loaded.state === 'damaged' && <p class="lead">{t('item_damaged')}</p>}
    </Screen>
  );
}
