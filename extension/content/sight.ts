/** Whether something of ours, or a field, is in plain sight: what the browser's own visibility test leaves open. */
import * as dom from './dom.ts';
import type { Box } from './host.ts';
import { visibilityOf } from './visible.ts';

/** All in all, a field that somebody is to recognise shows through nothing (S-54). */
const MIN_OPACITY = 0.9;
/** From the corners, which are round. */
const INSET = 12;

/** Whether anything that takes clicks lies above, at the middle or near a corner. */
export function isCovered(element: Element, { left, top, width, height }: Box): boolean {
  const xs = [left + INSET, left + width - INSET];
  const ys = [top + INSET, top + height - INSET];
  const points = [[left + width / 2, top + height / 2], ...xs.flatMap((x) => ys.map((y) => [x, y]))];
  return points.some(([x = 0, y = 0]) => dom.elementAt(dom.rootOf(element), x, y) !== element);
}

const plain = (value: string): boolean => value === '' || value === 'none' || /^none(, none)*$/.test(value);

/**
 * Masks are what IntersectionObserver v2 doesn't see (S-46). In the top layer no ancestor's mask counts;
 * but a frame element's does, and above a frame of another origin nobody can look.
 */
export function maskOn(element: Element): 'masked' | 'unknown' | null {
  if (!unmasked(window, element, false)) return 'masked';
  try {
    for (let at: Window = window; at !== at.parent; at = at.parent) {
      const frame = at.frameElement;
      if (!frame) return 'unknown';
      if (!unmasked(at.parent, frame, true)) return 'masked';
    }
    return null;
  } catch {
    return 'unknown';
  }
}

function unmasked(view: Window, element: Element, ancestors: boolean): boolean {
  for (let at: Element | null = element; at; at = ancestors ? dom.parentOf(at) : null) {
    const style = view.getComputedStyle(at);
    const box = style.getPropertyValue('-webkit-mask-box-image-source');
    if (!plain(style.maskImage) || !plain(box) || !plain(style.clipPath)) return false;
  }
  return true;
}

/** Whether a person can see which field this is (S-54). */
export function isPlain(field: Element): boolean {
  if (visibilityOf(field) !== 'yes') return false;
  let opacity = 1;
  for (let at: Element | null = field; at; at = dom.parentOf(at)) opacity *= Number(getComputedStyle(at).opacity);
  return opacity >= MIN_OPACITY;
}
