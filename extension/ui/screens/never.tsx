import { t } from '../../shared/i18n.ts';
import { useFilling } from '../items/use-filling.ts';
import { Card, IconButton, ListRow, Progress, Screen, say } from '../parts/index.ts';

/** The sites where saving is not offered. */
export function NeverScreen() {
  const { filling, save } = useFilling();
  const remove = (origin: string): void => {
    const never = filling?.never.filter((one) => one !== origin) ?? [];
    void save({ never }).then((done) => done && say(t('never_removed')));
  };
  return (
    <Screen title={t('never_title')}>
      <div class="stack">
        <p class="lead">{t('never_text')}</p>
        {filling === null && <Progress text={t('loading')} />}
        {filling?.never.length === 0 && <p class="quiet">{t('never_none')}</p>}
        {filling && filling.never.length > 0 && (
          <Card list>
            {filling.never.map((origin) => (
              <li key={origin}>
                <ListRow
                  roomy
                  title={<bdi>{origin}</bdi>}
                  trailing={<IconButton icon="trash" label={t('never_remove', origin)} onClick={() => remove(origin)} />}
                />
              </li>
            ))}
          </Card>
        )}
      </div>
    </Screen>
  );
}
