/** The part of dom.ts that is about fields and forms. */
import { getter, method, setter } from './reach.ts';

export type FieldElement = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const input = HTMLInputElement.prototype;
const select = HTMLSelectElement.prototype;
const area = HTMLTextAreaElement.prototype;
const inputValue = getter(input, 'value');
const setInputValue = setter(input, 'value');
const selectValue = getter(select, 'value');
const setSelectValue = setter(select, 'value');
const areaValue = getter(area, 'value');
const setAreaValue = setter(area, 'value');
const inputForm = getter(input, 'form');
const selectForm = getter(select, 'form');
const areaForm = getter(area, 'form');
const buttonForm = getter(HTMLButtonElement.prototype, 'form');
const inputLabels = getter(input, 'labels');
const selectLabels = getter(select, 'labels');
const areaLabels = getter(area, 'labels');
export const labelled = getter(HTMLLabelElement.prototype, 'control');
export const inputType = getter(input, 'type');
export const buttonType = getter(HTMLButtonElement.prototype, 'type');
export const inputFormAction = getter(input, 'formAction');
export const buttonFormAction = getter(HTMLButtonElement.prototype, 'formAction');
export const optionsOf = getter(select, 'options');
export const optionLabel = getter(HTMLOptionElement.prototype, 'label');
export const optionValue = getter(HTMLOptionElement.prototype, 'value');
const selectIndex = setter(select, 'selectedIndex');
const inputSelect = method<HTMLInputElement['select']>(input.select);
const areaSelect = method<HTMLTextAreaElement['select']>(area.select);
const execCommand = method<Document['execCommand']>(Document.prototype.execCommand);
export const matches = method<Element['matches']>(Element.prototype.matches);

export const disabled = (self: Element): boolean => matches(self, ':disabled');

export const isField = (self: unknown): self is FieldElement =>
  self instanceof HTMLInputElement || self instanceof HTMLSelectElement || self instanceof HTMLTextAreaElement;

export function formOf(self: Element): HTMLFormElement | null {
  if (self instanceof HTMLInputElement) return inputForm(self);
  if (self instanceof HTMLSelectElement) return selectForm(self);
  if (self instanceof HTMLTextAreaElement) return areaForm(self);
  if (self instanceof HTMLButtonElement) return buttonForm(self);
  return null;
}

export function labelsOf(self: FieldElement): Element[] {
  if (self instanceof HTMLInputElement) return [...(inputLabels(self) ?? [])];
  if (self instanceof HTMLSelectElement) return [...selectLabels(self)];
  return [...areaLabels(self)];
}

export function fieldValue(self: FieldElement): string {
  if (self instanceof HTMLInputElement) return inputValue(self);
  return self instanceof HTMLSelectElement ? selectValue(self) : areaValue(self);
}

/** Fields that Sesame put something into, because a person asked it to. */
export const filled = new WeakSet<Element>();

/** The browser's own setter: frameworks that wrap `value` then still see that it changed. */
export function setValue(self: FieldElement, value: string): void {
  filled.add(self);
  if (self instanceof HTMLInputElement) setInputValue(self, value);
  else if (self instanceof HTMLSelectElement) setSelectValue(self, value);
  else setAreaValue(self, value);
}

export const setSelected = (self: HTMLSelectElement, index: number): void => selectIndex(self, index);

export function selectAll(self: FieldElement): void {
  if (self instanceof HTMLInputElement) inputSelect(self);
  else if (self instanceof HTMLTextAreaElement) areaSelect(self);
}

/** Types into whatever has the focus, with the browser's own events and undo. */
export const insertText = (text: string): boolean => execCommand(document, 'insertText', false, text);
