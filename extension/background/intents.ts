/**
 * What the person was doing when a ceremony or a lock came between. Kept in session memory only, and
 * never in an address: a page of ours that a website opens finds nothing to act on (S-107).
 */
import type { Intent } from '../shared/api.ts';
import { id, oneOf, orNull, shape, text, variant, whole } from './check.ts';
import { tell } from './pages.ts';
import type { Caller } from './sender.ts';

export const intentOf = variant<Intent>('kind', {
  open: shape({ kind: oneOf('open') }),
  fill: shape({ kind: oneOf('fill'), itemId: orNull(id), tabId: whole(0, Number.MAX_SAFE_INTEGER) }),
  'set-up-passkey': shape({ kind: oneOf('set-up-passkey') }),
  'unlock-passkey': shape({ kind: oneOf('unlock-passkey') }),
  'prove-passkey': shape({ kind: oneOf('prove-passkey'), then: oneOf('set-password') }),
  view: shape({ kind: oneOf('view'), route: text(200) }),
});

interface Waiting {
  intent?: Intent | null;
  ceremony?: { intent: Intent; windowId: number | null } | null;
}

async function waiting(): Promise<Waiting> {
  return (await chrome.storage.session.get(['intent', 'ceremony'])) as Waiting;
}

/** The ceremony page is there for its own intent; every other page for the one that waits. */
export async function intentFor(caller: Caller): Promise<Intent | null> {
  const { intent, ceremony } = await waiting();
  return (caller.page === 'ceremony' ? ceremony?.intent : intent) ?? null;
}

export async function setIntent(intent: Intent | null): Promise<void> {
  await chrome.storage.session.set({ intent });
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
  await chrome.storage.session.set({ ceremony: { intent, windowId: opened?.id ?? null } });
}

export async function endCeremony(): Promise<void> {
  await chrome.storage.session.remove('ceremony');
}

/** Opens the toolbar popup where the browser lets an extension do so; else the person's next click does. */
export async function openPopup(): Promise<void> {
  const [normal] = await chrome.tabs.query({ active: true, windowType: 'normal', lastFocusedWindow: true });
  const windowId = normal?.windowId ?? (await chrome.windows.getLastFocused({ windowTypes: ['normal'] })).id;
  if (windowId === undefined || chrome.action.openPopup === undefined) return;
  await chrome.windows.update(windowId, { focused: true }).catch(() => undefined);
  await chrome.action.openPopup({ windowId });
}
