/**
 * Servers that ask for a user name and a password before they show a page (RFC 7617). The browser
 * tells, and waits; a window of Sesame's asks the person, and only their choice is an answer. Everything
 * else ends in the browser's own dialog: nothing is ever answered by itself (docs/decisions/0009).
 */
import type { HttpAuthView, ItemId, ItemSummary } from '../shared/api.ts';
import { SesameError } from '../shared/errors.ts';
import type { HttpVerdict } from '../shared/page.ts';
import { run, withSuffixes } from './engine.ts';
import { tell } from './pages.ts';
import type { Caller } from './sender.ts';
import { readRow } from './storage.ts';

type Details = chrome.webRequest.OnAuthRequiredDetails;
type Answer = (response: chrome.webRequest.BlockingResponse) => void;

/** Who has not chosen by then has gone away; the page is the browser's again, ms. */
const WAIT_MS = 5 * 60_000;
/** The server's own words, as far as anybody reads them. */
const MAX_REALM = 200;
/** Requests that were answered once: asked again, what was sent was wrong. */
const MAX_ANSWERED = 100;

interface Waiting {
  id: string;
  details: Details;
  origin: string;
  host: string;
  window: Promise<number | undefined>;
  end(response: chrome.webRequest.BlockingResponse): void;
}

let waiting: Waiting | null = null;
const answered = new Set<string>();

/** Only there what is sent can be read by nobody on the way (S-60). */
const isPrivate = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

export function onAuthRequired(details: Details, answer: Answer, ready: Promise<unknown>): void {
  const url = URL.canParse(details.url) ? new URL(details.url) : null;
  const ours = !details.isProxy && details.type === 'main_frame' && details.tabId >= 0 && url !== null && isPrivate(url);
  if (!ours || waiting !== null || answered.has(details.requestId)) {
    answer({});
    return;
  }
  const next = wait(details, url, answer);
  ready
    .then(() => mayHelp(next))
    .then((help) => (help ? open(next) : next.end({})))
    .catch(() => next.end({}));
}

function wait(details: Details, url: URL, answer: Answer): Waiting & { opened(windowId: number | undefined): void } {
  let opened: (windowId: number | undefined) => void = () => undefined;
  const window = new Promise<number | undefined>((done) => {
    opened = done;
  });
  const timer = setTimeout(() => next.end({}), WAIT_MS);
  const next = {
    id: crypto.randomUUID(),
    details,
    origin: url.origin,
    host: url.host,
    window,
    opened,
    end: (response: chrome.webRequest.BlockingResponse) => {
      if (waiting !== next) return;
      waiting = null;
      clearTimeout(timer);
      answer(response);
      opened(undefined);
      void window.then(closeWindow);
    },
  };
  waiting = next;
  return next;
}

/** Not for a tab that nobody looks at, and not when there is nothing to choose from; a locked vault may have something. */
async function mayHelp({ details }: Waiting): Promise<boolean> {
  const tab = await chrome.tabs.get(details.tabId).catch(() => undefined);
  if (!tab?.active) return false;
  const rows = await matching(details.url);
  return rows === null || rows.length > 0;
}

/** Null while locked. */
function matching(url: string): Promise<ItemSummary[] | null> {
  return run(async (desk) => {
    if (desk.state === 'locked') return null;
    if (desk.state !== 'unlocked') return [];
    const rows = JSON.parse((await withSuffixes(desk)).matches(new URL(url).origin, url)) as ItemSummary[];
    return rows.filter((row) => row.kind === 'login' && row.hasPassword);
  });
}

async function open(next: Waiting & { opened(windowId: number | undefined): void }): Promise<void> {
  const made = await chrome.windows.create({ url: 'popup.html#http-auth', type: 'popup', width: 400, height: 600, focused: true });
  next.opened(made?.id);
  // The page may have gone meanwhile.
  if (waiting !== next) await closeWindow(made?.id);
}

async function closeWindow(id: number | undefined): Promise<void> {
  if (id !== undefined) await chrome.windows.remove(id).catch(() => undefined);
}

/** The request that this very window was opened for. */
async function requestOf(caller: Caller): Promise<Waiting | null> {
  const asked = waiting;
  const windowId = await asked?.window;
  return asked !== null && asked === waiting && windowId !== undefined && caller.tab?.windowId === windowId ? asked : null;
}

export async function view(caller: Caller): Promise<HttpAuthView | null> {
  const asked = await requestOf(caller);
  if (!asked) return null;
  const { id, origin, host, details } = asked;
  return { id, origin, host, realm: (details.realm ?? '').slice(0, MAX_REALM), rows: await matching(details.url) };
}

/** Sends the item's user name and password, or leaves it to the browser's dialog. */
export async function settle(caller: Caller, id: string, itemId: ItemId | null): Promise<{ sent: boolean }> {
  const asked = await requestOf(caller);
  if (asked?.id !== id) throw new SesameError('page-changed');
  if (itemId === null) {
    asked.end({});
    return { sent: false };
  }
  const { origin, details } = asked;
  const verdict = await run(async (desk) => {
    if (desk.state !== 'unlocked') throw new SesameError('locked');
    const engine = await withSuffixes(desk);
    return JSON.parse(engine.httpCredentials(itemId, await readRow('items', itemId), origin, details.url)) as HttpVerdict;
  });
  if (verdict.verdict === 'refuse') return { sent: false };
  answered.add(details.requestId);
  if (answered.size > MAX_ANSWERED) for (const first of [...answered].slice(0, 1)) answered.delete(first);
  asked.end({ authCredentials: { username: verdict.username, password: verdict.password } });
  return { sent: true };
}

/** The window was closed, or the page that asked. */
export async function onGone(gone: { windowId: number } | { tabId: number }): Promise<void> {
  const asked = waiting;
  if (!asked) return;
  const ended = 'tabId' in gone ? gone.tabId === asked.details.tabId : gone.windowId === (await asked.window);
  if (!ended) return;
  asked.end({});
  tell('changed');
}
