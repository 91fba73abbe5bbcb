/** What became of a form that was sent, on a page that stays: it goes, thanks, or says that something is wrong. */
import type { SettledBy } from '../shared/field.ts';
import * as dom from './dom.ts';
import { isAlive, say } from './port.ts';

/** How long an answer of the site is waited for, and how often it is looked for, ms. */
const PATIENCE = 60_000;
const LOOK = 250;
/** A form that is drawn anew is gone for a moment only, ms. */
const GONE_FOR = 750;

export const isDotted = (element: Element): boolean => element instanceof HTMLInputElement && dom.inputType(element) === 'password';

export const isLink = (at: Element): boolean => !/^(#|javascript:|$)/i.test(dom.getAttribute(at, 'href') ?? '');

function linkAt(element: Element): boolean {
  for (let at: Element | null = element; at; at = dom.parentOf(at)) if (dom.localName(at) === 'a') return isLink(at);
  return false;
}

const isShown = (element: Element): boolean => {
  if (!dom.isConnected(element)) return false;
  const { width, height } = dom.getRect(element);
  return width > 0 && height > 0 && dom.checkVisibility(element, { visibilityProperty: true });
};

let following: { stop: AbortController; settle(how: SettledBy): void; shown(): boolean } | null = null;

/** Watches whether the passwords' fields go away: then a page that stays where it is has taken them. */
export function follow(passwords: dom.FieldElement[]): void {
  following?.stop.abort();
  if (passwords.length === 0) return;
  const stop = new AbortController();
  following = { stop, settle, shown: () => passwords.some(isShown) };
  let goneSince: number | null = null;
  let emptySince: number | null = null;
  let wrongSince: number | null = null;
  const wasWrong = isRefused(passwords);
  const several = passwords.length > 1;
  const end = performance.now() + PATIENCE;
  const timer = setInterval(() => {
    const now = performance.now();
    const gone = !passwords.some(isShown) && !anotherPassword();
    goneSince = gone ? (goneSince ?? now) : null;
    // A form for changing a password often stays, emptied, with a word of thanks above it.
    const emptied = several && !gone && passwords.every((field) => isShown(field) && dom.fieldValue(field) === '');
    emptySince = emptied && !complains() ? (emptySince ?? now) : null;
    wrongSince = !gone && !wasWrong && isRefused(passwords) ? (wrongSince ?? now) : null;
    if (goneSince !== null && now - goneSince >= GONE_FOR) settle('fields-gone');
    else if (wrongSince !== null && now - wrongSince >= GONE_FOR) settle('refused');
    else if (emptySince !== null && now - emptySince >= GONE_FOR) settle('answer');
    else if (now > end || !isAlive()) stop.abort();
  }, LOOK);
  stop.signal.addEventListener('abort', () => clearInterval(timer));

  function settle(how: SettledBy): void {
    stop.abort();
    following = null;
    say({ type: 'settled', how });
  }
}

function anotherPassword(): boolean {
  for (const element of dom.elements(document)) if (isDotted(element) && isShown(element)) return true;
  return false;
}

/** Whether the page marks what was typed as wrong. An alert alone may as well be good news. */
const isRefused = (passwords: dom.FieldElement[]): boolean => passwords.some((field) => dom.getAttribute(field, 'aria-invalid') === 'true');

/** Whether the page says that something is wrong. */
function complains(): boolean {
  const marks = '[aria-invalid=true],[role=alert],[class*=error i],[class*=invalid i]';
  return dom.allIn(document, marks).some((mark) => isShown(mark) && (dom.textContent(mark) ?? '').trim() !== '');
}

/** A person presses something: whoever leaves a form that is still there has not been let in by it. */
export function leaves(pressed: Element | null): void {
  if (following?.shown() && pressed && linkAt(pressed)) following.settle('refused');
}
