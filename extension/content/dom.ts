/**
 * The DOM as its prototypes have it. A page can shadow any property of a document or a form by
 * naming an element after it (`<input name="action">`, `<img name="querySelector">`), in every
 * world; so nothing here is ever read off an element by name: each getter and method is taken from
 * its prototype once, when the script starts, and applied (S-81).
 */
import { getter, method } from './reach.ts';

export * from './dom-field.ts';

const node = Node.prototype;
const element = Element.prototype;
const doc = Document.prototype;

export const parentNode = getter(node, 'parentNode');
export const textContent = getter(node, 'textContent');
export const isConnected = getter(node, 'isConnected');
export const nodeType = getter(node, 'nodeType');
export const nodeValue = getter(node, 'nodeValue');
export const ownerDocument = getter(node, 'ownerDocument');
export const previousSibling = getter(node, 'previousSibling');
export const childNodes = getter(node, 'childNodes');
export const getRootNode = method<Node['getRootNode']>(node.getRootNode);
export const compare = method<Node['compareDocumentPosition']>(node.compareDocumentPosition);

export const localName = getter(element, 'localName');
export const getAttribute = method<Element['getAttribute']>(element.getAttribute);
export const hasAttribute = method<Element['hasAttribute']>(element.hasAttribute);
export const getRect = method<Element['getBoundingClientRect']>(element.getBoundingClientRect);
export const checkVisibility = method<Element['checkVisibility']>(element.checkVisibility);
export const scrollIntoView = method<Element['scrollIntoView']>(element.scrollIntoView);
const queryInElement = method<Element['querySelectorAll']>(element.querySelectorAll);
const openRoot = getter(element, 'shadowRoot');
const firstChild = getter(node, 'firstChild');

/** The elements of HTML that may have a shadow root; of the others only custom ones can. */
const HOSTS = /^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;

/** Firefox has it on elements, for extensions alone. */
interface Opener extends Element {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}

/** Elements that Sesame itself put into the page: they are no part of what it describes. */
export const ours = new WeakSet<Element>();

/**
 * The shadow root, closed ones included, which only an extension can open. Asking costs a call into
 * the browser, so it is asked of custom elements, and of plain ones only when nothing is in them.
 */
export function shadowRoot(self: Element): ShadowRoot | null {
  if (ours.has(self)) return null;
  const open = openRoot(self);
  if (open) return open;
  const name = localName(self);
  if (!name.includes('-') && (firstChild(self) !== null || !HOSTS.test(name))) return null;
  // Not a property of the page's: this world's own view of the element.
  if (!(self instanceof HTMLElement)) return null;
  return globalThis.chrome?.dom?.openOrClosedShadowRoot(self) ?? (self as Opener).openOrClosedShadowRoot ?? null;
}

export const addListener = method<EventTarget['addEventListener']>(EventTarget.prototype.addEventListener);
export const removeListener = method<EventTarget['removeEventListener']>(EventTarget.prototype.removeEventListener);
export const dispatch = method<EventTarget['dispatchEvent']>(EventTarget.prototype.dispatchEvent);
export const focusElement = method<HTMLElement['focus']>(HTMLElement.prototype.focus);

export const documentElement = getter(doc, 'documentElement');
export const documentTitle = getter(doc, 'title');
export const defaultView = getter(doc, 'defaultView');
export const scrollingElement = getter(doc, 'scrollingElement');
export const hasFocus = method<Document['hasFocus']>(doc.hasFocus);
const createTreeWalker = method<Document['createTreeWalker']>(doc.createTreeWalker);
const documentActive = getter(doc, 'activeElement');
const shadowActive = getter(ShadowRoot.prototype, 'activeElement');
const documentPoint = method<Document['elementFromPoint']>(doc.elementFromPoint);
const shadowPoint = method<Document['elementFromPoint']>(ShadowRoot.prototype.elementFromPoint);
const documentById = method<Document['getElementById']>(doc.getElementById);
const shadowById = method<DocumentFragment['getElementById']>(DocumentFragment.prototype.getElementById);

export const formAction = getter(HTMLFormElement.prototype, 'action');
export const formMethod = getter(HTMLFormElement.prototype, 'method');

/** All that belongs to the form, `form=` attributes included; images are left out by the platform. */
const formElements = getter(HTMLFormElement.prototype, 'elements');
export const elementsIn = (form: HTMLFormElement): Element[] => [...formElements(form)];

type Root = Document | ShadowRoot;

// By node type, not by class: frames above have classes of their own.
export const isShadow = (value: Node): value is ShadowRoot => nodeType(value) === 11;
export const rootOf = (self: Element): Root => getRootNode(self) as Root;
export const elementAt = (root: Root, x: number, y: number): Element | null =>
  isShadow(root) ? shadowPoint(root, x, y) : documentPoint(root, x, y);
export const activeIn = (root: Root): Element | null => (isShadow(root) ? shadowActive(root) : documentActive(root));
export const byId = (root: Root, id: string): Element | null => (isShadow(root) ? shadowById(root, id) : documentById(root, id));

/** The element with the focus, through shadow roots. */
export function active(): Element | null {
  let at = activeIn(document);
  for (let root = at && shadowRoot(at); at && root; root = shadowRoot(at)) {
    const inner = activeIn(root);
    if (!inner) break;
    at = inner;
  }
  return at;
}

const queryInDocument = method<Document['querySelectorAll']>(doc.querySelectorAll);
const queryInFragment = method<DocumentFragment['querySelectorAll']>(DocumentFragment.prototype.querySelectorAll);
export const allIn = (root: Root, selector: string): Element[] => [
  ...(isShadow(root) ? queryInFragment(root, selector) : queryInDocument(root, selector)),
];
export const within = (self: Element, selector: string): Element[] => [...queryInElement(self, selector)];

/** The parent as rendered: out of a shadow root to its host. */
export function parentOf(self: Node): Element | null {
  const parent = parentNode(self);
  if (!parent) return null;
  if (isShadow(parent)) return parent.host ?? null;
  return nodeType(parent) === 1 ? (parent as Element) : null;
}

export function isInside(self: Element, ancestor: Element): boolean {
  for (let at: Element | null = self; at; at = parentOf(at)) if (at === ancestor) return true;
  return false;
}

/** All elements in document order, open shadow trees in the place of their hosts; at most `limit`. */
export function* elements(root: Root, budget = { left: 100_000 }): Generator<Element> {
  const walker = createTreeWalker(document, root, NodeFilter.SHOW_ELEMENT);
  for (let at = walker.nextNode(); at && budget.left-- > 0; at = walker.nextNode()) {
    yield at as Element;
    const shadow = shadowRoot(at as Element);
    if (shadow) yield* elements(shadow, budget);
  }
}
