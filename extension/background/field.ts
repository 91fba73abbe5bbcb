/**
 * The door for scripts that tell of the field somebody is in: one port named `field` for each document. What
 * the script says about its page is a description and no more; whose document it is, the browser says (S-91).
 */
import { type Doubt, FIELD_PORT, type FieldKind, type FromField, type ToField } from '../shared/field.ts';
import { LIMITS, type Snapshot } from '../shared/page.ts';
import { type Check, list, oneOf, orNull, shape, text, variant, whole } from './check.ts';
import { iconWanted, kindOf, understand } from './kind.ts';
import { MAX_SNAPSHOT } from './page.ts';

/** A document that doesn't answer by then is busy, or gone, ms. */
const ANSWER_MS = 1_000;

/** The engine reads it strictly; here only its weight is looked at. */
const snapshot: Check<Snapshot> = (value) => {
  const given = value as Snapshot;
  return shape<{ size: number }>({ size: whole(2, MAX_SNAPSHOT) })({ size: JSON.stringify(given ?? '').length }) && given;
};
const call = whole(0, Number.MAX_SAFE_INTEGER);
const opening = text(36, /^[0-9a-f-]{36}$/);

const pair: Check<[number, string]> = (value) => {
  const [field, typed] = Array.isArray(value) && value.length === 2 ? value : [];
  return [whole(0, LIMITS.fields)(field), text(4096)(typed)];
};

const said = variant<FromField>('type', {
  focused: shape({ type: oneOf('focused'), call, snapshot }),
  open: shape({ type: oneOf('open'), call, by: oneOf('icon', 'key') }),
  closed: shape({ type: oneOf('closed'), opening, why: oneOf('gone', 'no-room') }),
  attested: shape({
    type: oneOf('attested'),
    call,
    doubt: orNull(oneOf('moved', 'closed', 'covered', 'masked', 'just-clicked', 'unknown')),
  }),
  attempt: shape({ type: oneOf('attempt'), snapshot, values: list(pair, 40), how: oneOf('submit', 'click', 'enter') }),
  settled: shape({ type: oneOf('settled'), how: oneOf('fields-gone', 'answer', 'refused') }),
  looked: shape({ type: oneOf('looked'), call, snapshot }),
});

type Said<T extends FromField['type']> = Extract<FromField, { type: T }>;

/** A document with its script, as the browser attests it. */
export interface FieldDocument {
  tabId: number;
  frame: number;
  documentId: string;
  origin: string;
  url: string;
  say(message: ToField): void;
  /** Asks whether the frame of `opening` can be seen for what it is. */
  attest(opening: string): Promise<Doubt | null>;
  /** What the page shows now; null from a document that doesn't answer. */
  look(): Promise<Snapshot | null>;
}

/** What the field that the person is in turned out to be. */
export interface Focus {
  call: number;
  kind: FieldKind | null;
  snapshot: Snapshot;
}

interface Listeners {
  open(at: FieldDocument, focus: Focus, by: 'icon' | 'key'): void;
  closed(at: FieldDocument, opening: string, why: 'gone' | 'no-room'): void;
  attempt(at: FieldDocument, attempt: Said<'attempt'>): void;
  settled(at: FieldDocument, how: Said<'settled'>['how']): void;
  gone(at: FieldDocument): void;
}

let calls = 0;
const listeners: Partial<Listeners>[] = [];
export const listen = (more: Partial<Listeners>): unknown => listeners.push(more);
function tellAll<K extends keyof Listeners>(name: K, ...args: Parameters<Listeners[K]>): void {
  for (const each of listeners) (each[name] as ((...args: unknown[]) => void) | undefined)?.(...args);
}

const documents = new Map<string, FieldDocument>();
let waiting: { documentId: string; found: (at: FieldDocument) => void }[] = [];

/** Where the browser gives documents no id, frame and tab stand for it; nothing is filled in the page there. */
const documentOf = ({ tab, frameId, documentId }: chrome.runtime.MessageSender): string =>
  documentId ?? `frame-${tab?.id ?? -1}-${frameId ?? -1}`;

export function onFieldPort(port: chrome.runtime.Port): void {
  const { sender } = port;
  const tabId = sender?.tab?.id;
  if (port.name !== FIELD_PORT || sender?.id !== chrome.runtime.id || tabId === undefined || sender.frameId === undefined) {
    port.disconnect();
    return;
  }
  const attested = new Map<number, (doubt: Doubt | null) => void>();
  const looked = new Map<number, (seen: Snapshot | null) => void>();
  const at: FieldDocument = {
    tabId,
    frame: sender.frameId,
    documentId: documentOf(sender),
    origin: sender.origin ?? '',
    url: sender.url ?? '',
    say: (message) => {
      try {
        port.postMessage(message);
      } catch {
        // The document has just gone; its listeners hear of that by themselves.
      }
    },
    attest: (opened) =>
      new Promise((done) => {
        calls += 1;
        attested.set(calls, done);
        setTimeout(() => done('closed'), ANSWER_MS);
        at.say({ type: 'attest', call: calls, opening: opened });
      }),
    look: () =>
      new Promise((done) => {
        calls += 1;
        looked.set(calls, done);
        setTimeout(() => done(null), ANSWER_MS);
        at.say({ type: 'look', call: calls });
      }),
  };
  let focus: Promise<Focus> | null = null;
  port.onMessage.addListener((raw: unknown) => {
    let message: FromField;
    try {
      message = said(raw);
    } catch {
      port.disconnect();
      return;
    }
    if (message.type === 'focused') focus = answerFor(at, message);
    else if (message.type === 'attested') attested.get(message.call)?.(message.doubt);
    else if (message.type === 'looked') looked.get(message.call)?.(message.snapshot);
    else if (message.type === 'closed') tellAll('closed', at, message.opening, message.why);
    else if (message.type === 'attempt') tellAll('attempt', at, message);
    else if (message.type === 'settled') tellAll('settled', at, message.how);
    else {
      const { by, call: wanted } = message;
      void focus?.then((known) => known.call === wanted && tellAll('open', at, known, by));
    }
  });
  port.onDisconnect.addListener(() => {
    if (documents.get(at.documentId) === at) documents.delete(at.documentId);
    tellAll('gone', at);
  });
  documents.set(at.documentId, at);
  for (const each of waiting) if (each.documentId === at.documentId) each.found(at);
}

async function answerFor(at: FieldDocument, { call: asked, snapshot: seen }: Said<'focused'>): Promise<Focus> {
  const nothing = { kind: null, watch: [] };
  // Nothing is ever filled in a document whose origin has no name.
  const known = /^https?:/.test(at.origin) ? understand(seen).then((found) => kindOf(seen, found)) : Promise.resolve(nothing);
  const [{ kind, watch }, icon] = await Promise.all([known.catch(() => nothing), iconWanted()]);
  at.say({ type: 'field', call: asked, kind, icon, watch });
  return { call: asked, kind, snapshot: seen };
}

/** The script of this document, put there first if need be; null where none can be. */
export async function scriptIn(tabId: number, frameId: number, documentId?: string): Promise<FieldDocument | null> {
  const known = documentId === undefined ? undefined : documents.get(documentId);
  if (known) return known;
  const target = documentId === undefined ? { tabId, frameIds: [frameId] } : { tabId, documentIds: [documentId] };
  try {
    const results = await chrome.scripting.executeScript({ target, files: ['content.js'], injectImmediately: true });
    const id = results[0]?.documentId ?? `frame-${tabId}-${frameId}`;
    return documents.get(id) ?? (await appears(id));
  } catch {
    return null;
  }
}

function appears(documentId: string): Promise<FieldDocument | null> {
  const entry: (typeof waiting)[number] = { documentId, found: () => undefined };
  waiting.push(entry);
  return new Promise<FieldDocument | null>((done) => {
    entry.found = done;
    setTimeout(() => done(null), ANSWER_MS);
  }).finally(() => {
    waiting = waiting.filter((each) => each !== entry);
  });
}

/** watch.js saw a person go into a field; believed is only where that message came from. */
export function onFocused(message: unknown, { id, tab, frameId, documentId }: chrome.runtime.MessageSender): void {
  if (typeof message !== 'object' || message === null || (message as { to?: unknown }).to !== 'page') return;
  if (id !== chrome.runtime.id || tab?.id === undefined || frameId === undefined) return;
  void scriptIn(tab.id, frameId, documentId);
}
