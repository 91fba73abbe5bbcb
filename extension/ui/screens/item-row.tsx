import type { ItemSummary } from '../../shared/api.ts';
import { t } from '../../shared/i18n.ts';
import { copyPassword, copySecret, copyUsername, hasUsername, moveToBin, openFirstWebsite } from '../items/actions.ts';
import { expiryOfText } from '../items/cards.ts';
import { COPY_PASSWORD, COPY_USERNAME, copyAsked } from '../items/keys.ts';
import { Button, Icon, IconButton, type IconName, Menu, type MenuItem, Monogram } from '../parts/index.ts';
import { go } from '../route.ts';
import { ExpiryBadge } from './expiry.tsx';

interface ItemRowProps {
  row: ItemSummary;
  /** In the Tab order: of a long list only one row is. */
  inTabOrder: boolean;
  /** Given where the row can be filled. */
  onFill?: (() => void) | undefined;
  /** Filling is in the row's menu only: it is not what this list is for. */
  quietFill?: boolean;
}

/** Monogram, name and user name as one button; copying beside it on hover and focus, everything in the menu. */
export function ItemRow({ row, inTabOrder, onFill, quietFill }: ItemRowProps) {
  const tabIndex = inTabOrder ? 0 : -1;
  const open = (): void => go({ name: 'item', id: row.id });
  return (
    <div class="row item-row">
      <button
        type="button"
        class="row-main"
        data-row-main
        tabIndex={tabIndex}
        data-focus={`${onFill && !quietFill ? 'site' : 'row'}-${row.id}`}
        title={row.host || undefined}
        onClick={open}
      >
        <Badged row={row} />
        <span class="row-text">
          <span class="row-title">
            {row.name}
            {row.favourite && <Icon name="star" small />}
          </span>{' '}
          <span class="row-detail">
            <ExpiryBadge expiry={expiryOfText(row.expires ?? '')} /> {row.detail}
          </span>
        </span>
      </button>
      <span class="row-actions">
        {hasUsername(row) && (
          <IconButton icon="person" label={t('list_copy_username')} tabIndex={tabIndex} onClick={() => void copyUsername(row)} />
        )}
        {row.hasPassword && (
          <IconButton icon="key" label={t('list_copy_password')} tabIndex={tabIndex} onClick={() => void copyPassword(row)} />
        )}
        <Menu label={t('list_more')} items={menuOf(row, onFill)} tabIndex={tabIndex} />
      </span>
      {onFill && !quietFill && (
        <Button kind="primary" onClick={onFill}>
          {t('list_fill')}
        </Button>
      )}
    </div>
  );
}

const KIND_ICON: Record<ItemSummary['kind'], IconName | null> = { login: null, card: 'card', identity: 'person', note: 'note' };

function Badged({ row }: { row: ItemSummary }) {
  const icon = KIND_ICON[row.kind];
  return icon ? (
    <span class="monogram kind">
      <Icon name={icon} />
    </span>
  ) : (
    <Monogram name={row.name} />
  );
}

function menuOf(row: ItemSummary, onFill?: () => void): MenuItem[] {
  const items: (MenuItem | false | undefined)[] = [
    onFill && { label: t('list_fill'), icon: 'wand', onSelect: onFill },
    row.hasPassword && { label: t('list_copy_password'), icon: 'key', shortcut: COPY_PASSWORD, onSelect: () => void copyPassword(row) },
    hasUsername(row) && { label: t('list_copy_username'), icon: 'person', shortcut: COPY_USERNAME, onSelect: () => void copyUsername(row) },
    row.hasTotp && { label: t('list_copy_code'), icon: 'code', onSelect: () => void copySecret(row.id, 'totp') },
    row.kind === 'login' &&
      row.host !== '' && { label: t('list_open_website'), icon: 'tab', onSelect: () => void openFirstWebsite(row.id) },
    { label: t('list_move_to_bin'), icon: 'trash', danger: true, onSelect: () => void moveToBin(row) },
  ];
  return items.filter((item): item is MenuItem => Boolean(item));
}

/** Keys that a row answers to besides moving; true when used. */
export function rowKey(event: KeyboardEvent, row: ItemSummary | undefined): boolean {
  const what = row && copyAsked(event);
  if (!row || !what) return false;
  void (what === 'password' ? copyPassword(row) : copyUsername(row));
  return true;
}
