/** A frame of Sesame's (menu.html) over a page: shown once, watched while it is there, gone at the first oddity. */
import type { Doubt, Opened } from '../shared/field.ts';
import { SIZES } from '../shared/menu.ts';
import * as dom from './dom.ts';
import { type Box, create, Host, parentFor } from './host.ts';
import { isCovered, maskOn } from './sight.ts';

/** From the edges of the window, and from the field, CSS pixels. */
const MARGIN = 8;
const GAP = 4;
/** A field that moves further than this under its open menu closes it (S-45). */
const DRIFT = 8;
/** A click that comes sooner after one in the page may have been meant for the page (S-50), ms; gate.ts has thought about it for 160 by then. */
const AFTER_CLICK = 700 + 160;

const STYLE = 'border-radius:10px!important;box-shadow:0 1px 2px rgb(0 0 0/.2),0 8px 24px rgb(0 0 0/.24)!important;';
const INSIDE =
  'iframe{all:initial!important;display:block!important;width:100%!important;height:100%!important;border:0!important;cursor:default!important;color-scheme:normal!important}';

/** As watch.js notes it: a page's own listeners, which come before those of a script that is put in later, can stop the event. */
const PRESSED = Symbol.for('sesame.pressed');
const world = globalThis as { [PRESSED]?: number };
/** When the person last pressed a button or a key in the page itself. */
let pressed = Number.NEGATIVE_INFINITY;
for (const type of ['pointerdown', 'pointerup', 'click', 'keydown']) {
  dom.addListener(
    window,
    type,
    (event: Event) => {
      if (event.isTrusted) pressed = performance.now();
    },
    true,
  );
}

/** Below the field, above it where there is more room, in the corner where there is no field; null where nothing fits. */
function place(what: Opened, anchor: Element | null): Box | null {
  const { width, height } = SIZES[what];
  const { innerWidth, innerHeight } = window;
  if (innerWidth < width + 2 * MARGIN || innerHeight < height + 2 * MARGIN) return null;
  if (!anchor) return { left: innerWidth - width - 2 * MARGIN, top: 2 * MARGIN, width, height };
  const rect = dom.getRect(anchor);
  const most = { left: innerWidth - width - MARGIN, top: innerHeight - height - MARGIN };
  const below = rect.bottom + GAP;
  const above = rect.top - GAP - height;
  const top = below > most.top && above >= MARGIN ? above : below;
  const clamp = (at: number, end: number): number => Math.round(Math.max(MARGIN, Math.min(at, end)));
  return { left: clamp(rect.left, most.left), top: clamp(top, most.top), width, height };
}

export class Frame {
  readonly #host: Host;
  readonly #anchor: Element | null;
  readonly #start: DOMRect | null;
  readonly #box: Box;
  readonly #end: (why: 'gone') => void;
  readonly #watching = new AbortController();

  /** Null where the window has no room to show it whole. `onGone` is called once, unless `close` came first. */
  static open(what: Opened, opening: string, anchor: Element | null, onGone: (why: 'gone') => void): Frame | null {
    const parent = parentFor(anchor);
    const box = place(what, anchor);
    return parent && box ? new Frame(parent, box, opening, anchor, onGone) : null;
  }

  private constructor(parent: Element, box: Box, opening: string, anchor: Element | null, onGone: (why: 'gone') => void) {
    this.#host = new Host(parent, box, STYLE, INSIDE);
    this.#anchor = anchor;
    this.#start = anchor && dom.getRect(anchor);
    this.#box = box;
    this.#end = onGone;
    const frame = create('iframe') as HTMLIFrameElement;
    // Pages that isolate themselves let no other frame in; ours needs nothing of theirs.
    frame.setAttribute('credentialless', '');
    frame.src = `${chrome.runtime.getURL('menu.html')}#${opening}`;
    // Moved or reloaded: nobody knows any more what it shows (S-47).
    let loads = 0;
    dom.addListener(frame, 'load', () => {
      loads += 1;
      if (loads > 1) this.#gone();
    });
    this.#host.root.append(frame);
    this.#host.show();
    this.#watch();
  }

  get element(): Element {
    return this.#host.element;
  }

  /** What speaks against believing a click in the frame, as far as this document can tell. */
  doubt(): Doubt | null {
    const odd = this.#host.stands() ?? this.#drifted();
    if (odd) return odd;
    if (isCovered(this.#host.element, this.#box)) return 'covered';
    if (performance.now() - Math.max(pressed, world[PRESSED] ?? pressed) < AFTER_CLICK) return 'just-clicked';
    return maskOn(this.#host.element);
  }

  close(): void {
    this.#watching.abort();
    this.#host.remove();
  }

  #drifted(): 'moved' | null {
    if (!this.#anchor || !this.#start) return null;
    if (!dom.isConnected(this.#anchor)) return 'moved';
    const now = dom.getRect(this.#anchor);
    const drift = Math.max(Math.abs(now.left - this.#start.left), Math.abs(now.top - this.#start.top));
    return drift > DRIFT ? 'moved' : null;
  }

  #watch(): void {
    const { signal } = this.#watching;
    const options = { capture: true, signal };
    const gone = (): void => this.#gone();
    // Somebody else came into the top layer: give way instead of fighting for the top (S-44).
    const opened = (event: Event): void => {
      if (event.target !== this.#host.element && (event as ToggleEvent).newState === 'open') gone();
    };
    dom.addListener(window, 'beforetoggle', opened, options);
    dom.addListener(window, 'toggle', (event: Event) => (event.target === this.#host.element ? this.#look() : opened(event)), options);
    dom.addListener(window, 'fullscreenchange', gone, options);
    dom.addListener(window, 'resize', gone, options);
    dom.addListener(window, 'pagehide', gone, options);
    const look = (): void => {
      if (signal.aborted) return;
      this.#look();
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  #look(): void {
    if (this.#host.stands() ?? this.#drifted()) this.#gone();
  }

  #gone(): void {
    if (this.#watching.signal.aborted) return;
    this.close();
    this.#end('gone');
  }
}
