/** Which screen a state begins with. */
import type { Status } from '../shared/api.ts';
import { ui } from '../shared/rpc.ts';
import { type Route, reset } from './route.ts';
import { status } from './state.ts';

function homeOf(now: Status): Route {
  if (now.state === 'absent') return { name: 'welcome' };
  if (now.state === 'damaged') return { name: 'damaged' };
  return { name: now.state === 'unlocked' ? 'list' : 'locked' };
}

/** A popup may open and be closed again by the focus going elsewhere: what nobody saw still waits. */
const SEEN_AFTER_MS = 1000;
let seen: ReturnType<typeof setTimeout> | undefined;
const taken = (): void => {
  if (status.peek()?.intent?.kind === 'view') void ui.setIntent(null).catch(() => undefined);
};

/** Also where another page of ours asked for a certain screen before the vault was open. */
export function goHome(now: Status): void {
  // The window that the background opens for a server's question; it finds nothing to act on in any other.
  const view = viewOf(now);
  if (location.hash === '#http-auth') {
    reset({ name: 'http-auth' });
  } else if (location.hash === '#reset') {
    // The tab that a reset link was taken over into; what it is about is asked of the background.
    history.replaceState(null, '', location.pathname);
    reset(homeOf(now), { name: 'reset-new' });
  } else if (view) {
    clearTimeout(seen);
    seen = setTimeout(taken, SEEN_AFTER_MS);
    reset(homeOf(now), view);
  } else if (looksEmptier(now)) {
    reset(homeOf(now), { name: 'damaged' });
  } else {
    reset(homeOf(now));
  }
}

/** After the vault was opened: the code that took the place of the one that was used is shown before anything else (S-167). */
export function enter(now: Status, newRecoveryCode: string | null): void {
  if (newRecoveryCode === null) goHome(now);
  else reset({ name: 'recovery-kit', code: newRecoveryCode, after: 'used' });
}

/** Until it is repaired, the list shows less than the vault holds: that is said before it is shown (S-35). */
const looksEmptier = ({ open }: Status): boolean => open?.damage.some(({ part }) => part === 'manifest' || part === 'index') ?? false;

/** A screen that another page of ours asked for, through the background and not through an address. */
function viewOf({ intent, state }: Status): Route | null {
  if (intent?.kind !== 'view') return null;
  if (state !== 'unlocked') return intent.route === 'open-backup' ? { name: 'open-backup' } : null;
  if (intent.route === 'biometrics') return { name: 'biometrics', first: false };
  const plain = ['settings', 'ways-back', 'set-password', 'export', 'import', 'open-backup', 'generator', 'health'] as const;
  const name = plain.find((known) => known === intent.route);
  return name ? { name } : null;
}
