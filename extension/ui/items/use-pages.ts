import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { errorText } from '../../shared/i18n.ts';
import { problem } from '../parts/notice.tsx';
import { useKept } from '../route.ts';
import { changes, codeOf } from '../state.ts';
import { listRows } from './early.ts';
import { type Filter, Pages, type Span } from './pages.ts';

export interface Rows {
  pages: Pages;
  /** Read it to be drawn again when rows arrive. */
  version: Signal<number>;
  /** Tells which rows are on screen. */
  inView: (from: number, to: number) => void;
}

interface Kept {
  pages: Pages;
  /** The search and the state of the vault that the rows belong to. */
  key: string;
  change: number;
}

/** The rows of a list, asked for as they come into view; kept while the person is a screen deeper. */
export function usePages(filter: Filter): Rows {
  const version = useSignal(0);
  const kept = useKept<Kept>('pages', { pages: new Pages(listRows), key: '', change: -1 }).peek();
  const { pages } = kept;
  const span = useRef<Span>({ from: 0, to: 1 });
  useLayoutEffect(() => {
    pages.onChange = () => {
      version.value += 1;
    };
    pages.onFailure = (failure) => problem(errorText(codeOf(failure)));
  }, []);

  const key = JSON.stringify(filter);
  const change = changes.value;
  // Before the next key press is handled: Enter right after a letter waits for that letter's answer.
  useLayoutEffect(() => {
    if (kept.key !== key) void pages.search(filter);
    else if (kept.change !== change) void pages.refresh(span.current);
    kept.key = key;
    kept.change = change;
  }, [key, change]);

  const inView = (from: number, to: number): void => {
    span.current = { from, to };
    void pages.need(span.current);
  };
  return { pages, version, inView };
}
