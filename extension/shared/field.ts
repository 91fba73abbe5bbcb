/**
 * What the background and the script in a page say to each other about the field that somebody is in,
 * over the port named `field`, one for each document. No message names an origin, an address or an
 * item (S-91): whose document it is the background takes from the browser. A page, and so its script,
 * learns nothing of the vault here: the kind of a field follows from the page alone (S-78).
 */
import type { Snapshot } from './page.ts';

export const FIELD_PORT = 'field';

/** What watch.js says when a person's own gesture led into a field of a page that has no script of ours yet. */
export interface Focused {
  to: 'page';
  say: 'focused';
}

/** What the menu of a field offers; null for fields that Sesame has nothing for. */
export type FieldKind = 'login' | 'new-password' | 'code' | 'card' | 'identity';

/** What an in-page frame is there for. */
export type Opened = 'menu' | 'prompt';

/** How a form was sent, as far as the script saw it. */
export type AttemptBy = 'submit' | 'click' | 'enter';
/** What showed that an attempt is over. */
export type SettledBy = 'fields-gone' | 'answer' | 'refused';

/** Why a frame can't be trusted to be in plain sight. `unknown`: it lies below a document of another origin. */
export type Doubt = 'moved' | 'closed' | 'covered' | 'masked' | 'just-clicked' | 'unknown';

export type FromField =
  /** A person went into a field; `snapshot.focused` is that field. */
  | { type: 'focused'; call: number; snapshot: Snapshot }
  /** A person asked for the menu of the field that was answered for in `call`. */
  | { type: 'open'; call: number; by: 'icon' | 'key' }
  /** The frame is gone; `no-room` where the window is too small to show it whole. */
  | { type: 'closed'; opening: string; why: 'gone' | 'no-room' }
  | { type: 'attested'; call: number; doubt: Doubt | null }
  /** A form with watched fields is being sent, with the values that the person typed: [index in the snapshot, value]. */
  | { type: 'attempt'; snapshot: Snapshot; values: [field: number, value: string][]; how: AttemptBy }
  | { type: 'settled'; how: SettledBy }
  | { type: 'looked'; call: number; snapshot: Snapshot };

export type ToField =
  /** `icon` false: the person wants none. `watch`: indices of fields whose values count when the form is sent. */
  | { type: 'field'; call: number; kind: FieldKind | null; icon: boolean; watch: number[] }
  | { type: 'show'; opening: string; what: Opened; call: number }
  | { type: 'hide'; opening: string }
  | { type: 'attest'; call: number; opening: string }
  /** Describe what the page shows now. */
  | { type: 'look'; call: number };
