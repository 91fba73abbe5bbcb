/** The mark at the end of a field that Sesame has something for: one button, over the page and not in its layout (S-78). */
import * as dom from './dom.ts';
import { type Box, Host, parentFor } from './host.ts';

/** CSS pixels. */
const SIZE = 20;
const MARGIN = 6;
/** A field needs to show more than the icon; boxes for single digits don't. */
const MIN_FIELD = 56;
const MIN_HEIGHT = 16;
/** In a taller one the icon stays near the first line. */
const MAX_HEIGHT = 56;
/** How far the icon steps aside for buttons that the page has put there. */
const FURTHEST = 84;

const SVG = 'http://www.w3.org/2000/svg';
/** The seed of ui/parts/mark-path.ts. */
const SEED =
  'M12 .6C15.45 2.4 20.4 8.25 20.4 14.55C20.4 19.95 16.65 23.4 12 23.4S3.6 19.95 3.6 14.55C3.6 8.25 8.55 2.4 12 .6ZM12 8.7A3.3 3.3 0 0 1 13.875 14.7L14.925 19.2Q15 19.65 14.55 19.65H9.45Q9 19.65 9.075 19.2L10.125 14.7A3.3 3.3 0 0 1 12 8.7Z';
const STYLE = 'border-radius:6px!important;cursor:pointer!important;pointer-events:auto!important;';
const INSIDE =
  'svg{display:block;width:20px;height:20px;padding:2px;box-sizing:border-box;border-radius:6px;background:rgb(255 253 250/.86)}' +
  'path{fill:#8a5818}:host(:hover) svg{background:#f8ecd8}';
const createNS = Document.prototype.createElementNS;

/** Out of sight, where nobody can press it. */
const AWAY: Box = { left: -99, top: -99, width: SIZE, height: SIZE };

/** Inside the field at the end of its line, clear of what the page has there; null where it would not fit. */
function place(field: Element, own: Element | null): Box | null {
  const rect = dom.getRect(field);
  if (rect.width < MIN_FIELD || rect.height < MIN_HEIGHT) return null;
  const fromRight = getComputedStyle(field).direction !== 'rtl';
  const labels: Element[] = dom.isField(field) ? dom.labelsOf(field) : [];
  const middle = rect.top + Math.min(rect.height, MAX_HEIGHT) / 2;
  for (let inset = MARGIN; inset <= rect.width - MIN_FIELD && inset <= FURTHEST; inset += SIZE + MARGIN) {
    const left = fromRight ? rect.right - inset - SIZE : rect.left + inset;
    const hit = dom.elementAt(dom.rootOf(field), left + SIZE / 2, middle);
    if (hit === field || hit === own || labels.includes(hit as Element))
      return { left: Math.round(left), top: Math.round(middle - SIZE / 2), width: SIZE, height: SIZE };
  }
  return AWAY;
}

export class Icon {
  readonly #host: Host;
  readonly #stop = new AbortController();

  /** Null where there is no room for one. */
  static on(field: Element, onClick: () => void): Icon | null {
    const parent = parentFor(field);
    const box = place(field, null);
    return parent && box ? new Icon(field, parent, box, onClick) : null;
  }

  private constructor(field: Element, parent: Element, box: Box, onClick: () => void) {
    this.#host = new Host(parent, box, STYLE, INSIDE);
    const { element, root } = this.#host;
    root.append(picture());
    const { signal } = this.#stop;
    // The field keeps the focus.
    dom.addListener(element, 'mousedown', (event: Event) => event.preventDefault(), { signal });
    dom.addListener(
      element,
      'click',
      (event: Event) => {
        if (!event.isTrusted) return;
        event.stopImmediatePropagation();
        onClick();
      },
      { signal },
    );
    this.#host.show();
    this.#follow(field);
  }

  get element(): Element {
    return this.#host.element;
  }

  remove(): void {
    this.#stop.abort();
    this.#host.remove();
  }

  /** Looks once for each frame in which something scrolled or changed its size. */
  #follow(field: Element): void {
    const { signal } = this.#stop;
    let asked = false;
    const look = (): void => {
      asked = false;
      if (signal.aborted) return;
      const box = dom.isConnected(field) ? place(field, this.element) : null;
      if (box && !this.#host.stands()) this.#host.place(box);
      else this.remove();
    };
    const ask = (): void => {
      if (!asked) requestAnimationFrame(look);
      asked = true;
    };
    for (const type of ['scroll', 'resize', 'transitionend', 'input'])
      dom.addListener(window, type, ask, { capture: true, passive: true, signal });
    const size = new ResizeObserver(ask);
    size.observe(field);
    const root = dom.documentElement(document);
    if (root) size.observe(root);
    signal.addEventListener('abort', () => size.disconnect());
  }
}

function picture(): Element {
  const make = (name: string): Element => Reflect.apply(createNS, document, [SVG, name]);
  const [svg, path] = [make('svg'), make('path')];
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', SEED);
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
}
