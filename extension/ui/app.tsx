import { effect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Status } from '../shared/api.ts';
import { focusStart } from './parts/focus.ts';
import { problem, StatusRegion } from './parts/notice.tsx';
import { back, EntryContext, type Route, reset, top } from './route.ts';
import { openScreens } from './screens/table-open.tsx';
import { waysInScreens } from './screens/table-in.tsx';
import { inTab } from './state.ts';

const SCREENS = { ...waysInScreens, ...openScreens };

/** The screen that a state begins with. */
export function homeOf(now: Status): Route {
  if (now.state === 'absent') return { name: 'welcome' };
  if (now.state === 'damaged') return { name: 'damaged' };
  return { name: now.state === 'unlocked' ? 'list' : 'locked' };
}

export function goHome(now: Status): void {
  const view = now.state === 'unlocked' ? viewOf(now) : null;
  if (view) reset(homeOf(now), view);
  else reset(homeOf(now));
}

/** A screen that another page of ours asked for, through the background and not through an address. */
function viewOf({ intent }: Status): Route | null {
  if (intent?.kind !== 'view') return null;
  const plain = ['settings', 'ways-back', 'set-password', 'export', 'import', 'generator', 'health'] as const;
  const name = plain.find((known) => known === intent.route);
  return name ? { name } : null;
}

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

/** A problem belongs to the screen on which it happened. */
let shown: number | undefined;
effect(() => {
  const id = top()?.id;
  if (id !== shown) problem(null);
  shown = id;
});

/** Escape: one step back, and only then the popup closes. In a tab there is nothing to close. */
export function onEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (back()) event.preventDefault();
  else if (!inTab.value) close();
}
