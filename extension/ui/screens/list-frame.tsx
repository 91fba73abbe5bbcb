import type { Ref } from 'preact';
import type { AccountState } from '../../shared/account.ts';
import type { ItemKind } from '../../shared/api.ts';
import { plural, t } from '../../shared/i18n.ts';
import { SyncLine } from '../account/sync-line.tsx';
import { KINDS } from '../items/fields.ts';
import { Icon, IconButton, Menu, TextField } from '../parts/index.ts';
import { go } from '../route.ts';
import { attempt, status, ui } from '../state.ts';

interface ListHeaderProps {
  text: string;
  onText: (text: string) => void;
  onDown: () => void;
  onEnter: () => void;
  inputRef: Ref<HTMLInputElement>;
}

export function ListHeader({ text, onText, onDown, onEnter, inputRef }: ListHeaderProps) {
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') onDown();
    else if (event.key === 'Enter') onEnter();
    // One step back is the whole list; only from there Escape closes the popup.
    else if (event.key === 'Escape' && text !== '') onText('');
    else return;
    event.preventDefault();
  };
  return (
    <header class="header list-header">
      <h1 class="hidden-text">{status.value?.locked?.vaultName || 'Sesame'}</h1>
      <div class="grow">
        <TextField
          label={t('list_search')}
          hideLabel
          type="search"
          icon="search"
          placeholder={t('list_search')}
          value={text}
          onInput={onText}
          onKeyDown={onKey}
          inputRef={inputRef}
          autofocus
          focusKey="search"
        />
      </div>
      <IconButton icon="plus" label={t('list_new_item')} accent onClick={() => go({ name: 'new' })} />
      <IconButton icon="lock" label={t('list_lock_now')} onClick={() => void attempt(() => ui.lock())} />
      <IconButton icon="settings" label={t('list_settings')} onClick={() => go({ name: 'settings' })} />
    </header>
  );
}

/** One line: how safe the way back is, where the vault lives, and the tools. */
export function ListFoot() {
  const proved = status.value?.open?.waysBack.provedCount ?? 0;
  const account = status.value?.account ?? null;
  return (
    <footer class="list-foot">
      <div class="foot-states">
        <button type="button" class="foot-state" onClick={() => go({ name: 'ways-back' })}>
          <span class={proved < 2 ? 'foot-ways warn' : 'foot-ways'}>
            <Icon name={proved < 2 ? 'warning' : 'door'} small />
            {plural('list_ways_back', proved)}
          </span>{' '}
          {account === null && <span class="quiet">{t('list_sync_local')}</span>}
        </button>
        {account && <SyncState account={account} />}
      </div>
      <IconButton icon="shuffle" label={t('generator_title')} onClick={() => go({ name: 'generator' })} />
      <IconButton icon="health" label={t('health_title')} onClick={() => go({ name: 'health' })} />
      <IconButton icon="trash" label={t('bin_title')} onClick={() => go({ name: 'bin' })} />
      <Menu
        label={t('list_more_views')}
        items={[
          { label: t('import_title'), icon: 'download', onSelect: () => go({ name: 'import' }) },
          { label: t('export_title'), icon: 'upload', onSelect: () => go({ name: 'export' }) },
        ]}
      />
    </footer>
  );
}

/** The account's line: always there, and quiet as long as all is well. It leads to where the account is looked after. */
function SyncState({ account }: { account: AccountState }) {
  const lead = (): void => go({ name: account.state === 'suspended' ? 'suspended' : 'settings' });
  return (
    <button type="button" class="foot-state" onClick={lead} data-focus="sync-state">
      <SyncLine account={account} />
    </button>
  );
}

/** Which kinds of item are listed. */
export function KindFilter({ kind, onKind }: { kind: ItemKind | ''; onKind: (kind: ItemKind | '') => void }) {
  return (
    <select
      class="kind-filter"
      aria-label={t('list_kind')}
      value={kind}
      data-focus="kind"
      onChange={(event) => onKind(event.currentTarget.value as ItemKind | '')}
    >
      {(['', ...KINDS] as const).map((each) => (
        <option key={each} value={each} selected={each === kind}>
          {each === '' ? t('list_kind_all') : t(`list_kind_${each}`)}
        </option>
      ))}
    </select>
  );
}
