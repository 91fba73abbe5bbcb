/**
 * Filling, as an order of events: look at every frame of the tab, let the engine decide, carry its
 * grant to the one document it names. What may be filled where is decided in Rust only (S-75).
 */
import type { Engine } from '../../build/wasm/engine/engine.js';
import type { FillConfirm, FillOutcome, ItemId } from '../shared/api.ts';
import type { FillGrant, FillVerdict, FrameInput } from '../shared/page.ts';
import { run, withSuffixes } from './engine.ts';
import { collect, type PageFrame } from './page.ts';
import { readRow } from './storage.ts';
import { webTab } from './tabs.ts';

/** A frame that hasn't described itself by then counts as one that Sesame can't see into. */
const DESCRIBE_MS = 1_500;
/** A grant lives 2 s (S-76); the script's report comes within that or not at all. */
const REPORT_MS = 3_000;

interface FillPlace {
  tabId: number;
  confirm?: FillConfirm;
  target?: string;
  /** Where the person chose, when that was in the page: this document, and the form they are in. */
  at?: { frame: number; documentId: string };
}

export interface FillRequest extends FillPlace {
  id: ItemId;
}

/** A generated password, which must be in the history already: whatever the page does then, it is not lost. */
interface SuggestedRequest extends FillPlace {
  value: string;
}

const after = (ms: number): Promise<null> => new Promise((done) => setTimeout(done, ms, null));

interface View {
  frames: PageFrame[];
  inputs: FrameInput[];
}

export const fill = (request: FillRequest): Promise<FillOutcome> =>
  carryOut(request, async (engine, frames, confirm, at) =>
    engine.planFill(request.id, await readRow('items', request.id), frames, confirm, at),
  );

export const fillSuggested = (request: SuggestedRequest): Promise<FillOutcome> =>
  carryOut(request, async (engine, frames, confirm, at) => engine.planSuggested(request.value, frames, confirm, at));

type Plan = (engine: Engine, frames: string, confirm: string, at: string) => Promise<string>;

async function carryOut(request: FillPlace, decide: Plan): Promise<FillOutcome> {
  const tab = await webTab(request.tabId);
  if (!tab) return { result: 'refused', reason: 'no-page', origin: '' };
  const view = await look(request.tabId);
  if (!view) return { result: 'refused', reason: 'page-not-reachable', origin: tab.origin };
  let chosen: PageFrame | undefined;
  const { at } = request;
  try {
    // The document that the person chose in has gone (S-76).
    if (at && !view.inputs.some(({ frame, documentId }) => frame === at.frame && documentId === at.documentId)) {
      return { result: 'refused', reason: 'page-changed', origin: tab.origin };
    }
    const verdict = await plan(request, view.inputs, decide);
    if (verdict.verdict === 'confirm') {
      return { result: 'confirm', reason: verdict.reason, origin: verdict.origin, target: verdict.target };
    }
    if (verdict.verdict === 'refuse') {
      return { result: 'refused', reason: verdict.reason, origin: verdict.origin || tab.origin };
    }
    const { verdict: _, ...grant } = verdict;
    chosen = view.frames.find((frame) => frame.documentId === grant.documentId && frame.frame === grant.frame);
    return await carry(grant, chosen);
  } finally {
    // The filled document keeps its port: its script watches where the form goes for a minute (S-69).
    for (const frame of view.frames) if (frame !== chosen) frame.close();
  }
}

/** Puts the script into every frame that takes it, and has each describe itself. Null: not even the top frame. */
export async function look(tabId: number): Promise<View | null> {
  const found = new Map<number, { frame: PageFrame; snapshot: FrameInput['snapshot'] }>();
  let changed: () => void = () => undefined;
  const stop = collect(tabId, (frame) => {
    found.get(frame.frame)?.frame.close();
    const entry = { frame, snapshot: null as FrameInput['snapshot'] };
    found.set(frame.frame, entry);
    void frame.snapshot().then((snapshot) => {
      entry.snapshot = snapshot;
      changed();
    });
  });
  const end = after(DESCRIBE_MS);
  try {
    const injected = await Promise.race([inject(tabId), end]);
    const complete = new Promise<null>((done) => {
      changed = () => {
        if (injected?.every((frame) => found.get(frame)?.snapshot)) done(null);
      };
      changed();
    });
    await Promise.race([complete, end]);
  } catch {
    return null;
  } finally {
    stop();
  }
  const tree = (await chrome.webNavigation.getAllFrames({ tabId })) ?? [];
  const inputs = tree.map(({ frameId, parentFrameId, documentId }): FrameInput => {
    const seen = found.get(frameId);
    // A document that came after the script's is one nobody has looked at.
    const same = seen && (documentId === undefined || seen.frame.documentId === documentId) ? seen : null;
    return {
      frame: frameId,
      parent: parentFrameId,
      origin: same?.frame.origin ?? '',
      url: same?.frame.url ?? '',
      documentId: same?.frame.documentId ?? documentId ?? '',
      snapshot: same?.snapshot ?? null,
    };
  });
  return { frames: [...found.values()].map(({ frame }) => frame), inputs };
}

async function inject(tabId: number): Promise<number[]> {
  const results = await chrome.scripting.executeScript({
    target: { tabId, allFrames: true },
    files: ['content.js'],
    // A page that never finishes loading is on the screen all the same.
    injectImmediately: true,
  });
  return results.map(({ frameId }) => frameId);
}

function plan({ confirm, target, at }: FillPlace, inputs: FrameInput[], decide: Plan): Promise<FillVerdict> {
  return run(async (desk) => {
    const engine = await withSuffixes(desk);
    const answer = confirm === undefined ? '' : `${confirm} ${target ?? ''}`;
    return JSON.parse(await decide(engine, JSON.stringify(inputs), answer, at ? JSON.stringify(at) : '')) as FillVerdict;
  });
}

async function carry(grant: FillGrant, frame: PageFrame | undefined): Promise<FillOutcome> {
  const changed: FillOutcome = { result: 'refused', reason: 'page-changed', origin: grant.origin };
  if (!frame) return changed;
  const report = await Promise.race([frame.fill(grant), after(REPORT_MS)]).catch(() => null);
  if (report === null || report.status === 'page-changed') return changed;
  if (report.status === 'not-visible') return { result: 'refused', reason: 'not-visible', origin: grant.origin };
  const fields = report.fields.filter(({ result }) => result === 'filled').length;
  return grant.next === null ? { result: 'filled', fields } : { result: 'filled', fields, next: grant.next };
}
