/** After a wrong master password: what may have gone wrong, found without giving anything away. */
import type { LockedView, RetiredPassword } from '../../shared/api.ts';
import { toB64, wipe } from '../../shared/bytes.ts';
import { date, t } from '../../shared/i18n.ts';
import { ui } from '../../shared/rpc.ts';
import { AuthJob } from '../auth.ts';

/** Caps Lock as of the last key in any field; null before the first. */
let capsLock: boolean | null = null;

export function watchCapsLock(): () => void {
  const see = (event: KeyboardEvent | MouseEvent): void => {
    capsLock = event.getModifierState?.('CapsLock') ?? null;
  };
  addEventListener('keydown', see, true);
  addEventListener('keyup', see, true);
  addEventListener('pointerdown', see, true);
  return () => {
    removeEventListener('keydown', see, true);
    removeEventListener('keyup', see, true);
    removeEventListener('pointerdown', see, true);
  };
}

type LayoutKeyboard = { keyboard?: { getLayoutMap(): Promise<Map<string, string>> } };
const LAYOUT = 'sesame-keyboard';

/** The letters on some keys that differ between layouts, for example "qayzm;" or "aqzwm,". */
async function layout(): Promise<string | null> {
  const map = await (navigator as LayoutKeyboard).keyboard?.getLayoutMap().catch(() => null);
  const keys = ['KeyQ', 'KeyA', 'KeyY', 'KeyZ', 'KeyM', 'Semicolon', 'Digit2', 'Minus', 'Slash'];
  return map ? keys.map((key) => map.get(key) ?? '').join(' ') : null;
}

/** Remembers the keyboard with which the right password was typed. Nothing about the password. */
export async function rememberLayout(): Promise<void> {
  const now = await layout();
  if (now !== null) localStorage.setItem(LAYOUT, now);
}

/** The remarks that need no derivation, in the order of how often they are the reason. */
export async function quickClues(password: string): Promise<string[]> {
  const then = localStorage.getItem(LAYOUT);
  const [now, edge] = await Promise.all([layout(), AuthJob.hasEdgeSpace(password).catch(() => false)]);
  return [
    capsLock ? t('clue_caps_lock') : '',
    edge ? t('clue_edge_space') : '',
    then !== null && now !== null && then !== now ? t('clue_layout') : '',
  ].filter((clue) => clue !== '');
}

/** Whether this was a master password that has been replaced: one derivation for each, newest first. */
export async function replacedClue(password: string, locked: LockedView, signal: AbortSignal): Promise<string | null> {
  const newest = [...locked.retired].sort((a, b) => b.replacedAt - a.replacedAt);
  for (const one of newest) {
    if (await wasThisOne(password, one, signal)) return t('clue_replaced', date(one.replacedAt));
  }
  return null;
}

async function wasThisOne(password: string, old: RetiredPassword, signal: AbortSignal): Promise<boolean> {
  const stretched = await AuthJob.stretch(password, old, signal);
  try {
    return await ui.wasReplaced({ index: old.index, stretched: toB64(stretched) });
  } finally {
    wipe(stretched);
  }
}
