/**
 * All listeners, registered while this file is first run: an event that wakes the worker is lost to
 * listeners that come later. Each waits for the one start.
 */
import { onJoiningPort } from './account/join.ts';
import { keepSyncing, onEdit, onSyncAlarm, stopSyncing, syncOn } from './account/sync.ts';
import { withdrawLeft } from './account/unsettled.ts';
import { alarmEnds, currentSession, idleEnds, LOCK_ALARM, recall, watch } from './autolock.ts';
import { refreshAllBadges, refreshBadge } from './badge.ts';
import { watchPages } from './capture.ts';
import { CLIPBOARD_ALARM, clearIfOurs, takeMark } from './clipboard.ts';
import { makeMenu, onMenu } from './context-menu.ts';
import { whenEdited, whenExpired } from './engine.ts';
import { onFocused } from './field.ts';
import { CAPTURES_ALARM, flows, inTurn } from './flows.ts';
import { onAuthRequired, onGone } from './http-auth.ts';
import { onWindowGone } from './intents.ts';
import { lockNow } from './lock.ts';
import './menu.ts';
import { onPort } from './opening.ts';
import { hear } from './pages.ts';
import { fillByShortcut } from './shortcut.ts';
import { onResetMessage, onResetPage } from './takeover.ts';
import { onMessage } from './ui.ts';

whenExpired(() => void lockNow());
whenEdited(onEdit);
hear((event) => {
  if (event === 'locked') void stopSyncing();
  if (event !== 'unlocked') return;
  void keepSyncing();
  syncOn('unlock');
});

/** Content scripts see no storage area of ours (S-92). Firefox gives them none that matters, and has no such call. */
async function closeStorage(): Promise<void> {
  const areas = [chrome.storage.session, chrome.storage.local, chrome.storage.sync];
  await Promise.all(areas.map((area) => area?.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' }).catch(() => undefined)));
}

/** Resolves to whether an earlier worker left a session that still lives. */
const ready = closeStorage().then(async () => {
  const { ended } = await recall();
  if (ended) await lockNow();
  const session = currentSession();
  if (session) await watch(session);
  return session !== null;
});

void ready.then(withdrawLeft);

chrome.runtime.onMessage.addListener((message: unknown, sender, answer) => {
  onFocused(message, sender);
  return onResetMessage(message, sender, answer) ?? onMessage(message, sender, answer, ready);
});
chrome.runtime.onConnect.addListener((port) => onJoiningPort(port) || onPort(port));

// An update or a new start of the browser ends the session that was (S-114); the vault on disk is not
// touched, nor is what somebody was quick enough to open before this event came.
async function endEarlierSession(): Promise<void> {
  if (await ready) await lockNow();
  else await refreshAllBadges();
}
for (const start of [chrome.runtime.onInstalled, chrome.runtime.onStartup]) {
  start.addListener(() => {
    void endEarlierSession();
    void makeMenu();
  });
}

chrome.contextMenus.onClicked.addListener((choice, tab) => {
  const tabId = tab?.id;
  if (tabId !== undefined) void ready.then(() => onMenu(choice, tabId)).catch(() => undefined);
});

chrome.alarms.onAlarm.addListener((alarm) => {
  void ready.then(async () => {
    if (onSyncAlarm(alarm.name)) return;
    if (alarm.name === CLIPBOARD_ALARM) await clearIfOurs(await takeMark());
    if (alarm.name === CAPTURES_ALARM) await inTurn(flows);
    if (alarm.name === LOCK_ALARM && (await alarmEnds(alarm.scheduledTime))) await lockNow();
  });
});

chrome.idle.onStateChanged.addListener((state) => {
  void ready.then(async () => {
    if (await idleEnds(state)) await lockNow();
  });
});

chrome.commands.onCommand.addListener((command, tab) => {
  const tabId = tab?.id;
  if (command === 'fill' && tabId !== undefined) void ready.then(() => fillByShortcut(tabId)).catch(() => undefined);
});

chrome.tabs.onActivated.addListener(({ tabId }) => void ready.then(() => refreshBadge(tabId)));
chrome.tabs.onUpdated.addListener((tabId, change, tab) => {
  if (tab.active && (change.url !== undefined || change.status === 'complete')) {
    void ready.then(() => refreshBadge(tabId));
  }
});
chrome.windows.onFocusChanged.addListener((windowId) => {
  if (windowId !== chrome.windows.WINDOW_ID_NONE) void ready.then(refreshAllBadges);
});
chrome.windows.onRemoved.addListener((windowId) => {
  void onWindowGone(windowId);
  void onGone({ windowId });
});
chrome.tabs.onRemoved.addListener((tabId) => void onGone({ tabId }));

// Of the web requests this one event, for pages only; nothing of them is read or changed (docs/PERMISSIONS.md).
chrome.webRequest.onAuthRequired.addListener(
  (details, answer) => {
    if (answer) onAuthRequired(details, answer, ready);
    return undefined;
  },
  { urls: ['http://*/*', 'https://*/*'], types: ['main_frame'] },
  ['asyncBlocking'],
);
const links: chrome.webNavigation.WebNavigationEventFilter = { url: [{ pathEquals: '/reset' }] };
chrome.webNavigation.onDOMContentLoaded.addListener((details) => void ready.then(() => onResetPage(details)), links);
chrome.webNavigation.onReferenceFragmentUpdated.addListener((details) => void ready.then(() => onResetPage(details)), links);
watchPages();
