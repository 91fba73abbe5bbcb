/** Which tab "For this site", Fill and the badge mean. Addresses are parsed by the browser, nobody else. */

import type { Caller } from './sender.ts';

export interface WebTab {
  id: number;
  windowId: number;
  url: string;
  origin: string;
  host: string;
}

/** The tab as a web page, or null: only http and https pages can be filled. */
export function asWebTab(tab: chrome.tabs.Tab | undefined): WebTab | null {
  if (tab?.id === undefined || !tab.url || !URL.canParse(tab.url)) return null;
  const { protocol, origin, host } = new URL(tab.url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return { id: tab.id, windowId: tab.windowId, url: tab.url, origin, host };
}

/** The host of an origin, for people to read; empty where the origin has no name. */
export const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : '');

export async function webTab(tabId: number): Promise<WebTab | null> {
  return asWebTab(await chrome.tabs.get(tabId).catch(() => undefined));
}

/** A page of ours in a tab of its own speaks of the web page that was used last in its window. */
export async function tabFor(caller: Caller): Promise<WebTab | null> {
  if (caller.tab === null) {
    const [active] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    return asWebTab(active);
  }
  const tabs = await chrome.tabs.query({ windowId: caller.tab.windowId });
  return tabs
    .filter((tab) => tab.id !== caller.tab?.id)
    .sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0))
    .map(asWebTab)
    .reduce((first, tab) => first ?? tab, null);
}
