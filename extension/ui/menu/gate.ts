/**
 * Whether a person can have seen what they press in this frame. The page around it can fade, cover, move or
 * blur it and still let the click through; only the browser knows, and tells by IntersectionObserver v2
 * (S-42 to S-50). What it does not tell, the script in the page looks at (content/frame.ts).
 */

/** In plain sight for this long without a break, ms. */
const SEEN = 500;
/** The pointer has been over the frame for this long, ms. */
const INSIDE = 300;
/** How late the browser may tell that the frame is hidden, and a little more, ms. */
const DELAY = 100;
const LATE = DELAY + 60;
/** Of the frame; pixels may be cut at odd zooms. */
const WHOLE = 0.99;

interface Seen extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

/** Firefox has no such observer: nothing can be proved there (S-55). */
const canProve = 'isVisible' in IntersectionObserverEntry.prototype;

let seenSince: number | null = null;
let insideSince: number | null = null;
let changed: () => void = () => undefined;

const observer = new IntersectionObserver(take, {
  threshold: [0, WHOLE, 1],
  ...{ trackVisibility: true, delay: DELAY },
});

function take(entries: Seen[]): void {
  const last = entries.at(-1);
  if (!last) return;
  const visible = last.intersectionRatio >= WHOLE && (!canProve || last.isVisible === true);
  if (!visible) seenSince = null;
  else seenSince ??= performance.now();
  changed();
}

const longEnough = (since: number | null, ms: number): boolean => since !== null && performance.now() - since >= ms;

/** Begins to watch; `onChange` is called when the frame comes into plain sight or out of it. */
export function watchSight(onChange: () => void): void {
  changed = onChange;
  observer.observe(document.documentElement);
  const enter = (event: Event): void => {
    if (event.isTrusted) insideSince ??= performance.now();
  };
  const leave = (event: Event): void => {
    if (event.isTrusted) insideSince = null;
  };
  for (const type of ['pointerenter', 'pointermove']) document.documentElement.addEventListener(type, enter);
  for (const type of ['pointerleave', 'pointercancel']) document.documentElement.addEventListener(type, leave);
}

/** When the frame will have been in sight long enough, ms from now; null while it isn't in sight. */
export const untilArmed = (): number | null => (seenSince === null ? null : Math.max(0, seenSince + SEEN - performance.now()));

/** Whether this press may count. A finger has no place to be before it presses. */
function mayCount(event: MouseEvent | KeyboardEvent): boolean {
  if (!event.isTrusted || !longEnough(seenSince, SEEN)) return false;
  if (event instanceof KeyboardEvent) return !event.repeat && document.hasFocus();
  // Enter or Space on a button.
  if (event.detail === 0) return document.hasFocus();
  const finger = event instanceof PointerEvent && event.pointerType === 'touch';
  return event.detail === 1 && (finger || longEnough(insideSince, INSIDE));
}

/**
 * Null if the press does not count; otherwise whether it is proved that the frame was in plain sight. The
 * browser tells of a cover a little late, so the answer comes a little later than the press.
 */
export async function judge(event: MouseEvent | KeyboardEvent): Promise<{ proved: boolean } | null> {
  if (!mayCount(event)) return null;
  const since = seenSince;
  if (canProve) {
    await new Promise((done) => setTimeout(done, LATE));
    take(observer.takeRecords());
  }
  return seenSince === null || seenSince !== since ? null : { proved: canProve };
}
