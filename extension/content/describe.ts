import type { FieldSnapshot, Snapshot } from '../shared/page.ts';
import { LIMITS } from '../shared/page.ts';
import * as dom from './dom.ts';
import { belongings, describeGroup, type Found, groupFields } from './groups.ts';
import { remembering } from './layers.ts';
import { describedBy, labelOf, nearbyText, textOf, tidy } from './text.ts';
import { frameVisible, visibilityOf } from './visible.ts';

/** Types that nobody types into; those of them that are pressed to go on. */
const NOT_FILLED = /^(hidden|submit|button|image|reset|checkbox|radio|file|range|color)$/;
const PRESSED = /^(submit|button|image)$/;
const FIELDS = new Set(['input', 'select', 'textarea']);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'legend', 'caption']);

/** A snapshot and what its indices mean, as long as the page keeps the elements. */
export interface Described {
  snapshot: Snapshot;
  fields: WeakRef<dom.FieldElement>[];
  groups: WeakRef<Element>[];
  /** Where the document was then; pages change their address without leaving. */
  address: string;
}

function look(): Found {
  const found: Found = { fields: [], buttons: [], headings: [], links: [], checks: [], labels: new Map() };
  const take = (list: Element[], element: Element): void => {
    if (list.length < LIMITS.fields) list.push(element);
  };
  // Most elements of a page are none of these: they are asked for as little as can be.
  for (const element of dom.elements(document)) {
    const name = dom.localName(element);
    if (FIELDS.has(name) && dom.isField(element)) {
      const type = name === 'input' ? dom.inputType(element as HTMLInputElement) : name;
      if (PRESSED.test(type)) take(found.buttons, element);
      else if (type === 'checkbox') take(found.checks, element);
      else if (!NOT_FILLED.test(type)) take(found.fields, element);
    } else if (name === 'label') {
      label(found.labels, element);
    } else if (name === 'button') {
      take(found.buttons, element);
    } else if (HEADINGS.has(name)) {
      take(found.headings, element);
    } else {
      const role = dom.getAttribute(element, 'role');
      if (role === 'button') take(found.buttons, element);
      else if (role === 'heading') take(found.headings, element);
      else if (name === 'a') take(found.links, element);
    }
  }
  return found;
}

/** By the label, not by the field: asking a field searches the whole document for its labels. */
function label(labels: Found['labels'], element: Element): void {
  const field = element instanceof HTMLLabelElement && dom.labelled(element);
  if (!field) return;
  const own = labels.get(field);
  if (own) own.push(element);
  else labels.set(field, [element]);
}

/** Whether each element is hidden from assistive technology, itself or with what it lies in. */
function assistance(): (element: Element | null) => boolean {
  const known = new Map<Element, boolean>();
  const hidden = (element: Element | null): boolean => {
    if (!element) return false;
    let answer = known.get(element);
    if (answer === undefined) {
      answer = dom.getAttribute(element, 'aria-hidden') === 'true' || hidden(dom.parentOf(element));
      known.set(element, answer);
    }
    return answer;
  };
  return hidden;
}

function describeField(field: dom.FieldElement, group: number, labels: Element[], ariaHidden: boolean): FieldSnapshot {
  const label = labelOf(field, labels);
  const read = (name: string): string => tidy(dom.getAttribute(field, name));
  const rect = dom.getRect(field);
  const length = (name: string): number | null => {
    const units = Number.parseInt(dom.getAttribute(field, name) ?? '', 10);
    return units >= 0 ? Math.min(units, 1e6) : null;
  };
  const tab = Number.parseInt(dom.getAttribute(field, 'tabindex') ?? '0', 10);
  const whole = (value: number): number => Math.max(-1e6, Math.min(1e6, Math.round(value)));
  const tag = dom.localName(field) as FieldSnapshot['tag'];
  return {
    tag,
    type: field instanceof HTMLInputElement ? dom.inputType(field) : tag,
    name: read('name'),
    id: read('id'),
    className: read('class'),
    autocomplete: read('autocomplete'),
    placeholder: read('placeholder'),
    ariaLabel: read('aria-label'),
    title: read('title'),
    inputMode: read('inputmode'),
    pattern: read('pattern'),
    maxLength: length('maxlength'),
    minLength: length('minlength'),
    passwordRules: tidy(dom.getAttribute(field, 'passwordrules'), LIMITS.rules),
    readOnly: dom.hasAttribute(field, 'readonly'),
    disabled: dom.disabled(field),
    required: dom.hasAttribute(field, 'required'),
    hasValue: dom.fieldValue(field) !== '',
    ariaHidden,
    tabIndex: Number.isNaN(tab) ? 0 : whole(tab),
    label,
    description: describedBy(field),
    // What a label says is what a person reads; the text before it is the next best.
    nearby: label === '' ? nearbyText(field) : '',
    options:
      field instanceof HTMLSelectElement
        ? [...dom.optionsOf(field)].slice(0, LIMITS.options).map((option) => tidy(dom.optionLabel(option)))
        : [],
    group,
    visibility: visibilityOf(field),
    x: whole(rect.x),
    y: whole(rect.y),
    width: whole(rect.width),
    height: whole(rect.height),
  };
}

/** The field with the focus, through shadow roots; a document keeps it while the popup has the keyboard. */
function focused(fields: dom.FieldElement[]): number | null {
  let at = dom.activeIn(document);
  for (let inner = at && dom.shadowRoot(at); at && inner; inner = at && dom.shadowRoot(at)) {
    const active = dom.activeIn(inner);
    if (!active) break;
    at = active;
  }
  const index = at && dom.isField(at) ? fields.indexOf(at) : -1;
  return index < 0 ? null : index;
}

/** 128 random bits; `randomUUID` is missing on http pages. */
function randomName(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');
}

/** What this document shows. Reads only; leaves no mark in the page (S-93). */
export const describe = (): Described => remembering(describeAll);

function describeAll(): Described {
  const found = look();
  const owner = groupFields(found);
  const all = [...new Set(owner.values())].slice(0, LIMITS.groups);
  const fields = found.fields.filter((field) => all.includes(owner.get(field) ?? field));
  const root = dom.documentElement(document);
  const hidden = assistance();
  const snapshot: Snapshot = {
    id: randomName(),
    title: tidy(dom.documentTitle(document)),
    lang: tidy(root && dom.getAttribute(root, 'lang'), 20),
    path: tidy(location.pathname + location.hash),
    headings: found.headings.slice(0, LIMITS.headings).map(textOf),
    focused: focused(fields),
    frameVisible: frameVisible(),
    fields: fields.map((field) =>
      describeField(field, all.indexOf(owner.get(field) ?? field), found.labels.get(field) ?? [], hidden(field)),
    ),
    groups: [...belongings(found, all)].map(([group, own]) =>
      describeGroup(
        group,
        found,
        own,
        fields.filter((field) => owner.get(field) === group),
      ),
    ),
  };
  return {
    snapshot,
    fields: fields.map((field) => new WeakRef(field)),
    groups: all.map((group) => new WeakRef(group)),
    address: location.href,
  };
}
