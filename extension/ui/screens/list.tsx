import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ItemKind, ItemSummary } from '../../shared/api.ts';
import { plural, t } from '../../shared/i18n.ts';
import { siteRows } from '../items/early.ts';
import { usePages } from '../items/use-pages.ts';
import { AlertRegion, Progress, VirtualList } from '../parts/index.ts';
import { go, useKept } from '../route.ts';
import { changes, status, type ui } from '../state.ts';
import { useFill } from './fill-flow.tsx';
import { ItemRow, rowKey } from './item-row.tsx';
import { KindFilter, ListFoot, ListHeader } from './list-frame.tsx';
import { EmptyVault, ListNotices, NothingFound } from './list-notices.tsx';
import { firstSiteRow, lastSiteRow, SiteRows } from './site-rows.tsx';

/** The open vault: search, what fits the tab, and everything. */
export function ListScreen() {
  const text = useKept('text', '');
  const current = useKept('current', 0);
  const site = useSite();
  const kind = useKept<ItemKind | ''>('kind', '');
  const { pages, version, inView } = usePages({ text: text.value, in: 'items', ...(kind.value && { kind: kind.value }) });
  const { fill, dialog } = useFill({ takesUp: true });
  const search = useRef<HTMLInputElement>(null);
  void version.value;

  const searching = text.value.trim() !== '';
  const here = searching ? null : site.value;
  const total = pages.total;
  const fillHere = (row: ItemSummary): void => {
    if (site.value) void fill(row.id, site.value.tabId);
  };
  const intoList = (): void => (firstSiteRow() ?? firstRow())?.focus();
  const mainAction = async (): Promise<void> => {
    const offered = here?.rows[0];
    if (offered) return fillHere(offered);
    await pages.ready;
    const first = pages.row(0);
    if (first) go({ name: 'item', id: first.id });
  };
  const type = (value: string): void => {
    text.value = value;
    current.value = 0;
  };
  const matching = new Set(site.value?.rows.map((row) => row.id));

  return (
    <>
      <ListHeader text={text.value} onText={type} onDown={intoList} onEnter={() => void mainAction()} inputRef={search} />
      <main class="screen-body flush list-body">
        <AlertRegion />
        {total === null && <Progress text={t('list_loading')} />}
        {total === 0 && !searching && kind.value === '' && <EmptyVault />}
        {total === 0 && searching && kind.value === '' && <NothingFound text={text.value} onClear={() => type('')} />}
        {total !== null && (total > 0 || kind.value !== '') && (
          <VirtualList
            label={t('list_all_items')}
            count={total}
            current={current.value}
            onCurrent={(index) => (current.value = index)}
            onRange={inView}
            onTop={() => (lastSiteRow() ?? search.current)?.focus()}
            onKey={(event, index) => rowKey(event, pages.row(index)) || backToSearch(event, search.current)}
            scrollKey="list"
            before={
              <>
                <ListNotices />
                {here && (
                  <SiteRows site={here} onFill={fillHere} onTop={() => search.current?.focus()} onPast={() => firstRow()?.focus()} />
                )}
                <div class="line between list-title">
                  <h2 class="section-title">{searching || kind.value !== '' ? plural('list_count_found', total) : t('list_all_items')}</h2>
                  <KindFilter
                    kind={kind.value}
                    onKind={(chosen) => {
                      kind.value = chosen;
                      current.value = 0;
                    }}
                  />
                </div>
              </>
            }
            row={(index, focused) => {
              const row = pages.row(index);
              if (!row) return <span class="row row-waiting" aria-hidden="true" />;
              const isForms = row.kind === 'card' || row.kind === 'identity';
              const fits = site.value !== null && (isForms || (searching && matching.has(row.id)));
              return (
                <ItemRow
                  row={row}
                  inTabOrder={focused}
                  onFill={fits ? () => fillHere(row) : undefined}
                  quietFill={!searching && kind.value === ''}
                />
              );
            }}
          />
        )}
      </main>
      <ListFoot />
      {dialog}
    </>
  );
}

const firstRow = (): HTMLElement | null => document.querySelector<HTMLElement>('.virtual-row[data-index="0"] [data-row-main]');

/** Typing goes on with the search, wherever in the list the focus is. */
function backToSearch(event: KeyboardEvent, search: HTMLInputElement | null): boolean {
  const types = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (types) search?.focus();
  return false;
}

/** The items that match the tab; asked for again when items change. */
function useSite() {
  const site = useKept<Awaited<ReturnType<typeof ui.forThisSite>>>('site', null);
  const asked = useSignal(-1);
  const change = changes.value;
  const tab = status.value?.tab?.id;
  useEffect(() => {
    asked.value = change;
    // Without an answer there is nothing to offer; the list below says what is wrong.
    void siteRows().then(
      (found) => {
        if (asked.value === change) site.value = found;
      },
      () => undefined,
    );
  }, [change, tab]);
  return site;
}
