/** The popup's card for a sign-in that waits to be saved. */
import type { WaitingCapture } from '../../shared/api.ts';
import { type Choice, dropFlow, saveFlow, takeUpOrphans, undoFlow, viewOf } from '../capture-save.ts';
import { flag, id, none, orNull, shape, text } from '../check.ts';
import { type Flow, inTurn, remove, waiting } from '../flows.ts';
import { closeFrames } from '../opening.ts';
import type { Caller } from '../sender.ts';
import { tabFor } from '../tabs.ts';
import { type Handlers, onOpen } from './desk.ts';

const one = shape<{ id: string }>({ id });
const choice = shape<Choice & { id: string }>({ id, itemId: orNull(id), name: text(4000), username: text(4000) });

/** That of the tab in front, or else the newest. */
async function inOrder(caller: Caller): Promise<Flow[]> {
  const tab = await tabFor(caller);
  const newest = (await waiting()).toReversed();
  return newest.toSorted((a, b) => Number(b.tabId === tab?.id) - Number(a.tabId === tab?.id));
}

async function next(caller: Caller): Promise<WaitingCapture | null> {
  await takeUpOrphans();
  for (const flow of await inOrder(caller)) {
    const view = await viewOf(flow);
    if (view === null) return null;
    if (view !== 'gone' && (view.verdict === 'new' || view.verdict === 'update')) return { ...view, id: flow.id };
    await remove(flow.id);
  }
  return null;
}

export const capturing: Handlers<'waitingCapture' | 'saveCapture' | 'dropCapture' | 'undoCapture'> = {
  waitingCapture: async (input, caller) => {
    none(input);
    await onOpen(() => undefined);
    const found = await inTurn(() => next(caller));
    // The popup lies over the page, and asks in its place.
    if (found && caller.tab === null) closeFrames((_, what) => what === 'prompt');
    return found;
  },
  saveCapture: async (input) => {
    const { id: flow, ...decided } = choice(input);
    const saved = await saveFlow(flow, decided);
    closeFrames((_, what) => what === 'prompt');
    return saved;
  },
  dropCapture: async (input) => {
    const { id: flow, never } = shape<{ id: string; never: boolean }>({ id, never: flag })(input);
    await dropFlow(flow, never);
    closeFrames((_, what) => what === 'prompt');
  },
  undoCapture: async (input) => undoFlow(one(input).id),
};
