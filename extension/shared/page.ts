/**
 * What the background and the script in a page say to each other, over the port named `page`.
 * The script says only what it sees and what it did; who it is (origin, document) the background
 * takes from the browser (`port.sender`), never from here (S-89, S-91). No secret travels this way
 * except inside a `FillGrant`, after the person chose to fill (S-83).
 *
 * The same shapes are read in Rust by crate/forms (snapshot) and written by crate/engine (grant).
 */

import type { FillReport } from './fill-report.ts';

export type { FieldResult, FillReport } from './fill-report.ts';

export const PAGE_PORT = 'page';

export type ToPage = { type: 'describe'; call: number } | { type: 'fill'; call: number; grant: FillGrant };

export type FromPage =
  | { type: 'snapshot'; call: number; snapshot: Snapshot }
  | { type: 'filled'; call: number; report: FillReport }
  /** After a fill the form was pointed elsewhere: the filled secrets were taken out again (S-69). */
  | { type: 'cleared'; target: string };

// ---------------------------------------------------------------- what the script sees

/** Counts and lengths beyond which the script stops collecting; Rust refuses more than this. */
export const LIMITS = {
  fields: 300,
  groups: 60,
  buttons: 12,
  headings: 8,
  links: 12,
  checks: 6,
  options: 16,
  /** UTF-16 units of any text. */
  text: 160,
  /** UTF-16 units of `passwordRules`. */
  rules: 600,
  url: 2048,
} as const;

export interface Snapshot {
  /** Random name of this snapshot; a grant names it, so that an old plan never meets a new page. */
  id: string;
  title: string;
  lang: string;
  /** Path and fragment of the document, as a hint for understanding only. */
  path: string;
  headings: string[];
  /** Index of the field that has the keyboard focus in its document. */
  focused: number | null;
  /** Whether every frame element above this document is itself in plain sight (S-62). */
  frameVisible: boolean;
  fields: FieldSnapshot[];
  groups: GroupSnapshot[];
}

/** A form, or a visual group of fields outside of any form. */
export interface GroupSnapshot {
  isForm: boolean;
  /** id, name, class, role and aria-label, as one text. */
  attributes: string;
  /** Form: the resolved address it is sent to; empty for a visual group. */
  action: string;
  /** Form: whether the page itself says where to (an action that is more than empty or `#…`). */
  hasAction: boolean;
  method: 'get' | 'post' | 'dialog' | '';
  /** Whether the method is written down or the default. */
  hasMethod: boolean;
  /** Headings and legends inside, or the nearest one above. */
  headings: string[];
  links: string[];
  /** What can be ticked: label, name and id of each as one text. */
  checks: string[];
  buttons: ButtonSnapshot[];
}

export interface ButtonSnapshot {
  text: string;
  /** id, name, class and aria-label, as one text. */
  attributes: string;
  submit: boolean;
  /** Resolved `formaction`, empty where there is none. */
  formAction: string;
  formMethod: 'get' | 'post' | 'dialog' | '';
  visible: boolean;
}

/**
 * Why a field can't be seen, or `yes`. `off-screen` can be scrolled to and counts as seen until
 * fill time, when it is scrolled into view and looked at again.
 */
export type Visibility = 'yes' | 'off-screen' | 'not-rendered' | 'transparent' | 'tiny' | 'clipped' | 'off-page' | 'covered';

export interface FieldSnapshot {
  tag: 'input' | 'select' | 'textarea';
  /** The type in effect (an unknown type is `text`), not the attribute. */
  type: string;
  name: string;
  id: string;
  className: string;
  autocomplete: string;
  placeholder: string;
  ariaLabel: string;
  title: string;
  inputMode: string;
  pattern: string;
  maxLength: number | null;
  minLength: number | null;
  /** `passwordrules`: what the page asks of new passwords. */
  passwordRules: string;
  readOnly: boolean;
  disabled: boolean;
  required: boolean;
  /** Something is in it now; what, is not said. */
  hasValue: boolean;
  /** Hidden from assistive technology, itself or with an ancestor. */
  ariaHidden: boolean;
  tabIndex: number;
  /** label for=, wrapping label, aria-labelledby. */
  label: string;
  /** aria-describedby. */
  description: string;
  /** Text just before it, or its table headers. */
  nearby: string;
  /** First options of a select. */
  options: string[];
  /** Index in `groups`. */
  group: number;
  visibility: Visibility;
  /** CSS pixels in the frame's viewport. */
  x: number;
  y: number;
  width: number;
  height: number;
}

// ---------------------------------------------------------------- what the engine decides

/** A frame of the tab as the background saw it. Input of `Engine.planFill`. */
export interface FrameInput {
  frame: number;
  /** -1 for the top frame. */
  parent: number;
  /** `port.sender.origin`; '' where no script answered. */
  origin: string;
  /** `port.sender.url`; '' where no script answered. */
  url: string;
  documentId: string;
  snapshot: Snapshot | null;
}

/** One field's part of a grant. */
export interface FillStep {
  /** Index in the snapshot's `fields`. */
  field: number;
  /** `secret` goes only into a field that is type=password at that moment (S-72). */
  action: 'text' | 'secret' | 'select';
  value: string;
  /** For a select: other words for the same ("03", "3", "March"), tried in this order after `value`. */
  also?: string[];
}

/** One form, one item, one document, once, for 2 seconds (S-74, S-75, S-76). */
export interface FillGrant {
  frame: number;
  documentId: string;
  origin: string;
  snapshot: string;
  /** ms since 1970 on this machine's clock. */
  mintedAt: number;
  group: number;
  steps: FillStep[];
  /** Origins the form may be sent to, now and for the minute after the fill (S-68, S-69). */
  targets: string[];
  /** What is left for the person to do. */
  next: 'submit' | 'next-step' | null;
}

export type FillVerdict =
  | ({ verdict: 'fill' } & FillGrant)
  | { verdict: 'confirm'; reason: 'action-elsewhere' | 'method-get' | 'cross-origin-frame'; origin: string; target: string }
  | {
      verdict: 'refuse';
      reason: 'no-form' | 'no-match' | 'cross-origin-frame' | 'insecure-page' | 'opaque-origin' | 'not-visible';
      origin: string;
    };

/** `Engine.httpCredentials`: for a server that asks before there is a page. */
export type HttpVerdict =
  | { verdict: 'credentials'; username: string; password: string }
  | { verdict: 'refuse'; reason: 'no-form' | 'no-match' | 'insecure-page' | 'opaque-origin'; origin: string };
