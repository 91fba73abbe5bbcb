/** Remembering and restoring where the keyboard was, across screens that leave the document. */

/** A name for an element that survives its screen being drawn again. */
function keyOf(el: Element): string {
  const own = el instanceof HTMLElement ? el.dataset['focus'] : undefined;
  if (own) return `focus:${own}`;
  const name = el.getAttribute('aria-label') ?? el.textContent?.slice(0, 80) ?? '';
  const id = /^[A-Za-z]/.test(el.id) && !el.id.includes(':') ? '' : el.id;
  return `${el.localName}:${id}:${el.getAttribute('name') ?? ''}:${name}`;
}

export function markFocus(): [string | null, Map<string, number>] {
  const scroll = new Map<string, number>();
  for (const el of document.querySelectorAll<HTMLElement>('[data-scroll]')) {
    scroll.set(el.dataset['scroll'] ?? '', el.scrollTop);
  }
  const here = document.activeElement;
  return [here && here !== document.body ? keyOf(here) : null, scroll];
}

/** The screen may still be loading its rows, so this looks again for a short while. */
export function backToFocus(key: string | null, scroll: Map<string, number>): void {
  const began = performance.now();
  let first: Element | null = null;
  const look = (): void => {
    for (const [name, at] of scroll) {
      const el = document.querySelector<HTMLElement>(`[data-scroll="${CSS.escape(name)}"]`);
      if (el && el.scrollHeight >= at + el.clientHeight) {
        el.scrollTop = at;
        scroll.delete(name);
      }
    }
    const here = document.activeElement;
    // Once the person has moved the focus by hand, it is theirs.
    if (first && here !== first && here !== document.body) return;
    first ??= here;
    const found = key === null ? null : [...focusable(document)].find((el) => keyOf(el) === key);
    if (found) found.focus();
    else if (performance.now() - began < 1500) setTimeout(look, 30);
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
}

const FOCUSABLE = 'a[href],button,input,textarea,select,[tabindex]';

function* focusable(root: ParentNode): Generator<HTMLElement> {
  for (const el of root.querySelectorAll<HTMLElement>(FOCUSABLE)) {
    if (!el.hasAttribute('disabled') && el.getClientRects().length > 0) yield el;
  }
}

/** Where a new screen begins: its chosen field, or else its heading. */
export function focusStart(root: HTMLElement): void {
  if (root.contains(document.activeElement)) return;
  const start = root.querySelector<HTMLElement>('[data-autofocus]') ?? root.querySelector<HTMLElement>('h1');
  if (start && start.localName === 'h1') start.tabIndex = -1;
  start?.focus();
}
