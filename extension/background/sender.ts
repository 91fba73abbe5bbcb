/** Who speaks, as the browser attests it (S-89). */

/** Who asks: null where the page is the toolbar popup, which lies over the active tab. */
export interface Caller {
  page: 'popup' | 'ceremony';
  tab: { id: number; windowId: number } | null;
}

const PAGES: Record<string, Caller['page']> = { '/popup.html': 'popup', '/ceremony.html': 'ceremony' };

/** Who sent it, or null if that isn't a page of ours in a place of its own. */
export function callerOf(sender: chrome.runtime.MessageSender): Caller | null {
  if (sender.id !== chrome.runtime.id || !sender.url || !URL.canParse(sender.url)) return null;
  const url = new URL(sender.url);
  const own = originOf(new URL(chrome.runtime.getURL('/')));
  // `origin` is attested by the browser process; a renderer could lie about the rest.
  if (originOf(url) !== own || (sender.origin ?? own) !== own) return null;
  // A page of ours inside another page's frame is somebody's trick (S-107).
  if ((sender.frameId ?? 0) !== 0) return null;
  const page = Object.hasOwn(PAGES, url.pathname) ? PAGES[url.pathname] : undefined;
  if (page === undefined) return null;
  const { tab } = sender;
  return { page, tab: tab?.id === undefined ? null : { id: tab.id, windowId: tab.windowId } };
}

/** By hand: `URL.origin` is "null" for schemes that the URL standard doesn't name. */
const originOf = ({ protocol, host }: URL): string => `${protocol}//${host}`;
