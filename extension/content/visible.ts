import type { Visibility } from '../shared/page.ts';
import * as dom from './dom.ts';
import { type Box, boxOf, clipped, cut, layerOf, MIN_HEIGHT, MIN_WIDTH, tooSmall } from './layers.ts';

/** A field fainter than this is taken for hidden; a greyed-out one is well above. */
const MIN_OPACITY = 0.2;
/** A component this many times as high as its field shows more than a field. */
const MAX_FACE = 4;

const rendered = (element: Element, opacityProperty: boolean): boolean =>
  dom.checkVisibility(element, { contentVisibilityAuto: false, opacityProperty, visibilityProperty: true });

/**
 * What a person sees of a field. Components fade their own field as long as it is empty and show its
 * label there (Material): then it is the component that has to be in sight, if it is no more than that.
 */
function faceOf(element: Element): Element {
  const root = dom.rootOf(element);
  if (!dom.isField(element) || !dom.isShadow(root) || rendered(element, true) || !rendered(element, false)) return element;
  return dom.getRect(root.host).height <= MAX_FACE * dom.getRect(element).height ? root.host : element;
}

/** What styles of the element and its ancestors take away from it, apart from plain display. */
function obscured(element: Element, face: Element, box: Box, view: Window): Visibility | null {
  let opacity = 1;
  let faded = face !== element;
  let seen = box;
  // What is positioned escapes the overflow of ancestors that are not its containing block.
  let escapes = false;
  for (let at: Element | null = element; at; ) {
    const layer = layerOf(at, view);
    if (at === face) faded = false;
    if (!faded) opacity *= layer.opacity * layer.filtered;
    if (opacity < MIN_OPACITY) return 'transparent';
    // Any clip-path over a form is unusual; those that leave less than a field are hidden ones.
    if (layer.clipPath !== 'none' && tooSmall(clipped(layer.clipPath, boxOf(dom.getRect(at)), seen))) return 'clipped';
    if (layer.clipped) return 'clipped';
    if (at !== element && layer.clips && (!escapes || layer.positioned)) {
      seen = cut(seen, boxOf(dom.getRect(at)));
      if (tooSmall(seen)) return 'clipped';
    }
    if (layer.position === 'fixed') return null;
    if (layer.position === 'absolute') escapes = true;
    else if (layer.positioned) escapes = false;
    at = layer.parent;
  }
  return null;
}

/** Whether what is hit at the point is the element, something in it, or what labels it. */
function hits(element: Element, x: number, y: number): boolean {
  const hit = dom.elementAt(dom.rootOf(element), x, y);
  if (!hit) return false;
  if (dom.isInside(hit, element)) return true;
  // What it lies in is behind it, unless the field is under its ancestor's own paint, or inert.
  if (!dom.isField(element) || dom.isInside(element, hit)) return false;
  return dom.labelsOf(element).some((label) => dom.isInside(hit, label));
}

/** How the element shows in its own document, as far as a script can know. */
export function visibilityOf(element: Element): Visibility {
  const home = dom.ownerDocument(element);
  const view = home && dom.defaultView(home);
  const root = home && dom.documentElement(home);
  if (!view || !root || !dom.isConnected(element)) return 'not-rendered';
  const face = faceOf(element);
  if (!rendered(face, true)) return 'not-rendered';
  const box = boxOf(dom.getRect(element));
  if (tooSmall(box)) return 'tiny';
  const hidden = obscured(element, face, box, view);
  if (hidden) return hidden;
  const page = dom.scrollingElement(home) ?? root;
  // Left of or above the start of the page: no scrolling leads there.
  if (box.right + page.scrollLeft < MIN_WIDTH || box.bottom + page.scrollTop < MIN_HEIGHT) return 'off-page';
  if (box.left + page.scrollLeft > page.scrollWidth - MIN_WIDTH && box.left > view.innerWidth) return 'off-page';
  if (box.top + page.scrollTop > page.scrollHeight - MIN_HEIGHT && box.top > view.innerHeight) return 'off-page';
  const port = cut(box, { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight });
  if (tooSmall(port)) return 'off-screen';
  const [x, y] = [(port.left + port.right) / 2, (port.top + port.bottom) / 2];
  const [dx, dy] = [(port.right - port.left) / 4, (port.bottom - port.top) / 4];
  const points = [
    [0, 0],
    [-dx, 0],
    [dx, 0],
    [0, -dy],
    [0, dy],
  ] as const;
  // An icon may lie over one end of a field; a cover lies over most of it.
  let seen = 0;
  for (const [at, [px, py]] of points.entries()) {
    if (hits(element, x + px, y + py)) seen += 1;
    if (seen >= 3) return 'yes';
    if (seen + points.length - at - 1 < 3) break;
  }
  return 'covered';
}

/** Whether the element is painted at all, wherever on the page and whatever lies over it. */
export function isPainted(element: Element): boolean {
  const home = dom.ownerDocument(element);
  const view = home && dom.defaultView(home);
  if (!view || !rendered(element, true)) return false;
  const box = boxOf(dom.getRect(element));
  return !tooSmall(box) && obscured(element, element, box, view) === null;
}

/** Whether every frame element above this document is in plain sight (S-62). */
export function frameVisible(): boolean {
  try {
    for (let at: Window = window; at !== at.parent; at = at.parent) {
      const frame = at.frameElement;
      // No frame element: the parent is of another origin, and the policy refuses it anyway.
      if (!frame || !/^(yes|off-screen)$/.test(visibilityOf(frame))) return false;
    }
    return true;
  } catch {
    return false;
  }
}
