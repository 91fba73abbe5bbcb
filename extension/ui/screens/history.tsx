import type { ItemId, ItemView } from '../../shared/api.ts';
import { dateTime, t } from '../../shared/i18n.ts';
import { fieldName } from '../items/field-name.ts';
import { useItem } from '../items/use-item.ts';
import { Card, Progress, Screen, Section } from '../parts/index.ts';
import { SecretRow } from './secret-row.tsx';

/** The passwords that an item had before, and what was saved at the same time as something else on another browser. */
export function HistoryScreen({ id }: { id: ItemId }) {
  const loaded = useItem(id).value;
  return (
    <Screen title={t('history_title')}>
      {loaded.state === 'loading' && <Progress text={t('loading')} />}
      {loaded.state === 'here' && (
        <div class="stack">
          {loaded.item.others.length > 0 && <Others item={loaded.item} />}
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

/** Two browsers changed the same field before they heard of each other: the later one stands, the other is here. */
function Others({ item }: { item: ItemView }) {
  return (
    <Section title={t('history_others')}>
      <p class="quiet">{t('history_others_intro')}</p>
      <Card>
        {item.others.map(({ index, field, at }) => (
          <SecretRow
            key={`${index}-${at}`}
            id={item.id}
            secret={`other:${index}`}
            label={t('history_other', fieldName(field), dateTime(at))}
            copyLabel={t('history_other_copy', fieldName(field))}
            showLabel={t('history_other_show', fieldName(field))}
            hideLabel={t('history_other_hide', fieldName(field))}
          />
        ))}
      </Card>
    </Section>
  );
}
