/**
 * A reset link is opened by a page of the account server, and finished in a page of Sesame's: the server's
 * page never sees a password (S-34). What is put into it only listens, so that a page can't tell that Sesame
 * is there before somebody presses its button (S-93). Nothing is used up by that: a link scanner, or a page
 * that leads here by itself, gets no further than this (S-125). Then the token leaves the address (S-128).
 */
import { tell } from './pages.ts';

const PATH = '/reset';
/** The code of a link: 32 bytes in Crockford's base32. */
const FRAGMENT = /^#t=([0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{52})$/;
/** How long a link is good, and with it that somebody asked for one, ms. */
const LINK_LIVES = 30 * 60_000;

/** Kept for the session only, never in an address. */
export interface TakenReset {
  server: string;
  token: string;
  /** The address that this browser asked a link for at this server; null if it asked for none. */
  email: string | null;
  at: number;
}

/** What a request for a link leaves behind, so that its answer is known to be one. */
export interface AskedReset {
  server: string;
  email: string;
  at: number;
}

interface Link {
  server: string;
  token: string;
}

function linkIn(address: string | undefined): Link | null {
  if (!address || !URL.canParse(address)) return null;
  const { protocol, hostname, origin, pathname, hash } = new URL(address);
  const local = protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  const token = pathname === PATH ? FRAGMENT.exec(hash)?.[1] : undefined;
  return token && (protocol === 'https:' || local) ? { server: origin, token: token.toUpperCase() } : null;
}

async function asked({ server }: Link): Promise<string | null> {
  const { resetAsked } = (await chrome.storage.session.get('resetAsked')) as { resetAsked?: AskedReset };
  return resetAsked?.server === server && Date.now() - resetAsked.at < LINK_LIVES ? resetAsked.email : null;
}

/** The link that was taken over last, while it can still be good. */
export async function takenReset(): Promise<TakenReset | null> {
  const { resetTaken } = (await chrome.storage.session.get('resetTaken')) as { resetTaken?: TakenReset };
  return resetTaken && Date.now() - resetTaken.at < LINK_LIVES ? resetTaken : null;
}

export const forgetReset = (): Promise<void> => chrome.storage.session.remove(['resetTaken', 'resetAsked']);

async function take(link: Link, email: string | null, tab: chrome.tabs.Tab): Promise<void> {
  await chrome.storage.session.set({ resetTaken: { ...link, email, at: Date.now() } satisfies TakenReset });
  // The page of ours looks up what was taken: an address with a token in it would stay in the history.
  await chrome.tabs.create({ url: 'popup.html#reset', active: true, windowId: tab.windowId, index: tab.index + 1 });
  tell('intent');
}

/** Puts the script into the page of a reset link, which has a token in its address, and into no other. */
export async function onResetPage(
  details: chrome.webNavigation.WebNavigationFramedCallbackDetails & { documentId?: string },
): Promise<void> {
  const { tabId, frameId, documentId, url } = details;
  if (frameId !== 0 || !linkIn(url)) return;
  const target = documentId === undefined ? { tabId, frameIds: [0] } : { tabId, documentIds: [documentId] };
  await chrome.scripting.executeScript({ target, files: ['reset.js'] }).catch(() => undefined);
}

/**
 * The link that this browser asked for is taken over at once, where somebody looks at it: the press on the mail's
 * button is the person's own. Any other waits for a press on the page's. Which page it is, the browser says.
 */
export function onResetMessage(message: unknown, sender: chrome.runtime.MessageSender, answer: (taken: boolean) => void): true | undefined {
  if (typeof message !== 'object' || message === null || (message as { to?: unknown }).to !== 'reset') return;
  const { id, tab, frameId, url } = sender;
  const link = id === chrome.runtime.id && frameId === 0 ? linkIn(url) : null;
  if (!link || tab === undefined) return;
  const pressed = (message as { say?: unknown }).say === 'pressed';
  void asked(link)
    .then(async (email) => {
      const taken = pressed || (email !== null && tab.active);
      if (taken) await take(link, email, tab);
      answer(taken);
    })
    .catch(() => answer(false));
  return true;
}
