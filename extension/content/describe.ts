import type { FieldSnapshot, Snapshot } from '../shared/page.ts';
import { LIMITS } from '../shared/page.ts';
import * as dom from './dom.ts';
import { describeGroup, type Found, groupFields } from './groups.ts';
import { describedBy, labelOf, nearbyText, textOf, tidy } from './text.ts';
import { frameVisible, visibilityOf } from './visible.ts';

/** Types that nobody types into. */
const NOT_FILLED = /^(hidden|submit|button|image|reset|checkbox|radio|file|range|color)$/;

/** A snapshot and what its indices mean, as long as the page keeps the elements. */
export interface Described {
  snapshot: Snapshot;
  fields: WeakRef<dom.FieldElement>[];
  groups: WeakRef<Element>[];
  /** Where the document was then; pages change their address without leaving. */
  address: string;
}

function look(): Found {
  const found: Found = { fields: [], buttons: [], headings: [], links: [] };
  for (const element of dom.elements(document)) {
    const name = dom.localName(element);
    if (dom.isField(element) && !(name === 'input' && NOT_FILLED.test(dom.inputType(element as HTMLInputElement)))) {
      if (found.fields.length < LIMITS.fields) found.fields.push(element);
    } else if (isButton(element, name)) {
      if (found.buttons.length < LIMITS.fields) found.buttons.push(element);
    } else if (/^(h[1-6]|legend|caption)$/.test(name) || dom.getAttribute(element, 'role') === 'heading') {
      if (found.headings.length < LIMITS.fields) found.headings.push(element);
    } else if (name === 'a' && found.links.length < LIMITS.fields) found.links.push(element);
  }
  return found;
}

function isButton(element: Element, name: string): boolean {
  if (name === 'button' || dom.getAttribute(element, 'role') === 'button') return true;
  return element instanceof HTMLInputElement && /^(submit|button|image)$/.test(dom.inputType(element));
}

function hiddenFromAssistance(field: Element): boolean {
  for (let at: Element | null = field; at; at = dom.parentOf(at)) if (dom.getAttribute(at, 'aria-hidden') === 'true') return true;
  return false;
}

function describeField(field: dom.FieldElement, group: number): FieldSnapshot {
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
    ariaHidden: hiddenFromAssistance(field),
    tabIndex: Number.isNaN(tab) ? 0 : whole(tab),
    label: labelOf(field),
    description: describedBy(field),
    nearby: nearbyText(field),
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
export function describe(): Described {
  const found = look();
  const owner = groupFields(found);
  const all = [...new Set(owner.values())].slice(0, LIMITS.groups);
  const fields = found.fields.filter((field) => all.includes(owner.get(field) ?? field));
  const root = dom.documentElement(document);
  const snapshot: Snapshot = {
    id: randomName(),
    title: tidy(dom.documentTitle(document)),
    lang: tidy(root && dom.getAttribute(root, 'lang'), 20),
    path: tidy(location.pathname + location.hash),
    headings: found.headings.slice(0, LIMITS.headings).map(textOf),
    focused: focused(fields),
    frameVisible: frameVisible(),
    fields: fields.map((field) => describeField(field, all.indexOf(owner.get(field) ?? field))),
    groups: all.map((group) =>
      describeGroup(
        group,
        found,
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
