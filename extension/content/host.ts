/**
 * What Sesame puts into a page: an element of its own in the top layer, with a closed shadow root. There
 * the page's styles for ancestors don't reach it, and what the shadow root's own sheet says with
 * `!important` wins over the page's `!important`, over animations and over transitions (S-39 to S-49).
 */
import * as dom from './dom.ts';

const createElement = Document.prototype.createElement;
const attach = Element.prototype.attachShadow;
const matches = Element.prototype.matches;

export const create = (name: string): HTMLElement => Reflect.apply(createElement, document, [name]);

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Everything back to its initial value, so that no effect is forgotten; then only place and size. */
const rules = ({ left, top, width, height }: Box, more: string): string =>
  `:host{all:initial!important;display:block!important;position:fixed!important;inset:auto!important;left:${left}px!important;` +
  `top:${top}px!important;width:${width}px!important;height:${height}px!important;direction:ltr!important;` +
  `unicode-bidi:normal!important;overflow:hidden!important;z-index:2147483647!important;${more}}` +
  ':host(:not(:popover-open)){display:none!important}' +
  ':host::before,:host::after,:host::backdrop{all:initial!important;content:none!important;display:none!important}';

/** A name that no page can have rules for; 64 random bits. */
const randomTag = (): string => `s${[...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join('-')}`;

export class Host {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  readonly #sheet = new CSSStyleSheet();
  readonly #parent: Element;
  readonly #style: string;
  readonly #inside: string;

  /** `style` is for the host itself, `inside` for what is in its root. */
  constructor(parent: Element, box: Box, style: string, inside: string) {
    this.#parent = parent;
    this.#style = style;
    this.#inside = inside;
    this.element = create(randomTag());
    dom.ours.add(this.element);
    this.root = Reflect.apply(attach, this.element, [{ mode: 'closed' }]) as ShadowRoot;
    this.root.adoptedStyleSheets = [this.#sheet];
    this.element.popover = 'manual';
    this.place(box);
  }

  place(box: Box): void {
    this.#sheet.replaceSync(rules(box, this.#style) + this.#inside);
  }

  show(): void {
    this.#parent.append(this.element);
    this.element.showPopover();
  }

  /** Still where it was put, and in the top layer. A page that moved or closed it has something in mind (S-47). */
  stands(): 'moved' | 'closed' | null {
    const { element } = this;
    if (!dom.isConnected(element) || dom.parentNode(element) !== this.#parent) return 'moved';
    return Reflect.apply(matches, element, [':popover-open']) ? null : 'closed';
  }

  remove(): void {
    this.element.remove();
  }
}

/**
 * Where such an element belongs: at the root, unless the field itself lies in the top layer. A modal dialog
 * makes everything outside of it inert, and a press outside of a popover closes it.
 */
export function parentFor(field: Element | null): Element | null {
  for (let at = field; at; at = dom.parentOf(at)) if (Reflect.apply(matches, at, [':modal,:popover-open'])) return at;
  return dom.documentElement(document);
}
