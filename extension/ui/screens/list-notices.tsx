import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { plural, t } from '../../shared/i18n.ts';
import { findOpenDraft, type OpenDraft } from '../items/open-draft.ts';
import { Button, Link, Mark, Notice } from '../parts/index.ts';
import { go } from '../route.ts';
import { status } from '../state.ts';
import { later } from './later.tsx';
import { PracticeCard } from './practice-card.tsx';

/** Fetched after the first picture: most days nothing waits. */
const SaveCard = later(async () => (await import('./save-card.tsx')).SaveCard);

const AccountNotices = later(async () => (await import('../account/list-notice.tsx')).AccountNotices);
const ResetElsewhere = later(async () => (await import('./reset-elsewhere.tsx')).ResetElsewhere);

/** What should be seen before the rows: an unsaved draft, damage, practice. Most days nothing. */
export function ListNotices() {
  const open = status.value?.open;
  const damaged = open?.damage.filter((part) => part.part === 'item').length ?? 0;
  return (
    <div class="list-notices">
      <SaveCard />
      <AccountNotices />
      <ResetElsewhere />
      <UnsavedDraft />
      {open?.practiceDue && <PracticeCard />}
      {open && open.damage.length > 0 && (
        <Notice kind="warn">
          <span>{damaged > 0 ? plural('list_damaged', damaged) : t('list_damaged_parts')}</span>
          <Link onClick={() => go({ name: 'damaged' })}>{t('list_damaged_show')}</Link>
        </Notice>
      )}
    </div>
  );
}

function UnsavedDraft() {
  const draft = useSignal<OpenDraft | null>(null);
  useEffect(() => {
    void findOpenDraft().then((found) => {
      draft.value = found;
    });
  }, []);
  const found = draft.value;
  if (!found) return null;
  return (
    <Notice icon="edit">
      <span>{found.name ? t('list_draft', found.name) : t('list_draft_unnamed')}</span>
      <Link onClick={() => go({ name: 'edit', id: found.id, kind: found.kind })}>{t('list_draft_continue')}</Link>
    </Notice>
  );
}

export function EmptyVault() {
  return (
    <section class="empty" aria-label={t('list_all_items')}>
      <ListNotices />
      <Mark size={40} />
      <p class="title">{t('list_empty_title')}</p>
      <p class="lead centre">{t('list_empty_text')}</p>
      <Button kind="primary" icon="plus" onClick={() => go({ name: 'new' })}>
        {t('list_empty_add')}
      </Button>
      <Link onClick={() => go({ name: 'import' })}>{t('list_empty_import')}</Link>
    </section>
  );
}

export function NothingFound({ text, onClear }: { text: string; onClear: () => void }) {
  return (
    <section class="empty" aria-label={t('list_all_items')}>
      <p class="lead centre">{t('list_nothing_found', text)}</p>
      <Button onClick={onClear}>{t('list_clear_search')}</Button>
    </section>
  );
}
