import * as dom from './dom.ts';
import { formActionOf, isSubmit } from './groups.ts';

/** Forms of this kind of address run a script and are sent nowhere. */
const SCRIPT = /^javascript:/i;

/**
 * The first address outside of `allowed` origins that the form, or a button of its own accord, would
 * send it to; null where there is none. A group that is no form is not sent by the browser.
 */
export function strayTarget(form: Element | undefined, allowed: readonly string[]): string | null {
  if (!(form instanceof HTMLFormElement)) return null;
  const addresses = [dom.formAction(form)];
  const root = dom.rootOf(form);
  const buttons = [...dom.elementsIn(form), ...dom.allIn(root, 'input[type=image]')];
  for (const button of buttons) {
    if (isSubmit(button) && dom.formOf(button) === form) addresses.push(formActionOf(button));
  }
  return addresses.find((address) => address !== '' && !SCRIPT.test(address) && !allowed.includes(originOf(address))) ?? null;
}

function originOf(address: string): string {
  try {
    return new URL(address).origin;
  } catch {
    return '';
  }
}
