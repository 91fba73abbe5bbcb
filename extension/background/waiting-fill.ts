/** A fill that began while the vault was locked: done once it is open, by whichever way it was opened. */
import type { FillOutcome, Intent, ItemId } from '../shared/api.ts';
import { run } from './engine.ts';
import { fill } from './fill.ts';
import { intentFor, setIntent } from './intents.ts';
import { choose, matches, noteFill } from './shortcut.ts';
import { webTab } from './tabs.ts';
import { Turns } from './turns.ts';

interface Done {
  id: ItemId;
  tabId: number;
  outcome: FillOutcome;
}

const turns = new Turns();

/** Popup and ceremony window may both ask after the same unlock: one of them gets it. */
export const carryOnFill = (): Promise<Done | null> => turns.take(carryOn);

async function carryOn(): Promise<Done | null> {
  const intent = await intentFor({ page: 'popup', tab: null });
  if (intent?.kind !== 'fill' || (await run(({ state }) => state)) !== 'unlocked') return null;
  // Taken before it is done: whatever becomes of it, it is not done a second time.
  await setIntent(null);
  return go(intent);
}

async function go({ itemId, tabId, origin, outcome: known }: Intent & { kind: 'fill' }): Promise<Done | null> {
  const tab = await webTab(tabId);
  // The page that the person looked at when they asked, and no other.
  if (!tab || (origin !== undefined && origin !== tab.origin)) return null;
  // A choice in the page was for one form of one document: what came of it is said, and no other is filled for it (S-74, S-76).
  if (itemId !== null && known) return { id: itemId, tabId, outcome: known };
  const id = itemId ?? (await choose(tab.origin, (await matches(tab)) ?? []));
  if (id === null) return null;
  const outcome = await fill({ id, tabId });
  if (outcome.result === 'filled') await noteFill(tab.origin, id);
  return { id, tabId, outcome };
}
