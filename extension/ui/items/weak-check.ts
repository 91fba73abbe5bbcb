import type { ItemSummary } from '../../shared/api.ts';

/** Below this zxcvbn score (0 to 4) a password is called weak. */
const STRONG_SCORE = 3;

export interface WeakCheck {
  done: number;
  total: number;
  weak: ItemSummary[];
}

interface Sources {
  reveal: (row: ItemSummary) => Promise<string>;
  score: (password: string, hints: string[]) => Promise<number>;
  progress: (state: WeakCheck) => void;
}

/**
 * Estimates every password, one after the other, so that no more than one is in this page at a
 * time. Equal passwords are estimated once. Stops without an error when `signal` is aborted; an
 * item that can't be read is passed over, the list names it elsewhere.
 */
export async function checkWeak(rows: readonly ItemSummary[], sources: Sources, signal: AbortSignal): Promise<WeakCheck> {
  const candidates = rows.filter((row) => row.hasPassword);
  const state: WeakCheck = { done: 0, total: candidates.length, weak: [] };
  const known = new Map<string, boolean>();
  for (const row of candidates) {
    if (signal.aborted) break;
    const weak = await isWeak(row, sources, known).catch(() => false);
    if (signal.aborted) break;
    state.done += 1;
    if (weak) state.weak.push(row);
    sources.progress({ ...state, weak: [...state.weak] });
  }
  known.clear();
  return state;
}

async function isWeak(row: ItemSummary, { reveal, score }: Sources, known: Map<string, boolean>): Promise<boolean> {
  const password = await reveal(row);
  const before = known.get(password);
  if (before !== undefined) return before;
  const weak = (await score(password, [row.name, row.detail, row.host])) < STRONG_SCORE;
  known.set(password, weak);
  return weak;
}
