/** What the pages know about the vault, and how they learn that it changed. */
import { signal } from '@preact/signals';
import type { Status } from '../shared/api.ts';
import { SesameError } from '../shared/errors.ts';
import { errorText, loadTexts } from '../shared/i18n.ts';
import { onEvent, ui } from '../shared/rpc.ts';
import { problem } from './parts/notice.tsx';

export { ui };

export const status = signal<Status | null>(null);
/** In a tab, WebAuthn runs in place and Escape closes nothing; in the popup it is the other way round. */
export const inTab = signal(false);
/** Goes up by one whenever the background says that items changed: lists load again. */
export const changes = signal(0);

/** Asks the background anew; theme and language follow at once. */
export async function refresh(): Promise<Status> {
  const next = await ui.status();
  document.documentElement.dataset['theme'] = next.prefs.theme;
  await loadTexts(next.prefs.language);
  status.value = next;
  return next;
}

/** Counts the steps in this page that open the vault by themselves and then go on to a next screen. */
let ownSteps = 0;
/** Whether it was in this page that the vault was opened. */
let stepped = false;

/** While `work` runs, "unlocked" and "locked" from the background move no screen: `work` does. */
export async function ownStep<T>(work: () => Promise<T>): Promise<T> {
  ownSteps += 1;
  stepped = true;
  try {
    return await work();
  } finally {
    ownSteps -= 1;
  }
}

/** Whether the person is at this page: the popup, or the tab in which they opened the vault. */
export const isAttended = (): boolean => !inTab.value || stepped;

/** Follows the background's events. `home` draws the first screen of the state that now holds. */
export function follow(home: (now: Status) => void): void {
  onEvent(({ event }) => {
    if (event === 'changed') changes.value += 1;
    if (event === 'locked') stepped = false;
    void refresh().then(
      (now) => {
        const turned = event === 'locked' || event === 'unlocked';
        if (turned && ownSteps === 0) home(now);
      },
      // The worker was stopped, twice: what is shown stays until its next word, or the person's next act.
      () => undefined,
    );
  });
}

/** At most once in 10 s while the person uses the page. */
export function keepAwake(): void {
  let last = 0;
  const used = (): void => {
    if (status.value?.state !== 'unlocked' || Date.now() - last < 10_000) return;
    last = Date.now();
    void ui.touch().catch(() => undefined);
  };
  for (const kind of ['keydown', 'pointerdown', 'wheel'] as const) addEventListener(kind, used, { passive: true });
}

/** The code of a failure; anything that is not ours counts as a defect. */
export const codeOf = (failure: unknown): SesameError['code'] => (failure instanceof SesameError ? failure.code : 'internal');

/** Runs what a button does; a failure is said in the alert region. True when it worked. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  problem(null);
  try {
    await work();
    return true;
  } catch (failure) {
    problem(errorText(codeOf(failure)));
    return false;
  }
}
