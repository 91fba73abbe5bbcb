import type { ButtonSnapshot, GroupSnapshot } from '../shared/page.ts';
import { LIMITS } from '../shared/page.ts';
import * as dom from './dom.ts';
import { textOf, tidy } from './text.ts';
import { isPainted } from './visible.ts';

/** Fields of one visual group stand no further apart than this, CSS pixels. */
const GAP = 180;

export interface Found {
  fields: dom.FieldElement[];
  buttons: Element[];
  headings: Element[];
  links: Element[];
  checks: Element[];
  /** Labels of each field, in document order. */
  labels: Map<Element, Element[]>;
}

type Kind = 'buttons' | 'headings' | 'links' | 'checks';
type Belongings = Record<Kind, Element[]>;

const isMethod = (text: string): text is 'get' | 'post' | 'dialog' => /^(get|post|dialog)$/.test(text);

function attributesOf(element: Element): string {
  const read = (name: string): string => dom.getAttribute(element, name) ?? '';
  return tidy(['id', 'name', 'class', 'role', 'aria-label', 'data-testid'].map(read).join(' '));
}

export function isSubmit(button: Element): boolean {
  if (button instanceof HTMLInputElement) return /^(submit|image)$/.test(dom.inputType(button));
  return button instanceof HTMLButtonElement && dom.buttonType(button) === 'submit';
}

/** Where a submit button of its own accord sends the form, resolved; '' where it does not. */
export function formActionOf(button: Element): string {
  if (!dom.hasAttribute(button, 'formaction')) return '';
  if (button instanceof HTMLInputElement) return dom.inputFormAction(button);
  return button instanceof HTMLButtonElement ? dom.buttonFormAction(button) : '';
}

/**
 * The form that owns each field, or else the smallest part of the page that has the field and a
 * button; parts that are that small only because of a button beside a field are joined.
 */
export function groupFields(found: Found): Map<dom.FieldElement, Element> {
  const groups = new Map<dom.FieldElement, Element>();
  const holders = new Set<Element>();
  for (const button of found.buttons) for (let at: Element | null = button; at && !holders.has(at); at = dom.parentOf(at)) holders.add(at);
  const loose: dom.FieldElement[] = [];
  for (const field of found.fields) {
    let owner: Element | null = dom.formOf(field);
    for (let at = dom.parentOf(field); at && !owner; at = dom.parentOf(at)) if (dom.localName(at) === 'form') owner = at;
    if (owner) groups.set(field, owner);
    else loose.push(field);
  }
  for (const field of loose) {
    let at = dom.parentOf(field);
    while (at && !holders.has(at) && dom.parentOf(at)) at = dom.parentOf(at);
    groups.set(field, at ?? field);
  }
  for (let index = 1; index < loose.length; index++) {
    const [one, two] = [loose[index - 1], loose[index]];
    if (!one || !two) continue;
    const [first, second] = [groups.get(one), groups.get(two)];
    if (!first || !second || first === second) continue;
    const [above, below] = [dom.getRect(one), dom.getRect(two)];
    if (Math.abs(below.top - above.bottom) > GAP || Math.abs(below.left - above.left) > GAP * 2) continue;
    if (!dom.isInside(first, second) && !dom.isInside(second, first) && !alike(first, second)) continue;
    let common: Element | null = first;
    while (common && !dom.isInside(second, common)) common = dom.parentOf(common);
    if (common) for (const [field, group] of groups) if (group === first || group === second) groups.set(field, common);
  }
  return groups;
}

/** Rows of one form, each with a button of its own (to show or to clear what was typed). */
function alike(one: Element, two: Element): boolean {
  if (dom.parentOf(one) !== dom.parentOf(two) || dom.localName(one) !== dom.localName(two)) return false;
  return dom.getAttribute(one, 'class') === dom.getAttribute(two, 'class');
}

function describeButton(button: Element): ButtonSnapshot {
  const method = (dom.getAttribute(button, 'formmethod') ?? '').toLowerCase();
  const label = button instanceof HTMLInputElement ? dom.fieldValue(button) || dom.getAttribute(button, 'alt') : textOf(button);
  return {
    text: tidy(label),
    attributes: attributesOf(button),
    submit: isSubmit(button),
    formAction: formActionOf(button).slice(0, LIMITS.url),
    formMethod: isMethod(method) ? method : '',
    visible: isPainted(button),
  };
}

/** What lies in each group, or says by `form=` that it belongs there. */
export function belongings(found: Found, groups: Element[]): Map<Element, Belongings> {
  const own = new Map(groups.map((group): [Element, Belongings] => [group, { buttons: [], headings: [], links: [], checks: [] }]));
  const above = new Map<Element, Set<Belongings>>();
  const around = (at: Element | null): Set<Belongings> => {
    if (!at) return new Set();
    const known = above.get(at);
    if (known) return known;
    const inner = own.get(at);
    const outer = around(dom.parentOf(at));
    const all = inner ? new Set([...outer, inner]) : outer;
    above.set(at, all);
    return all;
  };
  for (const kind of ['buttons', 'headings', 'links', 'checks'] as const) {
    for (const element of found[kind]) {
      const all = new Set(around(element));
      const form = /^(buttons|checks)$/.test(kind) && dom.formOf(element);
      const claimed = form && own.get(form);
      if (claimed) all.add(claimed);
      for (const group of all) group[kind].push(element);
    }
  }
  return own;
}

export function describeGroup(group: Element, found: Found, own: Belongings, members: dom.FieldElement[]): GroupSnapshot {
  const form = group instanceof HTMLFormElement ? group : null;
  const headings = [...own.headings];
  const [first] = members;
  if (headings.length === 0 && first) {
    // Bit 2: the field follows the heading.
    const above = found.headings.findLast((heading) => dom.compare(heading, first) & 4);
    if (above) headings.push(above);
  }
  const method = form ? dom.formMethod(form).toLowerCase() : '';
  const written = form ? (dom.getAttribute(form, 'action') ?? '').trim() : '';
  const buttons = [...own.buttons];
  // Those that send the form, and elsewhere at that, come first, so that the cap does not take them (S-68).
  const weight = (button: Element): number => (isSubmit(button) ? (formActionOf(button) ? 2 : 1) : 0);
  buttons.sort((a, b) => weight(b) - weight(a));
  return {
    isForm: form !== null,
    attributes: attributesOf(group),
    action: form ? dom.formAction(form).slice(0, LIMITS.url) : '',
    hasAction: written !== '' && !written.startsWith('#'),
    method: isMethod(method) ? method : '',
    hasMethod: form !== null && dom.hasAttribute(form, 'method'),
    headings: headings.slice(0, LIMITS.headings).map(textOf),
    links: own.links.slice(0, LIMITS.links).map(textOf),
    checks: own.checks
      .slice(0, LIMITS.checks)
      .map((check) => tidy(`${found.labels.get(check)?.map(textOf).join(' ') ?? ''} ${attributesOf(check)}`)),
    buttons: buttons.slice(0, LIMITS.buttons).map(describeButton),
  };
}
