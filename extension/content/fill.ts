import type { FieldResult, FillGrant, FillReport, FillStep } from '../shared/page.ts';
import type { Described } from './describe.ts';
import * as dom from './dom.ts';
import { strayTarget } from './target.ts';
import { choose, type } from './type.ts';
import { frameVisible, visibilityOf } from './visible.ts';
import { watch } from './watch.ts';

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
  if (grant.snapshot !== described.snapshot.id || age < 0 || age > LIFE) return failed(grant, 'page-changed', 'gone');
  const group = described.groups[grant.group]?.deref();
  const fields = grant.steps.map((step) => described.fields[step.field]?.deref());
  const owned = (field: dom.FieldElement): boolean => group !== undefined && (dom.formOf(field) === group || dom.isInside(field, group));

  const check = (step: FillStep, field: dom.FieldElement | undefined): FieldResult | null => {
    if (!field || !dom.isConnected(field) || dom.ownerDocument(field) !== document || !owned(field)) return 'gone';
    if (dom.disabled(field) || dom.hasAttribute(field, 'readonly')) return 'not-editable';
    if (step.action === 'secret' && !isPassword(field)) return 'not-password';
    if (strayTarget(group, grant.targets) !== null) return 'action-changed';
    if (visibilityOf(field) === 'off-screen') dom.scrollIntoView(field, { block: 'center', behavior: 'instant' });
    return visibilityOf(field) === 'yes' ? null : 'not-visible';
  };

  if (!frameVisible()) return failed(grant, 'not-visible', 'not-visible');
  const problems = grant.steps.map((step, index) => check(step, fields[index]));
  if (problems.some((problem) => problem === 'gone' || problem === 'action-changed'))
    return failed(grant, 'page-changed', 'gone', problems);
  if (problems.every((problem) => problem === 'not-visible')) return failed(grant, 'not-visible', 'not-visible');

  const set = (step: FillStep, field: dom.FieldElement | undefined): FieldResult => {
    const problem = check(step, field);
    if (problem || !field) return problem ?? 'gone';
    let late: FieldResult | null = null;
    const onSet = (): boolean => {
      late = check(step, field);
      return late === null;
    };
    const done =
      step.action === 'select' && field instanceof HTMLSelectElement ? choose(field, step.value, onSet) : type(field, step.value, onSet);
    return late ?? (done ? 'filled' : 'no-option');
  };

  const results = grant.steps.map((step, index) => set(step, fields[index]));
  const secrets = grant.steps.flatMap((step, index) => {
    const field = fields[index];
    return field && step.action !== 'select' && results[index] === 'filled' ? [field] : [];
  });
  watch(group, secrets, grant.targets, cleared);

  // A framework that renders late puts its own state back: say it once more, then tell how it ended.
  let leaving = false;
  dom.addListener(window, 'pagehide', () => (leaving = true), { once: true });
  await pause(SETTLE);
  grant.steps.forEach((step, index) => {
    if (results[index] === 'filled' && !leaving && !kept(step, fields[index])) results[index] = set(step, fields[index]);
  });
  if (!leaving) await pause(SETTLE_AGAIN);
  grant.steps.forEach((step, index) => {
    if (results[index] === 'filled' && !kept(step, fields[index])) results[index] = 'reset';
  });
  const filled = results.filter((result) => result === 'filled').length;
  return {
    status: filled === results.length ? 'filled' : filled > 0 ? 'partly' : 'page-changed',
    fields: report(grant, results),
    exposed: grant.steps.some((step, index) => step.action === 'secret' && results[index] === 'filled' && !isPassword(fields[index])),
  };
}

const isPassword = (field: dom.FieldElement | undefined): boolean =>
  field instanceof HTMLInputElement && dom.inputType(field) === 'password';

/** Pages may group or upper-case what they were given; letters and digits in order mean it stayed. */
function kept(step: FillStep, field: dom.FieldElement | undefined): boolean {
  // A page that took the field away after `input` has taken the value, too.
  if (!field || !dom.isConnected(field) || step.action === 'select') return true;
  const value = dom.fieldValue(field);
  if (value === step.value) return true;
  const fold = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return step.action === 'text' && fold(value) !== '' && fold(value) === fold(step.value);
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
