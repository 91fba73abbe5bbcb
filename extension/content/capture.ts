/**
 * Notices that a form with a password, or with the user name before one, is being sent: tells the background
 * what is in it before the page can go away, and afterwards whether the form has gone. Nothing is kept here,
 * and only what a person does counts: a page can't have itself asked about.
 */
import type { AttemptBy } from '../shared/field.ts';
import { follow, isDotted, isLink, leaves } from './answer.ts';
import { type Described, describe } from './describe.ts';
import * as dom from './dom.ts';
import { isAlive, onField, say } from './port.ts';

/** Click, submit event and the form's data are one sending, ms; and what is sent without any gesture is not sent by a person. */
const ONCE = 2_000;
/** What the background takes at most. */
const LONGEST = 4096;
const MOST = 40;

/** Fields that the background wants to know of, and fields that were dotted at some time (S-72). */
const wanted = new WeakSet<Element>();
const dotted = new WeakSet<Element>();
/** Fields that a person was in. What a page put into its own fields is nothing to ask anybody about (S-58). */
const entered = new WeakSet<Element>();
/** The same fields and the wanted ones, to look whether there is anything in them at all. */
let known: WeakRef<dom.FieldElement>[] = [];
let gesture = Number.NEGATIVE_INFINITY;

const isTyped = (element: Element): boolean =>
  element instanceof HTMLInputElement && /^(text|email|tel|password|number|url|search)$/.test(dom.inputType(element));

let asked: { call: number; described: Described } | null = null;

/** What is described with a question about a field; the answer names the fields to look at by their places in it. */
export function noteAsked(call: number, described: Described): void {
  asked = { call, described };
}

onField((message) => {
  if (message.type === 'look') return say({ type: 'looked', call: message.call, snapshot: describe().snapshot });
  if (message.type !== 'field' || message.call !== asked?.call) return;
  for (const at of message.watch) {
    const field = asked.described.fields[at]?.deref();
    if (!field || wanted.has(field)) continue;
    wanted.add(field);
    known.push(new WeakRef(field));
  }
});

/** The element that an event began at, through shadow roots. */
function from(event: Event): Element | null {
  const [target] = event.composedPath();
  return target instanceof Element ? target : null;
}

/** What people press to send a form. */
function buttonAt(element: Element | null): Element | null {
  for (let at = element, depth = 0; at && depth < 6; at = dom.parentOf(at), depth += 1) {
    if (dom.isField(at)) return at instanceof HTMLInputElement && /^(submit|image|button)$/.test(dom.inputType(at)) ? at : null;
    if (dom.localName(at) === 'button' || dom.getAttribute(at, 'role') === 'button') return at;
    // What leads elsewhere sends nothing.
    if (dom.localName(at) === 'a') return isLink(at) ? null : at;
  }
  return element && getComputedStyle(element).cursor === 'pointer' ? element : null;
}

let last = { values: '', at: Number.NEGATIVE_INFINITY };

function attempt(how: AttemptBy, source: Element | null): void {
  // People press many buttons; describing a page costs more than looking into the few fields that matter.
  if (!isAlive() || !(anyPassword() || anyKnown())) return;
  const described = describe();
  const { snapshot } = described;
  const fields = described.fields.map((ref) => ref.deref() ?? null);
  const held = fields.map((field, at) => {
    if (!field || !isTyped(field)) return '';
    const info = snapshot.fields[at];
    if (dom.fieldValue(field).length > LONGEST) return '';
    // Shown for a moment at the person's wish: a password all the same.
    if (info && dotted.has(field)) info.type = 'password';
    return wanted.has(field) || isDotted(field) || dotted.has(field) ? dom.fieldValue(field) : '';
  });
  const group = groupOf(source, described, held);
  const values = held
    .map((value, at): [number, string] => [at, value])
    .filter(([at, value]) => value !== '' && snapshot.fields[at]?.group === group)
    .slice(0, MOST);
  if (!values.some(([at]) => isTheirs(fields[at]))) return;
  const key = JSON.stringify(values);
  const now = performance.now();
  if (key === last.values && now - last.at < ONCE) return;
  last = { values: key, at: now };
  say({ type: 'attempt', snapshot, values, how });
  follow(values.map(([at]) => fields[at]).filter((field): field is dom.FieldElement => !!field && (isDotted(field) || dotted.has(field))));
}

/** Typed by the person, or filled by the browser or by Sesame at their wish. */
const isTheirs = (field: Element | null | undefined): boolean =>
  !!field && (entered.has(field) || dom.filled.has(field) || dom.matches(field, ':autofill'));

/** The group that is sent: the form itself, the one around what was pressed, or the only one with something in it. */
function groupOf(source: Element | null, { groups, snapshot }: Described, held: string[]): number | null {
  const filled = [...new Set(held.flatMap((value, at) => (value === '' ? [] : [snapshot.fields[at]?.group ?? -1])))];
  const of = (element: Element | null): number => groups.findIndex((ref) => ref.deref() === element);
  const form = source && (source instanceof HTMLFormElement ? source : dom.formOf(source));
  if (form) return of(form);
  const around = filled.find((group) => {
    const root = groups[group]?.deref();
    return root && source && dom.isInside(source, root);
  });
  return around ?? (filled.length === 1 ? (filled[0] ?? null) : null);
}

function anyKnown(): boolean {
  known = known.filter((ref) => ref.deref());
  return known.some((ref) => {
    const field = ref.deref();
    return !!field && dom.isConnected(field) && dom.fieldValue(field) !== '';
  });
}

const anyPassword = (): boolean =>
  dom.allIn(document, 'input[type=password]').some((field) => dom.isField(field) && dom.fieldValue(field) !== '');

/** `led` and `sent`: watch.js saw a person go into a field, or send a form, before this script was here. */
export function watchForms(led: boolean, sent: boolean): void {
  const on = (type: string, act: (event: Event) => void): void => {
    dom.addListener(window, type, (event: Event) => void (event.isTrusted && act(event)), { capture: true, passive: true });
  };
  const enter = (field: Element | null): void => {
    if (!field || !dom.isField(field) || !isTyped(field)) return;
    if (!entered.has(field)) known.push(new WeakRef(field));
    entered.add(field);
    if (isDotted(field)) dotted.add(field);
  };
  for (const type of ['pointerdown', 'keydown']) on(type, ({ timeStamp }) => (gesture = timeStamp));
  on('input', (event) => enter(from(event)));
  on('focusin', (event) => void (event.timeStamp - gesture < ONCE && enter(from(event))));
  // A page's script can have the browser itself send a form: only together with a person's gesture it counts.
  const sending = (event: Event): void => void (event.timeStamp - gesture < ONCE && attempt('submit', from(event)));
  on('submit', sending);
  // form.submit() says nothing else.
  on('formdata', sending);
  on('click', (event) => {
    const pressed = from(event);
    leaves(pressed);
    const button = buttonAt(pressed);
    if (button && !dom.ours.has(button)) attempt('click', button);
  });
  on('keydown', (event) => {
    const field = from(event);
    if ((event as KeyboardEvent).key === 'Enter' && field && isTyped(field)) attempt('enter', field);
  });
  if (led) enter(dom.active());
  if (sent && anyPassword()) attempt('submit', null);
}
