import type { ItemId, ItemKind } from '../../shared/api.ts';
import { ui } from '../state.ts';
import { isEditState } from './edit-state.ts';
import { KINDS } from './fields.ts';

/** The editor's form name, under which its draft is kept. A new item of each kind has its own. */
export const editorForm = (id: ItemId | '', kind: ItemKind): string => (id === '' ? `editor:new:${kind}` : `editor:${id}`);

/** The last editor that was left without saving, so that the list can lead back to it. */
const LAST = 'editor:last';

export interface OpenDraft {
  id: ItemId | '';
  kind: ItemKind;
  name: string;
}

export function noteOpenDraft(draft: OpenDraft): void {
  // Losing this pointer loses no draft: the editor itself still finds it.
  void ui.saveDraft({ form: LAST, value: JSON.stringify(draft) }).catch(() => undefined);
}

export function forgetOpenDraft(): void {
  void ui.dropDraft({ form: LAST }).catch(() => undefined);
}

export async function findOpenDraft(): Promise<OpenDraft | null> {
  const last = await load(LAST);
  if (typeof last !== 'object' || last === null || !('id' in last) || !('kind' in last)) return null;
  const { id } = last;
  const kind = KINDS.find((known) => known === last.kind);
  if (kind === undefined || typeof id !== 'string') return null;
  const kept = await load(editorForm(id, kind));
  return isEditState(kept) ? { id, kind, name: kept.item.name.trim() } : null;
}

async function load(form: string): Promise<unknown> {
  try {
    return JSON.parse((await ui.loadDraft({ form })) ?? 'null');
  } catch {
    return null;
  }
}
