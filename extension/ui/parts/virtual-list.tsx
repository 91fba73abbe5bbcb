import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

const ROW = 52;
/** Rows drawn beyond the window, so that fast scrolling shows no gap. */
const OVER = 6;

interface VirtualListProps {
  label: string;
  count: number;
  /** Draws row `index`. `focused` = this row is in the Tab order (roving focus). */
  row: (index: number, focused: boolean) => ComponentChildren;
  current: number;
  onCurrent: (index: number) => void;
  /** Keys other than movement (Enter is the row's own button). Return true when used. */
  onKey?: (event: KeyboardEvent, index: number) => boolean;
  /** The window of rows that is drawn, for loading pages of them. */
  onRange?: (from: number, to: number) => void;
  /** Drawn above the rows, scrolling with them, outside the region that the rows make up. */
  before?: ComponentChildren;
  /** The visible heading of the rows, inside their region. */
  heading?: ComponentChildren;
  /** ArrowUp on the first row, for example back to the search field. */
  onTop?: () => void;
  /** Name for keeping the scroll position while the person is a screen deeper. */
  scrollKey?: string;
}

/**
 * A list of 52 px rows of any length. Each row holds one element with `data-row-main`, which takes
 * the focus; only rows in view exist in the document.
 */
export function VirtualList(props: VirtualListProps) {
  const { label, count, row, current, onCurrent, onKey, onRange, before, heading, onTop, scrollKey } = props;
  const box = useRef<HTMLDivElement>(null);
  const space = useRef<HTMLDivElement>(null);
  const wanted = useRef(-1);
  const [[from, to], setRange] = useState<[number, number]>([0, 16]);

  const measure = (): void => {
    if (!box.current || !space.current) return;
    const top = box.current.scrollTop - space.current.offsetTop;
    const first = Math.max(0, Math.floor(top / ROW) - OVER);
    const last = Math.min(count, Math.ceil((top + box.current.clientHeight) / ROW) + OVER);
    setRange((old) => (old[0] === first && old[1] === last ? old : [first, Math.max(first, last)]));
  };
  useLayoutEffect(measure, [count, before === undefined]);
  useEffect(() => onRange?.(from, Math.min(to, count)), [from, to, count]);
  useEffect(() => {
    const watch = new ResizeObserver(measure);
    if (box.current) watch.observe(box.current);
    if (space.current) watch.observe(space.current);
    return () => watch.disconnect();
  }, [count]);
  useLayoutEffect(() => {
    if (wanted.current < 0) return;
    const main = space.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] [data-row-main]`);
    if (!main) return;
    wanted.current = -1;
    main.focus({ preventScroll: true });
  });

  const moveTo = (index: number): void => {
    const target = Math.max(0, Math.min(count - 1, index));
    const start = (space.current?.offsetTop ?? 0) + target * ROW;
    const view = box.current;
    if (!view) return;
    if (target === 0) view.scrollTop = 0;
    else if (start < view.scrollTop) view.scrollTop = start;
    else if (start + ROW > view.scrollTop + view.clientHeight) view.scrollTop = start + ROW - view.clientHeight;
    wanted.current = target;
    measure();
    onCurrent(target);
  };

  const keys = (event: KeyboardEvent): void => {
    const at = Number((event.target as Element).closest<HTMLElement>('[data-index]')?.dataset['index'] ?? -1);
    if (at < 0 || event.defaultPrevented) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW) - 1);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: count - 1,
      PageDown: at + page,
      PageUp: at - page,
    };
    const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key];
    if (next === undefined) {
      if (onKey?.(event, at)) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (next < 0 && event.key === 'ArrowUp' && onTop) onTop();
    else moveTo(next);
  };

  const shown = Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, n) => from + n);
  return (
    <div class="virtual" ref={box} onScroll={measure} data-scroll={scrollKey}>
      {before}
      <section aria-label={label}>
        {heading}
        <div class="virtual-space" ref={space} role="list" style={{ height: `${count * ROW}px` }} onKeyDown={keys}>
          {shown.map((index) => (
            <div
              key={index}
              class="virtual-row"
              role="listitem"
              aria-setsize={count}
              aria-posinset={index + 1}
              data-index={index}
              style={{ transform: `translateY(${index * ROW}px)` }}
              onFocusIn={() => index !== current && onCurrent(index)}
            >
              {row(index, index === Math.min(current, count - 1))}
            </div>
          ))}
        </div>
      </section>
    </div>
  );
}
