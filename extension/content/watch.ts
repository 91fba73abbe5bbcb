import * as dom from './dom.ts';
import { strayTarget } from './target.ts';

/** How long a filled form is watched, and how often besides being told of changes, ms (S-69). */
const WATCHED = 60_000;
const LOOK = 250;

/**
 * Watches where a filled form would be sent. When that becomes another site, what was filled is taken
 * out again, from the fields and from what is being sent. Best effort: a page that was trusted with
 * a password can read it; this stops a form that was tampered with from the outside.
 */
export function watch(
  form: Element | undefined,
  fields: dom.FieldElement[],
  targets: readonly string[],
  cleared: (target: string) => void,
): void {
  if (!form || fields.length === 0) return;
  const values = fields.map(dom.fieldValue);

  /** The form that a field belongs to now; a page can move a field to a form of its own. */
  const look = (): boolean => {
    const owners = new Set<Element>([form]);
    for (const field of fields) {
      const owner = dom.formOf(field);
      if (owner) owners.add(owner);
    }
    for (const owner of owners) {
      const stray = strayTarget(owner, targets);
      if (stray === null) continue;
      fields.forEach((field, index) => {
        // What the person typed since is theirs.
        if (dom.fieldValue(field) === values[index]) dom.setValue(field, '');
      });
      stop();
      cleared(stray);
      return true;
    }
    return false;
  };

  // The browser asks for the form's data at the last moment, after the page's own submit handlers
  // and even for form.submit(), which fires no submit event.
  const onData = (event: Event): void => {
    const data = (event as FormDataEvent).formData;
    if (!look()) return;
    for (const [name, value] of [...data]) if (values.some((filled) => filled === value)) data.delete(name);
  };
  const observer = new MutationObserver(look);
  // `href` for a <base> that changes under a relative action.
  observer.observe(document, {
    subtree: true,
    attributes: true,
    attributeFilter: ['action', 'formaction', 'form', 'href', 'type'],
  });
  // The event does not leave a shadow tree, hence the form as well.
  for (const place of [window, form]) dom.addListener(place, 'formdata', onData, true);
  const timer = setInterval(look, LOOK);
  const end = setTimeout(stop, WATCHED);
  // The page's listeners ran while it was filled.
  look();

  function stop(): void {
    observer.disconnect();
    for (const place of [window, form as Element]) dom.removeListener(place, 'formdata', onData, true);
    clearInterval(timer);
    clearTimeout(end);
  }
}
