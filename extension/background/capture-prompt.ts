/** The question in the page, in a frame with the menu's gates (S-58), and what is answered there. */
import type { CaptureView } from '../shared/api.ts';
import type { PromptAct, PromptView } from '../shared/menu.ts';
import { dropFlow, saveFlow, undoFlow, viewOf } from './capture-save.ts';
import { id, oneOf, orNull, shape, text, variant } from './check.ts';
import { run } from './engine.ts';
import type { FieldDocument } from './field.ts';
import type { Flow } from './flows.ts';
import { openPopup } from './intents.ts';
import { type Next, openFrame, type Showing } from './opening.ts';
import { hostOf } from './tabs.ts';

const chosen = variant<PromptAct>('act', {
  save: shape({ act: oneOf('save'), itemId: orNull(id), name: text(4000), username: text(4000) }),
  'not-now': shape({ act: oneOf('not-now') }),
  never: shape({ act: oneOf('never') }),
  undo: shape({ act: oneOf('undo') }),
  unlock: shape({ act: oneOf('unlock') }),
});

/** `drop`: there is nothing to ask. Null while locked, when nobody can tell. */
export async function judged(flow: Flow): Promise<CaptureView | 'drop' | null> {
  const view = await viewOf(flow);
  if (view === null) return null;
  return view === 'gone' || view.verdict === 'same' || view.verdict === 'never' ? 'drop' : view;
}

export function ask(at: FieldDocument, flow: Flow): void {
  openFrame(at, promptFor(flow));
}

function promptFor(flow: Flow): Showing {
  let saved: PromptView | null = null;
  const host = hostOf(flow.origin);
  const empty: PromptView = { what: 'prompt', state: 'locked', host, verdict: 'new', name: '', username: '', candidates: [], itemId: null };

  const view = async (): Promise<PromptView> => {
    // Of a vault that was locked since, no name stays on the screen (S-98).
    if (saved) return (await run(({ state }) => state)) === 'unlocked' ? saved : { ...empty, state: 'done' };
    const known = await judged(flow);
    if (known === null) return empty;
    if (known === 'drop') return { ...empty, state: 'done' };
    const candidates = known.candidates.map(({ id: item, name, detail }) => ({ id: item, name, detail }));
    const { verdict, name, username, itemId } = known;
    return {
      ...empty,
      state: 'ask',
      host: known.host,
      verdict: verdict === 'update' ? verdict : 'new',
      name,
      username,
      candidates,
      itemId,
    };
  };

  const act = async (raw: unknown, proved: boolean): Promise<Next> => {
    const wanted = chosen(raw);
    // Where nobody can prove what the person saw, the popup asks (S-55); to leave things as they are needs no proof.
    if (wanted.act === 'unlock' || (!proved && wanted.act !== 'not-now')) return { next: 'close', after: openPopup };
    switch (wanted.act) {
      case 'save': {
        const { itemId, name, username } = wanted;
        await saveFlow(flow.id, { itemId, name, username });
        saved = { ...empty, state: 'saved', name, verdict: itemId === null ? 'new' : 'update' };
        return { next: 'again' };
      }
      case 'undo':
        await undoFlow(flow.id);
        return { next: 'close' };
      default:
        if (!saved) await dropFlow(flow.id, wanted.act === 'never');
        return { next: 'close' };
    }
  };

  return { what: 'prompt', byKey: false, view, act };
}
