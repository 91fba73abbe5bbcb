import { useLayoutEffect } from 'preact/hooks';
import { focusStart } from '../parts/focus.ts';

/** A second step within the same screen begins, for the keyboard, where a screen of its own would. */
export function useFocusStart(step: unknown = null): void {
  useLayoutEffect(() => {
    const screen = document.querySelector<HTMLElement>('.screen');
    if (screen) focusStart(screen);
  }, [step]);
}
