/**
 * What the person was doing when a ceremony or a lock came between. Kept in session memory only, and
 * never in an address: a page of ours that a website opens finds nothing to act on (S-107).
 */
import type { Intent, ProvedAct } from '../shared/api.ts';
import { id, oneOf, optional, orNull, shape, text, variant, whole } from './check.ts';
import { tell } from './pages.ts';
import type { Caller } from './sender.ts';
import { accountPassword, newPassword } from './ui/inputs.ts';

export const intentOf = variant<Intent>('kind', {
  open: shape({ kind: oneOf('open') }),
  fill: shape({
    kind: oneOf('fill'),
    itemId: orNull(id),
    tabId: whole(0, Number.MAX_SAFE_INTEGER),
    origin: optional(text(2048)),
  }),
  'set-up-passkey': shape({ kind: oneOf('set-up-passkey') }),
  'unlock-passkey': shape({ kind: oneOf('unlock-passkey') }),
  'prove-passkey': variant<Intent & ProvedAct>('then', {
    'set-password': shape({
      kind: oneOf('prove-passkey'),
      then: oneOf('set-password'),
      ready: newPassword,
      account: optional(accountPassword),
    }),
    'new-recovery-code': shape({ kind: oneOf('prove-passkey'), then: oneOf('new-recovery-code') }),
    export: shape({ kind: oneOf('prove-passkey'), then: oneOf('export'), format: oneOf('csv', 'json'), typed: text(40) }),
  }),
  view: shape({ kind: oneOf('view'), route: text(200) }),
});

/** Who unlocks later than this has something else in mind than the fill that once waited. */
const FILL_WAITS_MS = 10 * 60_000;

interface Waiting {
  intent?: Intent | null;
  intentAt?: number;
  ceremony?: { intent: Intent; windowId: number | null } | null;
}

async function waiting(): Promise<Waiting> {
  return (await chrome.storage.session.get(['intent', 'intentAt', 'ceremony'])) as Waiting;
}

/** The ceremony page is there for its own intent; every other page for the one that waits. */
export async function intentFor(caller: Caller): Promise<Intent | null> {
  const { intent, intentAt = 0, ceremony } = await waiting();
  if (caller.page === 'ceremony') return ceremony?.intent ?? null;
  const stale = intent?.kind === 'fill' && Date.now() - intentAt > FILL_WAITS_MS;
  return stale ? null : (intent ?? null);
}

export async function setIntent(intent: Intent | null): Promise<void> {
  await chrome.storage.session.set({ intent, intentAt: Date.now() });
  tell('intent');
}

/** A window of its own: the system's dialog takes the focus, and would close the toolbar popup. */
export async function openCeremony(intent: Intent): Promise<void> {
  const { ceremony } = await waiting();
  await chrome.storage.session.set({ ceremony: { intent, windowId: ceremony?.windowId ?? null } });
  if (typeof ceremony?.windowId === 'number') {
    const shown = await chrome.windows.update(ceremony.windowId, { focused: true }).catch(() => undefined);
    if (shown) return tell('intent');
  }
  const opened = await chrome.windows.create({ url: 'ceremony.html', type: 'popup', width: 440, height: 680 });
  // It may have been quick, and be over.
  const { ceremony: still } = await waiting();
  if (still) await chrome.storage.session.set({ ceremony: { ...still, windowId: opened?.id ?? null } });
}

export async function endCeremony(): Promise<void> {
  await chrome.storage.session.remove('ceremony');
}

/** Closed by its own cross: what it was for, a stretched new password perhaps, is of no more use. */
export async function onWindowGone(windowId: number): Promise<void> {
  const { ceremony } = await waiting();
  if (ceremony?.windowId === windowId) await endCeremony();
}

/** Opens the toolbar popup where the browser lets an extension do so; else the person's next click does. */
export async function openPopup(): Promise<void> {
  const [normal] = await chrome.tabs.query({ active: true, windowType: 'normal', lastFocusedWindow: true });
  const windowId = normal?.windowId ?? (await chrome.windows.getLastFocused({ windowTypes: ['normal'] })).id;
  if (windowId === undefined || chrome.action.openPopup === undefined) return;
  await chrome.windows.update(windowId, { focused: true }).catch(() => undefined);
  await chrome.action.openPopup({ windowId });
}
