import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { focusStart } from '../parts/focus.ts';

/**
 * A screen that the popup does not open with. Its code is fetched from the package once the first screen
 * is drawn, so that opening the popup does not wait for it, and it is nearly always there when it is wanted.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let ready: ComponentType<P> | undefined;
  const get = async (): Promise<void> => {
    ready ??= await load();
  };
  requestIdleCallback(() => void get());
  return function Later(props: P) {
    const [, redraw] = useState(false);
    const wasLate = useRef(ready === undefined);
    useEffect(() => {
      // It may have come between the first drawing and now, which nothing else would tell.
      if (wasLate.current) void get().then(() => redraw(true));
    }, []);
    const there = ready !== undefined;
    useLayoutEffect(() => {
      const screen = document.querySelector<HTMLElement>('.screen');
      if (there && wasLate.current && screen) focusStart(screen);
    }, [there]);
    const Ready = ready;
    return Ready ? <Ready {...props} /> : null;
  };
}
