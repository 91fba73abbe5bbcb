/**
 * The field that somebody is in: asks the background what it is, shows the icon, and the frame when the
 * person asks for it. Nothing of it appears without a gesture of theirs (S-54), and what appears depends on
 * the page alone (S-78).
 */
import type { FieldKind, ToField } from '../shared/field.ts';
import { noteAsked } from './capture.ts';
import { describe } from './describe.ts';
import * as dom from './dom.ts';
import { Frame } from './frame.ts';
import { Icon } from './icon.ts';
import { isAlive, onEnd, onField, say } from './port.ts';
import { isPlain } from './sight.ts';

/** Focus that follows a gesture within this time was led there by it, ms. */
const GESTURE = 1_000;
/** Between two fields the focus is nowhere for a moment, ms. */
const LINGER = 200;

interface Current {
  field: dom.FieldElement;
  call: number;
  kind: FieldKind | null;
  icon: Icon | null;
}

let gesture = Number.NEGATIVE_INFINITY;
let calls = 0;
let current: Current | null = null;
let frame: { opening: string; shown: Frame; field: dom.FieldElement | null } | null = null;

const CANDIDATE = /^(text|email|tel|password|search|url|number|date|month|textarea|select)$/;
const typeOf = (field: dom.FieldElement): string => (field instanceof HTMLInputElement ? dom.inputType(field) : dom.localName(field));

function leave(): void {
  current?.icon?.remove();
  current = null;
}

/** Somebody is in a field now; asks what it is. */
function look(): void {
  const field = dom.active();
  if (!isAlive()) {
    stop();
    return;
  }
  if (frame && field === frame.shown.element) return;
  if (field && field === current?.field) return;
  leave();
  if (!dom.isField(field) || !CANDIDATE.test(typeOf(field)) || !isPlain(field)) return;
  current = { field, call: 0, kind: null, icon: null };
  if (!ask(current)) leave();
}

function ask(about: Current): boolean {
  const described = describe();
  const { snapshot } = described;
  if (snapshot.focused === null) return false;
  calls += 1;
  about.call = calls;
  noteAsked(calls, described);
  say({ type: 'focused', call: calls, snapshot });
  return true;
}

/** The page may have changed since, and the worker may have been stopped: the field is described once more. */
function open(by: 'icon' | 'key'): void {
  if (frame) {
    close();
    return;
  }
  if (current?.kind && isPlain(current.field) && ask(current)) say({ type: 'open', call: current.call, by });
}

/** Closes the frame, and takes the focus back from it. */
function close(): void {
  if (!frame) return;
  const { shown, field, opening } = frame;
  const had = dom.active() === shown.element;
  frame = null;
  shown.close();
  if (had && field) dom.focusElement(field, { preventScroll: true });
  say({ type: 'closed', opening, why: 'gone' });
}

function show({ opening, what, call }: Extract<ToField, { type: 'show' }>): void {
  const field = what === 'menu' ? (current?.field ?? null) : null;
  if (what === 'menu' && (!field || current?.call !== call)) {
    say({ type: 'closed', opening, why: 'gone' });
    return;
  }
  close();
  const shown = Frame.open(what, opening, field, () => {
    frame = null;
    say({ type: 'closed', opening, why: 'gone' });
  });
  if (shown) frame = { opening, shown, field };
  else say({ type: 'closed', opening, why: 'no-room' });
}

onField((message) => {
  switch (message.type) {
    case 'field':
      if (message.call !== current?.call) return;
      current.kind = message.kind;
      if (message.kind && message.icon && !(current.field instanceof HTMLSelectElement))
        current.icon ??= Icon.on(current.field, () => open('icon'));
      return;
    case 'show':
      show(message);
      return;
    case 'hide':
      if (frame?.opening === message.opening) close();
      return;
    case 'attest': {
      const doubt = frame?.opening === message.opening ? frame.shown.doubt() : 'closed';
      say({ type: 'attested', call: message.call, doubt });
    }
  }
});

const stopped = new AbortController();
const options = { capture: true, signal: stopped.signal };

function stop(): void {
  stopped.abort();
  leave();
  frame?.shown.close();
  frame = null;
}

function onKey(event: Event): void {
  const { key, ctrlKey, metaKey, shiftKey } = event as KeyboardEvent;
  if (key === 'Escape' && frame) {
    event.preventDefault();
    event.stopImmediatePropagation();
    close();
  } else if (key === 'ArrowDown' && current?.kind && !frame && !(ctrlKey || metaKey || shiftKey) && dom.active() === current.field) {
    if (current.field instanceof HTMLSelectElement) return;
    event.preventDefault();
    open('key');
  }
}

/** `led`: watch.js saw the gesture that led into a field before this script was here. */
export function watchFields(led: boolean): void {
  onEnd(() => {
    frame?.shown.close();
    frame = null;
  });
  for (const type of ['pointerdown', 'keydown']) {
    dom.addListener(
      window,
      type,
      (event: Event) => {
        if (!event.isTrusted) return;
        gesture = event.timeStamp;
        // A question waits; a menu is for the moment.
        if (type === 'pointerdown' && frame?.field && event.composedPath()[0] !== current?.icon?.element) close();
        if (type === 'keydown') onKey(event);
      },
      options,
    );
  }
  dom.addListener(
    window,
    'focusin',
    (event: Event) => {
      if (event.isTrusted && event.timeStamp - gesture < GESTURE) setTimeout(look);
    },
    options,
  );
  // Between two fields of one shadow tree the focus moves without a word to the outside.
  for (const type of ['pointerup', 'keyup']) {
    dom.addListener(window, type, (event: Event) => void (event.isTrusted && setTimeout(look)), options);
  }
  dom.addListener(
    window,
    'focusout',
    () => {
      setTimeout(() => {
        const at = dom.active();
        if (!current || at === current.field || at === frame?.shown.element) return;
        if (frame?.field) close();
        leave();
      }, LINGER);
    },
    options,
  );
  if (led) look();
}
