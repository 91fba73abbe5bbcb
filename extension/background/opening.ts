/**
 * The one way for a frame of Sesame's into a page. An opening is good for one load of menu.html in the one
 * document that it was made for, and for one action (S-47, S-52); what is asked for in the frame is done
 * only if frame and document both say that a person could see what they pressed (S-39 to S-58).
 */
import { FIELD_PORT, type Opened } from '../shared/field.ts';
import { type FrameView, type FromMenu, MENU_PORT, type ToMenu } from '../shared/menu.ts';
import { recallSession, touch } from './autolock.ts';
import { flag, oneOf, orNull, shape, text, variant } from './check.ts';
import { type FieldDocument, listen, onFieldPort } from './field.ts';
import { onConnect } from './page.ts';
import { hear } from './pages.ts';
import { prefs } from './prefs.ts';

/** What a frame is there for. */
export interface Showing {
  what: Opened;
  /** Whether the keyboard opened it, and goes with it. */
  byKey: boolean;
  /** What it draws; asked for again after `again`. */
  view(): Promise<FrameView>;
  /**
   * Carries out what a person chose, unchecked as it came from the frame. `proved` false: it could not
   * be proved that they saw what they pressed (S-55), so nothing may be filled or saved without asking in the popup.
   */
  act(act: unknown, proved: boolean): Promise<Next>;
  /** It has gone without an action. */
  gone?(why: 'closed' | 'no-room'): void;
}

/** `close` first, then `after`: filling looks at a page without the frame in it. */
export type Next =
  | { next: 'again' }
  | { next: 'say'; key: Extract<ToMenu, { type: 'said' }>['key'] }
  | { next: 'close'; after?: () => Promise<unknown> };

interface Opening {
  id: string;
  at: FieldDocument;
  showing: Showing;
  loads: number;
  port: chrome.runtime.Port | null;
  busy: boolean;
}

/** A frame that has not said a word by then was not let in, ms. */
const LOADS_MS = 4_000;

const openings = new Map<string, Opening>();

const said = variant<FromMenu>('type', {
  hello: shape({ type: oneOf('hello'), opening: text(36, /^[0-9a-f-]{36}$/), parent: orNull(text(2048)) }),
  act: shape({ type: oneOf('act'), proved: flag, act: text(20_000) }),
  close: shape({ type: oneOf('close'), refocus: flag }),
  here: shape({ type: oneOf('here') }),
});

/** Shows a frame in this document; whatever it had open before is closed. `call`: the focus that asked for a menu. */
export function openFrame(at: FieldDocument, showing: Showing, call = 0): void {
  for (const each of openings.values()) if (each.at.documentId === at.documentId) end(each, 'closed');
  const id = crypto.randomUUID();
  openings.set(id, { id, at, showing, loads: 0, port: null, busy: false });
  at.say({ type: 'show', opening: id, what: showing.what, call });
  // A page that keeps the frame from loading, by whatever rule, does not keep the person from their item.
  setTimeout(() => {
    const opening = openings.get(id);
    if (opening?.loads === 0) end(opening, 'no-room');
  }, LOADS_MS);
}

/** Closes the frames that `which` says. */
export function closeFrames(which: (at: FieldDocument, what: Opened) => boolean): void {
  for (const each of openings.values()) if (which(each.at, each.showing.what)) end(each, 'closed');
}

function end(opening: Opening, why: 'closed' | 'no-room' | 'done'): void {
  if (!openings.delete(opening.id)) return;
  opening.port?.disconnect();
  opening.at.say({ type: 'hide', opening: opening.id });
  if (why !== 'done') opening.showing.gone?.(why);
}

listen({
  closed: (at, id, why) => {
    const opening = openings.get(id);
    if (opening?.at === at) end(opening, why === 'no-room' ? why : 'closed');
  },
  gone: (at) => closeFrames((each) => each === at),
});

// Locked or opened meanwhile: what a frame shows is drawn anew, and of a locked vault nothing stays on the screen (S-98).
hear((event) => {
  if (event !== 'locked' && event !== 'unlocked') return;
  for (const each of openings.values()) if (each.port && !each.busy) void draw(each).catch(() => end(each, 'closed'));
});

/** Every port that anybody opens to the background. */
export function onPort(port: chrome.runtime.Port): void {
  if (port.name === FIELD_PORT) onFieldPort(port);
  else if (port.name === MENU_PORT) onMenuPort(port);
  else onConnect(port);
}

function onMenuPort(port: chrome.runtime.Port): void {
  let opening: Opening | null = null;
  port.onMessage.addListener((raw: unknown) => {
    void take(raw).catch(() => {
      port.disconnect();
      if (opening) end(opening, 'closed');
    });
  });
  port.onDisconnect.addListener(() => {
    // Its document has gone: moved by the page, or taken away.
    if (opening?.port === port) end(opening, 'closed');
  });

  async function take(raw: unknown): Promise<void> {
    const message = said(raw);
    if (message.type === 'hello') {
      const found = openings.get(message.opening);
      if (!found || opening || !isIts(port, found, message.parent)) return port.disconnect();
      opening = found;
      found.loads += 1;
      // A second load is a frame that somebody moved: neither of the two is believed any more (S-47).
      if (found.loads > 1) return end(found, 'closed');
      found.port = port;
      return draw(found);
    }
    if (!opening || openings.get(opening.id) !== opening) return port.disconnect();
    if (message.type === 'close') end(opening, 'closed');
    else if (message.type === 'act') await act(opening, message);
  }
}

/**
 * Whether menu.html speaks, in the right tab. The browser does not say in which document that frame lies; but
 * the opening's name went to one document's script only, and the frame, which is ours, tells whose page is around it.
 */
function isIts({ sender }: chrome.runtime.Port, { at }: Opening, parent: string | null): boolean {
  const { id, origin, url = '', tab } = sender ?? {};
  const own = chrome.runtime.getURL('popup.html').replace(/\/popup\.html$/, '');
  if (id !== chrome.runtime.id || tab?.id !== at.tabId || (origin ?? url.slice(0, own.length)) !== own) return false;
  return URL.canParse(url) && new URL(url).pathname === '/menu.html' && (parent === null || parent === at.origin);
}

function tell(opening: Opening, message: ToMenu): void {
  try {
    opening.port?.postMessage(message);
  } catch {
    end(opening, 'closed');
  }
}

async function draw(opening: Opening): Promise<void> {
  const [view, liked] = await Promise.all([opening.showing.view(), prefs()]);
  tell(opening, { type: 'view', view, prefs: liked, byKey: opening.showing.byKey });
}

async function act(opening: Opening, { proved, act: wanted }: Extract<FromMenu, { type: 'act' }>): Promise<void> {
  // One at a time: the second half of a double click meets the first one's work.
  if (opening.busy) return;
  opening.busy = true;
  try {
    const doubt = await opening.at.attest(opening.id);
    if (!openings.has(opening.id)) return;
    if (doubt !== null && doubt !== 'unknown') return tell(opening, { type: 'said', key: 'not-now' });
    await recallSession();
    await touch();
    const result = await opening.showing.act(JSON.parse(wanted), proved && doubt === null);
    if (result.next === 'again') return await draw(opening);
    if (result.next === 'say') return tell(opening, { type: 'said', key: result.key });
    end(opening, 'done');
    await result.after?.();
  } finally {
    opening.busy = false;
  }
}
