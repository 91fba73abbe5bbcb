import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ItemEdit, ItemId, ItemKind } from '../../shared/api.ts';
import { plural } from '../../shared/i18n.ts';
import { useDraft } from '../draft.ts';
import { problem } from '../parts/notice.tsx';
import { attempt, status, ui } from '../state.ts';
import { type EditProblem, type EditState, finished, isEditState, problems, sameState, startEdit, startNew } from './edit-state.ts';
import { editorForm, forgetOpenDraft, noteOpenDraft } from './open-draft.ts';

/** The editor's state, kept as a draft from the first change until it is saved or discarded. */
export function useEditor(id: ItemId | '', kind: ItemKind) {
  const original = useSignal<EditState | null>(null);
  /** Problems are shown once saving was tried, and go away as they are mended. */
  const tried = useSignal(false);
  const saving = useSignal(false);
  const noted = useRef(false);
  const load = async (): Promise<EditState> => {
    const start = id === '' ? startNew(kind, status.peek()?.tab ?? null) : startEdit(await ui.edit({ id }));
    original.value = start;
    return start;
  };
  const draft = useDraft<EditState>(editorForm(id, kind), load);
  const kept = draft.value.value;
  const state = isEditState(kept) ? kept : null;

  const loadFresh = (): Promise<boolean> =>
    attempt(async () => {
      draft.value.value = await load();
    });
  useEffect(() => {
    if (!draft.ready.value) return;
    if (state === null) void loadFresh();
    // A draft needs what is stored beside it, to know whether anything really differs.
    else if (draft.restored.value && original.peek() === null) void attempt(load);
  }, [draft.ready.value]);

  const edit = (change: Partial<ItemEdit>): void => {
    const now = draft.value.peek();
    if (isEditState(now)) put({ ...now, item: { ...now.item, ...change } });
  };
  const put = (next: EditState): void => {
    if (!noted.current && !sameState(next, original.peek() ?? next)) {
      noted.current = true;
      noteOpenDraft({ id, kind, name: '' });
    }
    draft.change(next);
  };
  const drop = async (): Promise<void> => {
    noted.current = false;
    forgetOpenDraft();
    await draft.drop();
  };
  const startOver = async (): Promise<void> => {
    await drop();
    await loadFresh();
  };
  /** The saved item's id; null when something has to be mended first. */
  const save = async (): Promise<ItemId | null> => {
    if (state === null || saving.peek()) return null;
    tried.value = true;
    const found = problems(state);
    if (found.length > 0) {
      problem(plural('editor_fix', found.length));
      return null;
    }
    let saved: ItemId | null = null;
    saving.value = true;
    await attempt(async () => {
      saved = (await ui.save(finished(state))).id;
      await drop();
    });
    saving.value = false;
    return saved;
  };

  const found: EditProblem[] = tried.value && state ? problems(state) : [];
  return {
    state,
    restored: draft.restored.value,
    saving: saving.value,
    isChanged: state !== null && (draft.restored.value || (original.value !== null && !sameState(state, original.value))),
    reasonOf: (field: EditProblem['field']): EditProblem['reason'] | null => found.find((one) => one.field === field)?.reason ?? null,
    edit,
    setTags: (tagLine: string) => state && put({ ...state, tagLine }),
    save,
    drop,
    startOver,
  };
}

export type Editor = ReturnType<typeof useEditor>;
