import * as dom from './dom.ts';

/**
 * Sets a value the way typing does, for pages that listen: React and Vue need `input` after a change
 * that went past their own setters, Angular needs `blur` to call a field touched, plain pages listen
 * to keys or `change`. The keys name no character, so that no shortcut of a page takes them.
 */
export function type(field: dom.FieldElement, value: string, onSet: () => boolean): boolean {
  dom.focusElement(field, { preventScroll: true });
  const attentive = dom.hasFocus(document);
  // While the popup has the keyboard the browser holds back focus events; the page needs them now.
  if (!attentive) {
    dom.dispatch(field, new FocusEvent('focus', { composed: true }));
    dom.dispatch(field, new FocusEvent('focusin', { bubbles: true, composed: true }));
  }
  key(field, 'keydown', value);
  key(field, 'keypress', value);
  const text = { bubbles: true, composed: true, data: value, inputType: 'insertText' };
  dom.dispatch(field, new InputEvent('beforeinput', { ...text, cancelable: true }));
  // The listeners above are the page's: look again before anything is given to it (S-72, S-73).
  if (!onSet()) return false;
  dom.setValue(field, value);
  dom.dispatch(field, new InputEvent('input', text));
  key(field, 'keyup', value);
  dom.dispatch(field, new Event('change', { bubbles: true }));
  if (!attentive) {
    dom.dispatch(field, new FocusEvent('blur', { composed: true }));
    dom.dispatch(field, new FocusEvent('focusout', { bubbles: true, composed: true }));
  }
  return true;
}

function key(field: Element, name: string, value: string): void {
  const single = value.length === 1 ? value : 'Unidentified';
  dom.dispatch(field, new KeyboardEvent(name, { bubbles: true, cancelable: true, composed: true, key: single }));
}

/** Chooses the option of that value or label, in any case; false where there is none. */
export function choose(field: HTMLSelectElement, wanted: string, onSet: () => boolean): boolean {
  const folded = wanted.trim().toLowerCase();
  const options = [...dom.optionsOf(field)];
  const option =
    options.find((one) => dom.optionValue(one).toLowerCase() === folded) ??
    options.find((one) => dom.optionLabel(one).trim().toLowerCase() === folded);
  return option !== undefined && type(field, dom.optionValue(option), onSet);
}
