/**
 * The toolbar button: locked or unlocked, and how many items match the tab. While locked it says
 * nothing of the vault, and no tab event wakes the engine.
 */
import { seemsUnlocked } from './autolock.ts';
import { run, withSuffixes } from './engine.ts';
import { waitsIn } from './flows.ts';
import { asWebTab, type WebTab } from './tabs.ts';

const SIZES = [16, 32, 48] as const;

async function count(tab: WebTab): Promise<number> {
  return run(async (desk) => {
    if (desk.state !== 'unlocked') return 0;
    return (await withSuffixes(desk)).matchCount(tab.origin, tab.url);
  });
}

async function paint(tab: chrome.tabs.Tab, unlocked: boolean): Promise<void> {
  if (tab.id === undefined) return;
  const web = unlocked ? asWebTab(tab) : null;
  const matches = web ? await count(web).catch(() => 0) : 0;
  // A sign-in that was typed in this tab and is not saved yet comes first: it won't be there for ever.
  const text = (await waitsIn(tab.id)) ? '+' : matches > 0 ? String(matches) : '';
  // The tab may be gone by now.
  await chrome.action.setBadgeText({ tabId: tab.id, text }).catch(() => undefined);
}

export async function refreshBadge(tabId: number): Promise<void> {
  const unlocked = await seemsUnlocked();
  const tab = await chrome.tabs.get(tabId).catch(() => undefined);
  if (tab) await paint(tab, unlocked);
}

/** After unlocking, locking and changes. While unlocked only tabs in view are counted, others when they are. */
export async function refreshAllBadges(): Promise<void> {
  const unlocked = await seemsUnlocked();
  const state = unlocked ? 'unlocked' : 'locked';
  const path = Object.fromEntries(SIZES.map((size) => [size, `icons/${state}-${size}.png`]));
  await chrome.action.setIcon({ path }).catch(() => undefined);
  const tabs = await chrome.tabs.query(unlocked ? { active: true } : {});
  await Promise.all(tabs.map((tab) => paint(tab, unlocked)));
}

/** The script in the page took a filled secret out again, because the form was pointed elsewhere (S-69). */
export async function warnOnBadge(tabId: number): Promise<void> {
  await chrome.action.setBadgeText({ tabId, text: '!' }).catch(() => undefined);
}

const FLASH_MS = 2_000;

/** Something is on the clipboard now, and no window of ours is there to say so. */
export async function flashBadge(tabId: number): Promise<void> {
  await chrome.action.setBadgeText({ tabId, text: '✓' }).catch(() => undefined);
  setTimeout(() => void refreshBadge(tabId), FLASH_MS);
}
