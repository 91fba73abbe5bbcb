/** Sealed sign-ins and the engine: what is to become of one, saving it, taking that back. */
import type { CaptureView, ItemId } from '../shared/api.ts';
import { toB64 } from '../shared/bytes.ts';
import { SesameError } from '../shared/errors.ts';
import { type EngineDesk, run, withSuffixes } from './engine.ts';
import { discard, type Flow, flowOf, inTurn, noteUndo, orphans, put, remove, undoOf } from './flows.ts';
import { type Rows, readRow, type Writes } from './storage.ts';
import { changed, onChange } from './ui/desk.ts';

export interface Choice {
  itemId: ItemId | null;
  name: string;
  username: string;
}

async function sealed(flow: Flow): Promise<Rows> {
  const all: Rows = new Map();
  for (const key of flow.captures) all.set(key, await readRow('captures', key));
  return all;
}

/** On an open vault. */
async function look(desk: EngineDesk, flow: Flow): Promise<CaptureView> {
  const engine = await withSuffixes(desk);
  const captures = await sealed(flow);
  const rows: Rows = new Map();
  for (const id of JSON.parse(engine.captureItems(captures)) as string[]) rows.set(id, await readRow('items', id));
  return JSON.parse(engine.captureView(captures, rows)) as CaptureView;
}

/** Null while the vault is locked; `gone` where nothing of it can be read any more. */
export function viewOf(flow: Flow): Promise<CaptureView | 'gone' | null> {
  return run(async (desk) => (desk.state === 'unlocked' ? await look(desk, flow) : null)).catch((failure: unknown) => {
    if (failure instanceof SesameError && failure.code === 'not-found') return 'gone';
    throw failure;
  });
}

const known = async (id: string): Promise<Flow> => {
  const flow = await flowOf(id);
  if (!flow) throw new SesameError('not-found');
  return flow;
};

const digest = async (row: Uint8Array): Promise<string> => toB64(new Uint8Array(await crypto.subtle.digest('SHA-256', row.slice())));

/** Saves it; only then is it gone from those that wait. */
export function saveFlow(id: string, choice: Choice): Promise<{ itemId: ItemId }> {
  return inTurn(async () => {
    const flow = await known(id);
    const { itemId, row: left } = await onChange(async (desk) => {
      const engine = await withSuffixes(desk);
      const row = choice.itemId === null ? undefined : await readRow('items', choice.itemId);
      const saved = engine.saveCapture(await sealed(flow), JSON.stringify(choice), row);
      await desk.commit(saved.writes as Writes);
      return { itemId: saved.id, row: await digest(await readRow('items', saved.id)) };
    });
    await noteUndo({ id, itemId, was: choice.itemId === null ? 'new' : 'update', row: left });
    await remove(id);
    changed();
    return { itemId };
  });
}

export function dropFlow(id: string, never: boolean): Promise<void> {
  return inTurn(async () => {
    const flow = await known(id);
    if (never) {
      await onChange(async (desk) => {
        const engine = await withSuffixes(desk);
        await desk.commit(engine.neverCapture(await sealed(flow)) as Writes);
      });
    }
    await remove(id);
    changed();
  });
}

export function undoFlow(id: string): Promise<void> {
  return inTurn(async () => {
    const undo = await undoOf(id);
    if (!undo) throw new SesameError('not-found');
    await onChange(async ({ engine, commit }) => {
      const row = await readRow('items', undo.itemId);
      // Changed since, by the person: to go back now would take that from them.
      if ((await digest(row)) !== undo.row) throw new SesameError('not-found');
      const writes = undo.was === 'new' ? engine.setBin(undo.itemId, row, true) : engine.revertPassword(undo.itemId, row);
      await commit(writes as Writes);
    });
    await noteUndo(null);
  });
}

/**
 * What an earlier session of the browser left behind: a password that Sesame made is asked about still, the
 * rest was given up with that session. Needs an open vault.
 */
export async function takeUpOrphans(): Promise<void> {
  for (const key of await orphans()) {
    const flow: Flow = {
      id: key,
      captures: [key],
      origin: '',
      tabId: -1,
      frame: 0,
      documentId: '',
      topId: '',
      state: 'kept',
      at: Date.now(),
      fresh: true,
      generated: true,
      asked: 0,
      back: 0,
    };
    const view = await viewOf(flow);
    // Locked in between: nobody can tell whether it is wanted.
    if (view === null) return;
    if (view !== 'gone' && view.generated && view.verdict !== 'same') await put(flow);
    else await discard([key]);
  }
}
