/**
 * All that a page gets of Sesame by itself: listeners, which change and send nothing, until a gesture of the
 * person's leads into a field (S-54, S-93). Then one message without content; the background puts the real
 * script into this one document.
 */
import type { Focused } from '../shared/field.ts';

/** Focus that follows a gesture within this time was led there by it, ms. */
const GESTURE = 1_000;

/** Shared by the scripts in this world; the page has another. */
const HOLDER = Symbol.for('sesame.page');
const LED = Symbol.for('sesame.led');
const SENT = Symbol.for('sesame.sent');
/** When the person last pressed something here: nobody hears of that before this script, which is here before the page's. */
const PRESSED = Symbol.for('sesame.pressed');
const world = globalThis as { [HOLDER]?: unknown; [LED]?: boolean; [SENT]?: boolean; [PRESSED]?: number };

const FIELD = /^(text|email|tel|password|search|url|number|date|month|textarea|select-one)$/;
/** The plain elements that may have a shadow root, and take the focus only for what is in it. */
const HOST = /^(article|aside|div|footer|header|main|nav|p|section|span)$/;
let gesture = Number.NEGATIVE_INFINITY;

/** Where the script can't be put, nobody has to be asked at every key, ms. */
const AGAIN = 1_000;
let told = Number.NEGATIVE_INFINITY;

function tell(): void {
  if (world[HOLDER] || chrome.runtime?.id === undefined || performance.now() - told < AGAIN) return;
  told = performance.now();
  world[LED] = true;
  chrome.runtime.sendMessage({ to: 'page', say: 'focused' } satisfies Focused).catch(() => undefined);
}

const on = (type: string, act: (event: Event) => void): void =>
  addEventListener(type, (event) => event.isTrusted && act(event), { capture: true, passive: true });

for (const type of ['pointerdown', 'keydown']) on(type, ({ timeStamp }) => (gesture = timeStamp));

for (const type of ['pointerdown', 'pointerup', 'click', 'keydown']) on(type, ({ timeStamp }) => (world[PRESSED] = timeStamp));

const isField = (target: EventTarget | undefined): boolean => FIELD.test((target as Partial<HTMLInputElement>).type ?? '');

/** A host of a shadow root, closed or open, may have a field in it: the real script can tell. */
function mightBeField(event: Event): boolean {
  const target = event.composedPath()[0];
  if (isField(target)) return true;
  if (!(target instanceof HTMLElement)) return false;
  return target.localName.includes('-') || (HOST.test(target.localName) && !target.hasAttribute('tabindex'));
}

on('focusin', (event) => event.timeStamp - gesture < GESTURE && mightBeField(event) && tell());
// Of a field that had the focus before anybody was there, the first press or key is the gesture.
for (const type of ['pointerup', 'keyup']) on(type, (event) => isField(event.composedPath()[0]) && tell());

/** A browser may have filled in a password that nobody went into. */
const filled = (): boolean => {
  const found: NodeListOf<HTMLInputElement> = Reflect.apply(Document.prototype.querySelectorAll, document, ['input[type=password]']);
  return [...found].some((field) => field.value !== '');
};
const sends = (event: Event): boolean => {
  if (event.type === 'submit') return event.timeStamp - gesture < GESTURE;
  if (event.type === 'keydown') return (event as KeyboardEvent).key === 'Enter';
  return event.target instanceof Element && event.target.closest('button,input,[role=button]') !== null;
};
for (const type of ['submit', 'click', 'keydown']) {
  on(type, (event) => {
    if (world[HOLDER] || !sends(event) || !filled()) return;
    world[SENT] = true;
    tell();
  });
}
