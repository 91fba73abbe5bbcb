import { type Described, describe } from './describe.ts';
import * as dom from './dom.ts';
import { frameVisible } from './visible.ts';

/** How long the browser may take to say that a frame is shown, ms; it looks every 100 ms at most. */
const WAIT = 500;
/** Less than this of a frame (CSS pixels) holds no field that a person could see. */
const MIN_WIDTH = 12;
const MIN_HEIGHT = 8;

/** Whether some document above is of another origin, so that its frame elements can't be looked at. */
function belowStranger(): boolean {
  try {
    for (let at: Window = window; at !== at.parent; at = at.parent) if (!at.frameElement) return true;
    return false;
  } catch {
    return true;
  }
}

/**
 * The part of this document that is on the screen with nothing over it, faded, turned or shrunk, as
 * the browser itself attests for frames under strangers (IntersectionObserver v2). Null where it
 * is not, or where the browser can't tell.
 */
function shownPart(): Promise<DOMRectReadOnly | null> {
  return new Promise((done) => {
    const root = dom.documentElement(document);
    const options: IntersectionObserverInit & { trackVisibility: boolean; delay: number } = { trackVisibility: true, delay: 100 };
    const observer = new IntersectionObserver((entries) => {
      const last = entries.at(-1) as (IntersectionObserverEntry & { isVisible?: boolean }) | undefined;
      // A first answer may come before the browser has looked at what lies above the frame.
      if (last?.isVisible === true && last.isIntersecting) end(last.intersectionRect);
    }, options);
    const timer = setTimeout(() => end(null), WAIT);
    if (root) observer.observe(root);

    function end(part: DOMRectReadOnly | null): void {
      clearTimeout(timer);
      observer.disconnect();
      done(part);
    }
  });
}

/** Whether a person can see this document, and in it the fields, if there are any to ask for (S-62). */
export async function shown(fields: dom.FieldElement[] = []): Promise<boolean> {
  if (!belowStranger()) return frameVisible();
  const part = await shownPart();
  if (!part || part.width < MIN_WIDTH || part.height < MIN_HEIGHT) return false;
  return fields.every((field) => {
    const rect = dom.getRect(field);
    const width = Math.min(rect.right, part.right) - Math.max(rect.left, part.left);
    const height = Math.min(rect.bottom, part.bottom) - Math.max(rect.top, part.top);
    return width >= MIN_WIDTH && height >= MIN_HEIGHT;
  });
}

/** Describes the document, and says whether it can be seen, which under strangers takes a moment. */
export async function look(): Promise<Described> {
  const frameVisible = await shown();
  const described = describe();
  described.snapshot.frameVisible = frameVisible;
  return described;
}
