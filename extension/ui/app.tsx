import { effect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../shared/i18n.ts';
import { Button } from './parts/button.tsx';
import { focusStart } from './parts/focus.ts';
import { hush, Notice, problem, StatusRegion } from './parts/notice.tsx';
import { back, EntryContext, type Route, top } from './route.ts';
import { waysInScreens } from './screens/table-in.tsx';
import { openScreens } from './screens/table-open.tsx';
import { inTab } from './state.ts';

const SCREENS = { ...waysInScreens, ...openScreens };

export function App() {
  const here = top();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current && here?.focus === null) focusStart(box.current);
  }, [here?.id]);
  if (!here) return null;
  const Screen = SCREENS[here.route.name] as ComponentType<Route>;
  return (
    <div class="shell">
      <EntryContext.Provider value={here}>
        <div class="screen" key={here.id} ref={box}>
          <Screen {...here.route} />
        </div>
      </EntryContext.Provider>
      <StatusRegion />
    </div>
  );
}

/** Without an answer from the background there is no screen of a vault to draw. */
export function NotStarted() {
  return (
    <div class="shell">
      <main class="screen-body stack">
        <h1 class="title">{t('not_started')}</h1>
        <div role="alert">
          <Notice kind="bad">
            <span>{t('not_started_more')}</span>
          </Notice>
        </div>
        <Button kind="primary" onClick={() => location.reload()}>
          {t('try_again')}
        </Button>
      </main>
    </div>
  );
}

/** A problem belongs to the screen on which it happened. */
let shown: number | undefined;
effect(() => {
  const id = top()?.id;
  if (id !== shown) problem(null);
  if (id !== shown && top()?.route.name === 'locked') hush();
  shown = id;
});

/** Escape: one step back, and only then the popup closes. In a tab there is nothing to close. */
export function onEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (back()) event.preventDefault();
  else if (!inTab.value) close();
}
