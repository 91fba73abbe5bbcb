/**
 * What the background and the frame in a page (menu.html) say to each other, over the port named
 * `menu`. The frame is a page of ours, but it lies in somebody else's: everything that it asks for
 * has passed its own gate (ui/menu/gate.ts) and is looked at again in the background (S-39 to S-58).
 */
import type { Prefs } from './api.ts';
import type { FieldKind } from './field.ts';

export const MENU_PORT = 'menu';

/** CSS pixels, whatever is inside: the page learns nothing from a size (S-78). */
export const SIZES = { menu: { width: 320, height: 280 }, prompt: { width: 360, height: 260 } } as const;

export interface MenuRow {
  id: string;
  name: string;
  /** User name, or a short second line. */
  detail: string;
  /** Offers to copy its one-time code. */
  hasCode: boolean;
}

export interface MenuView {
  what: 'menu';
  state: 'absent' | 'locked' | 'open';
  kind: FieldKind;
  host: string;
  rows: MenuRow[];
  /** A new password that obeys the field's rules. */
  suggested: string | null;
}

/** A sign-in that waits to be saved. The password itself is not in it. */
export interface PromptView {
  what: 'prompt';
  state: 'locked' | 'ask' | 'saved' | 'done';
  host: string;
  verdict: 'new' | 'update';
  name: string;
  username: string;
  /** Items that could take it. */
  candidates: { id: string; name: string; detail: string }[];
  itemId: string | null;
}

/** The frame's view. */
export type FrameView = MenuView | PromptView;

/** What a person can choose in the menu. */
export type MenuAct =
  | { act: 'fill'; id: string }
  | { act: 'copy-code'; id: string }
  | { act: 'suggested' }
  | { act: 'another' }
  | { act: 'open-sesame' };

/** What a person can answer to the question whether to save. */
export type PromptAct =
  | { act: 'save'; itemId: string | null; name: string; username: string }
  | { act: 'not-now' }
  | { act: 'never' }
  | { act: 'undo' }
  | { act: 'unlock' };

export type FromMenu =
  /** The opening that the frame's address names, good for one load; `parent`: the origin around it, where the browser tells. */
  | { type: 'hello'; opening: string; parent: string | null }
  /** `act`: what the person chose, as JSON. `proved`: the browser said for long enough that the frame is in plain sight. */
  | { type: 'act'; proved: boolean; act: string }
  | { type: 'close'; refocus: boolean }
  /** Somebody may still be thinking: the worker is not to stop, and the frame not to go with it. */
  | { type: 'here' };

export type ToMenu = { type: 'view'; view: FrameView; prefs: Prefs; byKey: boolean } | { type: 'said'; key: 'copied' | 'not-now' };
