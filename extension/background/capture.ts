/**
 * From a form that is being sent to the question whether to save it. What was typed is sealed at once; the
 * site's answer decides whether anybody is asked: a form that comes back was refused.
 */

import type { Snapshot } from '../shared/page.ts';
import { Allowance } from './allowance.ts';
import { refreshBadge } from './badge.ts';
import { shownAgain } from './capture-answer.ts';
import { ask, judged } from './capture-prompt.ts';
import { viewOf } from './capture-save.ts';
import { run } from './engine.ts';
import { type FieldDocument, listen, scriptIn } from './field.ts';
import { FLOW_MS, type Flow, flows, inTurn, put, remove, without } from './flows.ts';
import type { Writes } from './storage.ts';

/** A page that has just come may still have to draw its form, ms. */
const SETTLE_MS = 700;
/** A page that only leads to the next one is followed for this long, ms. */
const HOPS_MS = 30_000;
/** Times that a person is asked in the page about one sign-in; the popup's card stays. */
const MOST_ASKED = 3;
const BLANK_MS = 10_000;
/** Nobody goes elsewhere by hand sooner after sending a form, ms. */
const LEFT_MS = 2_000;
/** Forms that one tab's documents of an origin send: more than people do, fewer than it takes to try passwords by (S-91). */
const sendings = new Allowance(20, 3_000);

interface Sealed {
  id: string | null;
  has: { username: boolean; password: boolean; newPassword: boolean; generated: boolean };
}

listen({
  attempt: (at, { snapshot, values }) => {
    if (sendings.take(`${at.tabId} ${at.origin}`)) void inTurn(() => attempted(at, snapshot, values));
  },
  settled: (at, how) => {
    void inTurn(() => settled(at, how !== 'refused'));
  },
  gone: (at) => {
    if (at.frame !== 0) setTimeout(() => void inTurn(() => frameGone(at)), 2 * SETTLE_MS);
  },
});

function seal(origin: string, snapshot: Snapshot, values: [number, string][]): Promise<Sealed | null> {
  return run(async ({ engine, state, commit }) => {
    if (state !== 'locked' && state !== 'unlocked') return null;
    const sealed = engine.sealCapture(JSON.stringify({ origin, snapshot, values }));
    await commit(sealed.writes as Writes);
    return { id: sealed.id, has: JSON.parse(sealed.has) as Sealed['has'] };
  });
}

async function attempted(at: FieldDocument, snapshot: Snapshot, values: [number, string][]): Promise<void> {
  const sealed = await seal(at.origin, snapshot, values);
  if (!sealed?.id) return;
  const { id, has } = sealed;
  const top = await documentIn(at.tabId, 0);
  const typed = has.password || has.newPassword;
  const before = (await flows()).filter((flow) => flow.tabId === at.tabId && Date.now() - flow.at < FLOW_MS).at(-1);
  const again = before?.state === 'pending' && before.documentId === at.documentId;
  // The same form once more: what it held before was not taken. A password that Sesame made is kept all the same.
  const captures = before && again && !before.generated ? before.captures.slice(0, -1) : (before?.captures ?? []);
  const goesOn = before && (before.state === 'named' || again || (before.origin === at.origin && !(await isAnothers(before, id, has))));
  const taken = before?.state === 'waiting' || before?.state === 'kept' ? before.captures.length : (before?.back ?? 0);
  const flow: Flow = {
    id: goesOn ? before.id : crypto.randomUUID().replaceAll('-', ''),
    captures: [...(goesOn ? captures : []), id],
    origin: at.origin,
    tabId: at.tabId,
    frame: at.frame,
    documentId: at.documentId,
    topId: top ?? '',
    state: typed ? 'pending' : 'named',
    at: Date.now(),
    fresh: has.newPassword,
    generated: has.generated || (goesOn ? before.generated : false),
    asked: 0,
    // One that Sesame made is not given up, whatever the answer.
    back: goesOn && !has.generated ? taken : 0,
  };
  // Another user name is another sign-in; a sign-in that waits is not given up for a name.
  if (!typed && before?.state === 'waiting') return put({ ...flow, id: crypto.randomUUID().replaceAll('-', ''), captures: [id], back: 0 });
  await put(flow);
  // The answer may have come while this was being sealed.
  const now = await documentIn(at.tabId, at.frame);
  if (typed && now && now !== at.documentId) soon(at.tabId, at.frame);
}

/** Whether a sign-in that waits is of one account and this one of another; while locked nobody can tell. */
async function isAnothers(before: Flow, capture: string, has: Sealed['has']): Promise<boolean> {
  if (before.state !== 'waiting' || !has.username || !has.password || has.newPassword) return false;
  const [one, other] = [await viewOf(before), await viewOf({ ...before, captures: [capture] })];
  return typeof one === 'object' && typeof other === 'object' && one?.username !== other?.username;
}

/** Null where there is no such frame any more, empty where the browser gives documents no name. */
async function documentIn(tabId: number, frameId: number): Promise<string | null> {
  const frame = await chrome.webNavigation.getFrame({ tabId, frameId }).catch(() => null);
  return frame ? (frame.documentId ?? '') : null;
}

const pendingIn = async (which: (flow: Flow) => boolean): Promise<Flow[]> =>
  (await flows()).filter((flow) => flow.state === 'pending' && which(flow));

async function settled(at: FieldDocument, well: boolean): Promise<void> {
  for (const flow of await pendingIn(({ documentId }) => documentId === at.documentId)) await (well ? taken(flow) : refused(flow));
}

/** Not to be asked about; but a password that Sesame made may have been taken all the same. */
function refused(flow: Flow): Promise<void> {
  if (flow.back > 0) return put(without(flow));
  return flow.generated ? put({ ...flow, state: 'kept' }) : remove(flow.id);
}

/** A frame with a sign-in was taken away, and the page around it stayed. */
async function frameGone(at: FieldDocument): Promise<void> {
  for (const flow of await pendingIn(({ documentId }) => documentId === at.documentId)) {
    const [frame, top] = [await documentIn(at.tabId, at.frame), await documentIn(at.tabId, 0)];
    if (frame === null && top === flow.topId) await taken(flow);
  }
}

/** The site took it: asks, unless there is nothing to ask. */
async function taken(flow: Flow): Promise<void> {
  const waits: Flow = { ...flow, state: 'waiting', at: Date.now() };
  await put(waits);
  await question(waits);
}

async function question(flow: Flow): Promise<void> {
  const known = await judged(flow);
  if (known === 'drop') return remove(flow.id);
  await refreshBadge(flow.tabId);
  if (flow.asked >= MOST_ASKED) return;
  const top = await scriptIn(flow.tabId, 0);
  if (!top) return;
  await put({ ...flow, asked: flow.asked + 1 });
  ask(top, flow);
}

function soon(tabId: number, frameId: number): void {
  setTimeout(() => void inTurn(() => arrived(tabId, frameId)), SETTLE_MS);
}

/** Another page has come into a frame of a tab. */
async function arrived(tabId: number, frameId: number): Promise<void> {
  const mine = (await flows()).filter((flow) => flow.tabId === tabId && (frameId === 0 || flow.frame === frameId));
  for (const flow of mine) {
    const hopping = flow.state === 'waiting' && frameId === 0 && Date.now() - flow.at < HOPS_MS;
    if (flow.state !== 'pending' && !hopping) {
      if (flow.state === 'waiting' && frameId === 0) await question(flow);
      continue;
    }
    if ((await documentIn(tabId, frameId)) === flow.documentId) continue;
    const back = await shownAgain(flow, tabId, frameId);
    if (back === null) continue;
    if (back) await refused(flow);
    else if (flow.state === 'pending') await taken(flow);
    else await question(flow);
  }
}

/** All listeners of the browser's that this needs; called while the worker starts. */
export function watchPages(): void {
  chrome.webNavigation.onDOMContentLoaded.addListener(({ tabId, frameId }) => {
    void inTurn(flows).then((all) => {
      if (all.some((flow) => flow.tabId === tabId && flow.state !== 'named')) soon(tabId, frameId);
    });
  });
  // Who goes back, or elsewhere by the address bar, a while after sending a form, was not led there by its answer.
  chrome.webNavigation.onCommitted.addListener(({ tabId, frameId, transitionQualifiers }) => {
    if (frameId !== 0 || !(transitionQualifiers ?? []).some((how) => how === 'forward_back' || how === 'from_address_bar')) return;
    void inTurn(async () => {
      for (const flow of await pendingIn((each) => each.tabId === tabId && Date.now() - each.at > LEFT_MS)) await refused(flow);
    });
  });
  // A form that is sent into a tab of its own.
  chrome.webNavigation.onCreatedNavigationTarget.addListener(({ sourceTabId, tabId }) => {
    void inTurn(async () => {
      for (const flow of await pendingIn((each) => each.tabId === sourceTabId && Date.now() - each.at < BLANK_MS)) {
        await put({ ...flow, tabId, frame: 0 });
        soon(tabId, 0);
      }
    });
  });
  // Windows for signing in close by themselves when they are done; what was sent is asked about in the popup.
  chrome.tabs.onRemoved.addListener((tabId) => {
    void inTurn(async () => {
      for (const flow of await pendingIn((each) => each.tabId === tabId)) {
        const waits: Flow = { ...flow, state: 'waiting', at: Date.now() };
        await put(waits);
        if ((await judged(waits)) === 'drop') await remove(flow.id);
      }
    });
  });
}
