import type { ItemId, ItemView } from '../../shared/api.ts';
import { ago, date, t } from '../../shared/i18n.ts';
import { moveToBin, restore } from '../items/actions.ts';
import { useItem } from '../items/use-item.ts';
import { Badge, Button, IconButton, Notice, Progress, Screen } from '../parts/index.ts';
import { back, go } from '../route.ts';
import { attempt, ui } from '../state.ts';
import { useFill } from './fill-flow.tsx';
import { ItemFields } from './item-fields.tsx';
import { useSiteTab } from './site-tab.ts';

/** One item: its secrets first, each copied by a click and shown only on demand. */
export function ItemScreen({ id }: { id: ItemId }) {
  const loaded = useItem(id).value;
  if (loaded.state === 'here') return <ItemPage item={loaded.item} />;
  if (loaded.state === 'loading') {
    return (
      <Screen title={t('loading')}>
        <Progress text={t('loading')} />
      </Screen>
    );
  }
  return (
    <Screen title="Sesame">
      <div class="stack">
        <p class="lead">{t(loaded.state === 'damaged' ? 'item_damaged' : loaded.state === 'gone' ? 'item_gone' : 'error_storage')}</p>
        <Button onClick={() => void back()}>{t('item_back_to_list')}</Button>
      </div>
    </Screen>
  );
}

function ItemPage({ item }: { item: ItemView }) {
  const { fill, dialog } = useFill();
  const tabId = useSiteTab(item);
  const inBin = item.deletedAt !== null;
  return (
    <Screen title={item.name} actions={!inBin && <Actions item={item} />} foot={!inBin && <Foot item={item} />}>
      <div class="stack">
        {item.deletedAt !== null && (
          <Notice icon="trash">
            <span>{t('item_in_bin', date(item.deletedAt))}</span>
            <Button icon="restore" onClick={() => void restore(item)}>
              {t('bin_restore')}
            </Button>
          </Notice>
        )}
        {tabId !== null && !inBin && (
          <Button kind="primary" full icon="wand" onClick={() => void fill(item.id, tabId)}>
            {t('item_fill')}
          </Button>
        )}
        <ItemFields item={item} />
        {item.tags.length > 0 && (
          <ul class="line wrap" aria-label={t('item_tags')}>
            {item.tags.map((tag) => (
              <li key={tag}>
                <Badge>{tag}</Badge>
              </li>
            ))}
          </ul>
        )}
        <p class="small quiet">{dates(item)}</p>
      </div>
      {dialog}
    </Screen>
  );
}

function Actions({ item }: { item: ItemView }) {
  const favour = (): Promise<boolean> =>
    attempt(async () => {
      await ui.save({ ...(await ui.edit({ id: item.id })), favourite: !item.favourite });
    });
  return (
    <>
      <IconButton icon="star" label={t('item_favourite')} pressed={item.favourite} onClick={() => void favour()} />
      <Button kind="quiet" icon="edit" focusKey="edit" onClick={() => go({ name: 'edit', id: item.id, kind: item.kind })}>
        {t('item_edit')}
      </Button>
    </>
  );
}

function Foot({ item }: { item: ItemView }) {
  const bin = async (): Promise<void> => {
    if (await moveToBin(item)) back();
  };
  return (
    <div class="line between">
      {item.kind === 'login' && (
        <Button kind="quiet" icon="history" focusKey="history" onClick={() => go({ name: 'history', id: item.id })}>
          {t('item_history')}
        </Button>
      )}
      <Button kind="quiet" icon="trash" onClick={() => void bin()}>
        {t('item_move_to_bin')}
      </Button>
    </div>
  );
}

function dates(item: ItemView): string {
  const password = item.hasPassword && item.passwordChangedAt !== null ? ago(item.passwordChangedAt) : null;
  const modified = ago(item.modifiedAt);
  const parts = [
    password !== null && t('item_password_changed', password),
    modified !== password && t('item_modified', modified),
    t('item_created', ago(item.createdAt)),
  ];
  return parts.filter(Boolean).join(' · ');
}
