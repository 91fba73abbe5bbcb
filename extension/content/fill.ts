import type { FieldResult, FillGrant, FillReport, FillStep } from '../shared/page.ts';
import type { Described } from './describe.ts';
import * as dom from './dom.ts';
import { isPassword, Place } from './place.ts';
import { shown } from './seen.ts';
import { choose, enter, fitting, set, turn, type } from './type.ts';
import { visibilityOf } from './visible.ts';
import { type Watch, watch } from './watch.ts';

/** A grant is good for this long (S-76), ms. */
const LIFE = 2000;
/** When a page that puts a field back has usually done so, ms. */
const SETTLE = 60;
const SETTLE_AGAIN = 250;

/** Ends early when the document goes: a page that submits by itself must not swallow the report. */
const pause = (ms: number): Promise<void> =>
  new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      dom.removeListener(window, 'pagehide', end);
      done();
    };
    const timer = setTimeout(end, ms);
    dom.addListener(window, 'pagehide', end);
  });

/**
 * Carries out a grant, once. Everything that the policy judged by the snapshot is looked at again
 * here, for all fields before the first is set and for each right before its own turn, because the
 * page may have changed in between and its listeners run in the middle of it.
 */
export async function fill(grant: FillGrant, described: Described, cleared: (target: string) => void): Promise<FillReport> {
  const age = Date.now() - grant.mintedAt;
  const same = grant.snapshot === described.snapshot.id && location.href === described.address;
  if (!same || age < 0 || age > LIFE) return failed(grant, 'page-changed', 'gone');
  const place = new Place(grant, described);
  const { steps } = grant;
  const each = <T>(read: (step: FillStep, field: dom.FieldElement | undefined) => T): T[] =>
    steps.map((step) => read(step, place.field(step)));

  const problems = each((step, field) => place.problem(step, field, false));
  if (problems.some((problem) => problem === 'gone' || problem === 'action-changed'))
    return failed(grant, 'page-changed', 'gone', problems);
  if (problems.every((problem) => problem === 'not-visible')) return failed(grant, 'not-visible', 'not-visible');
  const seen = each((_, field) => (field && visibilityOf(field) === 'yes' ? [field] : [])).flat();
  if (!(await shown(seen))) return failed(grant, 'not-visible', 'not-visible');

  let ended = false;
  const watching = watch(grant.targets, (target) => {
    ended = true;
    cleared(target);
  });
  const results: FieldResult[] = [];
  for (const step of steps) results.push(await carryOut(place, step, watching, false));
  watching.stopIfIdle();

  // A framework that renders late puts its own state back, a mask takes one sign at a time: once more,
  // by typing; then it is told how it ended.
  dom.addListener(window, 'pagehide', () => (ended = true), { once: true });
  await pause(SETTLE);
  for (const [index, step] of steps.entries()) {
    if (ended || results[index] !== 'filled' || kept(step, place.field(step))) continue;
    results[index] = await carryOut(place, step, watching, true);
  }
  if (!ended) await pause(SETTLE_AGAIN);
  each((step, field) => kept(step, field)).forEach((held, index) => {
    if (results[index] === 'filled' && !held) results[index] = 'reset';
  });
  const filled = results.filter((result) => result === 'filled').length;
  return {
    status: filled === results.length ? 'filled' : filled > 0 ? 'partly' : 'page-changed',
    fields: report(grant, results),
    exposed: each((step, field) => step.action === 'secret' && field !== undefined && !isPassword(field)).some(
      (shows, index) => shows && results[index] === 'filled',
    ),
  };
}

/** One step, at once or, if the page wants that, sign by sign. */
async function carryOut(place: Place, step: FillStep, watching: Watch, typing: boolean): Promise<FieldResult> {
  const first = place.field(step);
  const problem = place.problem(step, first, false);
  if (problem || !first) return problem ?? 'gone';
  let leave = enter(first);
  // Some fields become password fields, or others altogether, when they are entered.
  await turn();
  const late: { problem: FieldResult | null } = { problem: null };
  const spot = (): dom.FieldElement | null => {
    const field = place.field(step);
    late.problem = place.problem(step, field, true);
    return late.problem === null && field ? field : null;
  };
  const field = spot();
  if (field && field !== first) leave = enter(field);
  const outcome = await putIn(spot, step, typing);
  const now = place.field(step);
  if (outcome === 'set' && step.action !== 'select' && now) watching.add(now);
  leave();
  await turn();
  if (outcome === 'set') return 'filled';
  return late.problem ?? (outcome === 'no-option' ? 'no-option' : 'gone');
}

async function putIn(spot: () => dom.FieldElement | null, step: FillStep, typing: boolean): Promise<'set' | 'no-option' | 'barred'> {
  if (step.action === 'select') return choose(spot, [step.value, ...(step.also ?? [])]);
  const outcome = typing ? 'vetoed' : set(spot, step.value);
  if (outcome !== 'vetoed') return outcome;
  return (await type(spot, step.value)) ? 'set' : 'barred';
}

/** Pages may group or upper-case what they were given; letters and digits in order mean it stayed. */
function kept(step: FillStep, field: dom.FieldElement | undefined): boolean {
  // A page that took the field away after `input` has taken the value, too.
  if (!field || !dom.isConnected(field) || step.action === 'select') return true;
  const value = dom.fieldValue(field);
  const wanted = fitting(field, step.value);
  if (value === wanted) return true;
  const fold = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return step.action === 'text' && fold(value) !== '' && fold(value) === fold(wanted);
}

const report = (grant: FillGrant, results: FieldResult[]): FillReport['fields'] =>
  grant.steps.map((step, index) => ({ field: step.field, result: results[index] ?? 'gone' }));

/** Nothing was set. */
function failed(grant: FillGrant, status: FillReport['status'], otherwise: FieldResult, results: (FieldResult | null)[] = []): FillReport {
  return {
    status,
    fields: report(
      grant,
      grant.steps.map((_, index) => results[index] ?? otherwise),
    ),
    exposed: false,
  };
}
