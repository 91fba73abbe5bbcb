/**
 * All listeners, registered while this file is first run: an event that wakes the worker is lost to
 * listeners that come later. Each waits for the one start.
 */
import { alarmEnds, idleEnds, LOCK_ALARM, recallSession, watch } from './autolock.ts';
import { refreshAllBadges, refreshBadge } from './badge.ts';
import { CLIPBOARD_ALARM, clearOurs } from './clipboard.ts';
import { whenExpired } from './engine.ts';
import { lockNow } from './lock.ts';
import { onConnect } from './page.ts';
import { fillByShortcut } from './shortcut.ts';
import { onMessage } from './ui.ts';

whenExpired(() => void lockNow());

/** Content scripts see no storage area of ours (S-92). Firefox gives them none that matters, and has no such call. */
async function closeStorage(): Promise<void> {
  const areas = [chrome.storage.session, chrome.storage.local, chrome.storage.sync];
  await Promise.all(
    areas.map((area) => area?.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' }).catch(() => undefined)),
  );
}

const ready = closeStorage().then(async () => {
  const session = await recallSession();
  if (session) await watch(session);
});

chrome.runtime.onMessage.addListener((message: unknown, sender, answer) => onMessage(message, sender, answer, ready));
chrome.runtime.onConnect.addListener(onConnect);

// An update or a new start of the browser ends the session; the vault on disk is not touched (S-114).
chrome.runtime.onInstalled.addListener(() => void ready.then(lockNow));
chrome.runtime.onStartup.addListener(() => void ready.then(lockNow));

chrome.alarms.onAlarm.addListener((alarm) => {
  void ready.then(async () => {
    if (alarm.name === CLIPBOARD_ALARM) await clearOurs();
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
