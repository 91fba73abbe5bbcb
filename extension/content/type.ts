import * as dom from './dom.ts';

/** The field as it may be given something now, or null; asked again before everything that is put in. */
type Spot = () => dom.FieldElement | null;

/** Lets the page's own promises and renderings go first. A message, because timers rest in tabs that are not shown. */
export const turn = (): Promise<void> =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });

/** What the page's own limit leaves of the value, as when it is typed. */
export function fitting(field: dom.FieldElement, value: string): string {
  const length = Number.parseInt(dom.getAttribute(field, 'maxlength') ?? '', 10);
  return field instanceof HTMLSelectElement || !(length >= 0) ? value : value.slice(0, length);
}

/** Puts the focus into the field. Returns what is to be done when leaving it. */
export function enter(field: dom.FieldElement): () => void {
  dom.focusElement(field, { preventScroll: true });
  if (dom.hasFocus(document)) return () => undefined;
  // While the popup has the keyboard the browser holds back focus events; the page needs them now.
  dom.dispatch(field, new FocusEvent('focus', { composed: true }));
  dom.dispatch(field, new FocusEvent('focusin', { bubbles: true, composed: true }));
  return () => {
    dom.dispatch(field, new FocusEvent('blur', { composed: true }));
    dom.dispatch(field, new FocusEvent('focusout', { bubbles: true, composed: true }));
  };
}

const insertion = (data: string, cancelable: boolean): InputEvent =>
  new InputEvent(cancelable ? 'beforeinput' : 'input', { bubbles: true, composed: true, cancelable, data, inputType: 'insertText' });

/** False where the page stopped it. */
function key(field: Element, name: string, sign: string): boolean {
  return dom.dispatch(field, new KeyboardEvent(name, { bubbles: true, cancelable: true, composed: true, key: sign }));
}

/**
 * Sets a value at once, for pages that listen: React and Vue need `input` after a change that went
 * past their own setters, Angular needs `blur` to call a field touched, plain pages listen to keys
 * or `change`. The keys name no character, so that no shortcut of a page takes them.
 *
 * 'vetoed': the page would not have the whole of it at once (`beforeinput`), and put nothing there itself.
 */
export function set(spot: Spot, value: string): 'set' | 'vetoed' | 'barred' {
  const field = spot();
  if (!field) return 'barred';
  const text = fitting(field, value);
  const sign = text.length === 1 ? text : 'Unidentified';
  key(field, 'keydown', sign);
  key(field, 'keypress', sign);
  const welcome = dom.dispatch(field, insertion(text, true));
  // The listeners above are the page's: look again before anything is given to it (S-72, S-73).
  if (spot() !== field) return 'barred';
  if (!welcome && dom.fieldValue(field) !== text) return 'vetoed';
  if (welcome) {
    dom.setValue(field, text);
    dom.dispatch(field, insertion(text, false));
  }
  key(field, 'keyup', sign);
  dom.dispatch(field, new Event('change', { bubbles: true }));
  return 'set';
}

/**
 * Types sign by sign in place of what is there, as a keyboard does: for masks, which let no more than
 * that in, and for pages that only believe the browser's own events. A sign that the page refuses
 * stays out, as when somebody types it.
 */
export async function type(spot: Spot, value: string): Promise<boolean> {
  let at = spot();
  if (!at) return false;
  dom.filled.add(at);
  dom.selectAll(at);
  let replaces = true;
  for (const sign of fitting(at, value)) {
    const field = spot();
    if (!field) return false;
    if (field !== at || dom.activeIn(dom.rootOf(field)) !== field) enter(field);
    at = field;
    if (!key(field, 'keydown', sign) || !key(field, 'keypress', sign)) continue;
    const before = dom.fieldValue(field);
    // What scripts insert, the browser does not ask about.
    const welcome = dom.dispatch(field, insertion(sign, true));
    if (spot() !== field) return false;
    // The browser types where the focus is, and nowhere else.
    if (welcome && dom.activeIn(dom.rootOf(field)) === field) dom.insertText(sign);
    if (welcome && dom.fieldValue(field) === before) {
      dom.setValue(field, (replaces ? '' : before) + sign);
      dom.dispatch(field, insertion(sign, false));
    }
    replaces &&= !welcome;
    key(field, 'keyup', sign);
    await turn();
  }
  const end = spot();
  if (end) dom.dispatch(end, new Event('change', { bubbles: true }));
  return end !== null;
}

const folded = (text: string): string => text.trim().toLowerCase();

/** Chooses the option with one of these values or labels, the first that there is; false where there is none. */
export function choose(spot: Spot, wanted: readonly string[]): 'set' | 'no-option' | 'barred' {
  const field = spot();
  if (!(field instanceof HTMLSelectElement)) return 'barred';
  const options = [...dom.optionsOf(field)];
  const texts = options.map((option) => [folded(dom.optionValue(option)), folded(dom.optionLabel(option))]);
  const index = wanted
    .map(folded)
    .flatMap((one) => [
      texts.findIndex(([value]) => value === one),
      texts.findIndex(([, label]) => label === one),
      // "3" is "03".
      /^\d+$/.test(one) ? texts.findIndex((pair) => pair.some((text) => /^\d+$/.test(text) && Number(text) === Number(one))) : -1,
      // "03 - March" is "03" and "March".
      only(texts, ([, label = '']) => label.split(/[^\p{L}\p{N}]+/u).includes(one)),
    ])
    .find((found) => found >= 0);
  if (index === undefined) return 'no-option';
  dom.setSelected(field, index);
  dom.dispatch(field, new Event('input', { bubbles: true, composed: true }));
  dom.dispatch(field, new Event('change', { bubbles: true }));
  return 'set';
}

function only(texts: string[][], fits: (texts: string[]) => boolean): number {
  const first = texts.findIndex(fits);
  return first >= 0 && !texts.some((other, at) => at > first && fits(other)) ? first : -1;
}
