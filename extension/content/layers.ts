/** What elements lie in, as far as it can take them out of sight. */
import * as dom from './dom.ts';

/** Below this (CSS pixels) nobody can see what a field is or what is in it. */
export const MIN_WIDTH = 12;
export const MIN_HEIGHT = 8;

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const boxOf = (rect: DOMRect): Box => ({ left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom });

export function cut(box: Box, by: Box): Box {
  return {
    left: Math.max(box.left, by.left),
    top: Math.max(box.top, by.top),
    right: Math.min(box.right, by.right),
    bottom: Math.min(box.bottom, by.bottom),
  };
}

export const tooSmall = (box: Box): boolean => box.right - box.left < MIN_WIDTH || box.bottom - box.top < MIN_HEIGHT;

/** What of an element's style can take it, or what is in it, out of sight. */
interface Layer {
  parent: Element | null;
  opacity: number;
  filtered: number;
  clipPath: string;
  /** What the old `clip` leaves is too small. */
  clipped: boolean;
  positioned: boolean;
  position: string;
  clips: boolean;
}

/** As long as one look at the page lasts, in which nothing of it can change. */
let remembered: Map<Element, Layer> | null = null;

/** Looks at many elements at once: what they lie in is read but once. `work` must not wait. */
export function remembering<T>(work: () => T): T {
  remembered = new Map();
  try {
    return work();
  } finally {
    remembered = null;
  }
}

export function layerOf(at: Element, view: Window): Layer {
  const known = remembered?.get(at);
  if (known) return known;
  const style = view.getComputedStyle(at);
  const { position } = style;
  const filter = style.filter === 'none' ? null : /opacity\(([\d.]+)(%?)\)/.exec(style.filter);
  const rect = position === 'static' ? null : /^rect\((.*)\)$/.exec(style.clip);
  const [top = 0, right = 0, bottom = 0, left = 0] = (rect?.[1] ?? '').split(/[, ]+/).map(Number.parseFloat);
  const layer = {
    parent: dom.parentOf(at),
    opacity: Number(style.opacity),
    filtered: filter ? Number(filter[1]) / (filter[2] ? 100 : 1) : 1,
    clipPath: style.clipPath,
    clipped: rect !== null && (right - left < MIN_WIDTH || bottom - top < MIN_HEIGHT),
    positioned: position !== 'static' || style.transform !== 'none',
    position,
    // The page's own root never clips what can be scrolled to.
    clips: /hidden|clip/.test(style.overflowX + style.overflowY) && !/^(html|body)$/.test(dom.localName(at)),
  };
  remembered?.set(at, layer);
  return layer;
}

/** What a clip-path leaves, where that can be told simply; otherwise the box unchanged. */
export function clipped(path: string, owner: Box, box: Box): Box {
  const length = (text: string, whole: number): number =>
    text.endsWith('%') ? (Number.parseFloat(text) / 100) * whole : Number.parseFloat(text) || 0;
  const width = owner.right - owner.left;
  const height = owner.bottom - owner.top;
  const inset = /^inset\(([^)]*?)(?: round .*)?\)/.exec(path);
  if (inset) {
    const sides = (inset[1] ?? '').trim().split(/\s+/);
    const [top = '0', right = top, bottom = top, left = right] = sides;
    return cut(box, {
      left: owner.left + length(left, width),
      top: owner.top + length(top, height),
      right: owner.right - length(right, width),
      bottom: owner.bottom - length(bottom, height),
    });
  }
  const circle = /^(?:circle|ellipse)\(([\d.]+(?:px|%))/.exec(path);
  if (circle) {
    const radius = length(circle[1] ?? '', Math.min(width, height));
    if (radius * 2 < MIN_HEIGHT) return { ...box, right: box.left };
  }
  const polygon = /^polygon\((.*)\)$/.exec(path);
  if (polygon) {
    const points = (polygon[1] ?? '').split(',').map((point) => point.trim().split(/\s+/));
    const xs = points.map(([x = '0']) => owner.left + length(x, width));
    const ys = points.map(([, y = '0']) => owner.top + length(y, height));
    return cut(box, {
      left: Math.min(...xs),
      top: Math.min(...ys),
      right: Math.max(...xs),
      bottom: Math.max(...ys),
    });
  }
  return box;
}
