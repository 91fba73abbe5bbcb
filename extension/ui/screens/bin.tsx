import { useSignal } from '@preact/signals';
import type { ItemSummary } from '../../shared/api.ts';
import { ago, plural, t } from '../../shared/i18n.ts';
import { restore } from '../items/actions.ts';
import { usePages } from '../items/use-pages.ts';
import { AlertRegion, Button, Dialog, Header, Menu, Monogram, Progress, say, VirtualList } from '../parts/index.ts';
import { go, useKept } from '../route.ts';
import { attempt, ui } from '../state.ts';

/** `'all'` or the one item that is about to be deleted for ever. */
type Doomed = 'all' | ItemSummary | null;

export function BinScreen() {
  const current = useKept('current', 0);
  const doomed = useSignal<Doomed>(null);
  const { pages, version, inView } = usePages({ text: '', in: 'bin' });
  void version.value;
  const total = pages.total;
  return (
    <>
      <Header
        title={t('bin_title')}
        actions={
          total !== null &&
          total > 0 && (
            <Button kind="quiet" onClick={() => (doomed.value = 'all')}>
              {t('bin_empty_bin')}
            </Button>
          )
        }
      />
      <main class="screen-body flush list-body">
        <AlertRegion />
        {total === null && <Progress text={t('loading')} />}
        {total === 0 && (
          <div class="empty">
            <p class="lead">{t('bin_empty')}</p>
          </div>
        )}
        {total !== null && total > 0 && (
          <VirtualList
            label={t('bin_title')}
            count={total}
            current={current.value}
            onCurrent={(index) => (current.value = index)}
            onRange={inView}
            scrollKey="bin"
            before={<p class="quiet bin-intro">{t('bin_intro')}</p>}
            row={(index, focused) => {
              const row = pages.row(index);
              if (!row) return <span class="row row-waiting" aria-hidden="true" />;
              return <BinRow row={row} focused={focused} onRestore={() => void restore(row)} onDelete={() => (doomed.value = row)} />;
            }}
          />
        )}
      </main>
      {doomed.value && <ConfirmDelete doomed={doomed.value} count={total ?? 0} onClose={() => (doomed.value = null)} />}
    </>
  );
}

function BinRow(props: { row: ItemSummary; focused: boolean; onRestore: () => void; onDelete: () => void }) {
  const { row, focused, onRestore, onDelete } = props;
  const tabIndex = focused ? 0 : -1;
  return (
    <div class="row item-row">
      <button
        type="button"
        class="row-main"
        data-row-main
        tabIndex={tabIndex}
        data-focus={`bin-${row.id}`}
        onClick={() => go({ name: 'item', id: row.id })}
      >
        <Monogram name={row.name} />
        <span class="row-text">
          <span class="row-title">{row.name}</span>{' '}
          <span class="row-detail">
            {row.deletedAt === null ? row.detail : [row.detail, ago(row.deletedAt)].filter(Boolean).join(' · ')}
          </span>
        </span>
      </button>
      <button type="button" class="button quiet" tabIndex={tabIndex} onClick={onRestore}>
        {t('bin_restore')}
      </button>
      <Menu
        label={t('list_more')}
        tabIndex={tabIndex}
        items={[{ label: t('bin_delete_forever'), icon: 'trash', danger: true, onSelect: onDelete }]}
      />
    </div>
  );
}

function ConfirmDelete({ doomed, count, onClose }: { doomed: 'all' | ItemSummary; count: number; onClose: () => void }) {
  const all = doomed === 'all';
  const remove = async (): Promise<void> => {
    onClose();
    await attempt(async () => {
      if (all) return say(plural('bin_emptied', (await ui.emptyBin()).deleted));
      await ui.deleteForever({ id: doomed.id });
      say(t('bin_deleted', doomed.name));
    });
  };
  return (
    <Dialog
      title={all ? t('bin_empty_title') : t('bin_delete_title', doomed.name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} autofocus>
            {t('cancel')}
          </Button>
          <Button kind="danger" onClick={() => void remove()}>
            {all ? t('bin_empty_bin') : t('bin_delete_forever')}
          </Button>
        </>
      }
    >
      <p>{all ? plural('bin_empty_text', count) : t('bin_delete_text')}</p>
    </Dialog>
  );
}
