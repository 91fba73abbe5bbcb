import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { ItemId, WaitingCapture } from '../../shared/api.ts';
import { t } from '../../shared/i18n.ts';
import { useDraft } from '../draft.ts';
import { useWaiting } from '../items/use-waiting.ts';
import { Button, Card, Link, Notice, Select, TextField } from '../parts/index.ts';
import { useKept } from '../route.ts';
import { attempt, ui } from '../state.ts';

interface Done {
  id: string;
  updated: boolean;
}

/** A sign-in that was typed into a page and waits for a decision, as in the page's own prompt (S-58). */
export function SaveCard() {
  const { waiting, next } = useWaiting();
  // The first item of a vault draws the list anew.
  const done = useKept<Done | null>('saved', null);
  const undo = (id: string): void =>
    void attempt(() => ui.undoCapture({ id })).then((worked) => {
      if (worked) done.value = null;
      next();
    });
  const saved = done.value;
  return (
    <>
      {saved && (
        <Notice kind="good">
          <span>{t(saved.updated ? 'prompt_updated' : 'prompt_saved')}</span>
          <Link onClick={() => undo(saved.id)}>{t('prompt_undo')}</Link>
        </Notice>
      )}
      {waiting && (
        <Question
          key={waiting.id}
          waiting={waiting}
          onEnd={(updated) => {
            if (updated !== null) done.value = { id: waiting.id, updated };
            next();
          }}
        />
      )}
    </>
  );
}

interface Choice {
  name: string;
  username: string;
  itemId: ItemId | '';
}

/** `onEnd` tells whether an item was changed, or a new one made; null when nothing was saved. */
function Question({ waiting, onEnd }: { waiting: WaitingCapture; onEnd: (updated: boolean | null) => void }) {
  const title = useId();
  const draft = useDraft<Choice>(`save:${waiting.id}`, () => ({
    name: waiting.name,
    username: waiting.username,
    itemId: waiting.itemId ?? '',
  }));
  const busy = useSignal(false);
  const choice = draft.value.value;
  if (!choice) return null;
  const updates = choice.itemId !== '';
  const change = (part: Partial<Choice>): void => draft.change({ ...choice, ...part });
  const end = async (work: () => Promise<unknown>, updated: boolean | null): Promise<void> => {
    busy.value = true;
    const worked = await attempt(work);
    busy.value = false;
    if (!worked) return;
    await draft.drop();
    onEnd(updated);
  };
  const { id } = waiting;
  const save = (event: Event): void => {
    event.preventDefault();
    const { name, username, itemId } = choice;
    void end(() => ui.saveCapture({ id, name, username, itemId: itemId === '' ? null : itemId }), updates);
  };
  const drop = (never: boolean): void => void end(() => ui.dropCapture({ id, never }), null);
  return (
    <section aria-labelledby={title}>
      <Card padded>
        <form class="stack tight" onSubmit={save}>
          <div class="line between">
            <h2 class="strong" id={title}>
              {t(updates ? 'prompt_update_title' : 'prompt_save_title')}
            </h2>
            <bdi class="small quiet site-host">{waiting.host}</bdi>
          </div>
          {waiting.candidates.length > 0 && (
            <Select
              label={t('prompt_target')}
              value={choice.itemId}
              options={[
                ...waiting.candidates.map((row) => ({ value: row.id, label: row.detail ? `${row.name}, ${row.detail}` : row.name })),
                { value: '', label: t('prompt_new') },
              ]}
              onChange={(itemId) => change({ itemId })}
              focusKey="save-target"
            />
          )}
          {!updates && (
            <>
              <TextField label={t('prompt_name')} value={choice.name} onInput={(name) => change({ name })} focusKey="save-name" />
              <TextField
                label={t('prompt_username')}
                value={choice.username}
                onInput={(username) => change({ username })}
                focusKey="save-username"
              />
            </>
          )}
          <div class="line wrap">
            <Button kind="primary" type="submit" disabled={busy.value}>
              {t(updates ? 'prompt_update' : 'prompt_save')}
            </Button>
            <Button onClick={() => drop(false)} disabled={busy.value}>
              {t('prompt_not_now')}
            </Button>
            <Button kind="quiet" onClick={() => drop(true)} disabled={busy.value}>
              {t('prompt_never')}
            </Button>
          </div>
        </form>
      </Card>
    </section>
  );
}
