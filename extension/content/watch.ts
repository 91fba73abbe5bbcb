import * as dom from './dom.ts';
import { strayTarget } from './target.ts';

/** How long a filled form is watched, and how often besides being told of changes, ms (S-69). */
const WATCHED = 60_000;
const LOOK = 250;

export interface Watch {
  /** Takes the field as it is filled now into its care. */
  add(field: dom.FieldElement): void;
  /** Nothing was filled that would have to be taken out. */
  stopIfIdle(): void;
}

/**
 * Watches where a filled form would be sent, from before the first field is set. When that becomes
 * another site, what was filled is taken out again, from the fields and from what is being sent. Best
 * effort: a page that was trusted with a password can read it; this stops a form that was tampered
 * with from the outside.
 */
export function watch(targets: readonly string[], cleared: (target: string) => void): Watch {
  const filled = new Map<dom.FieldElement, string>();
  const forms = new Set<Element>();

  /** The forms the fields were filled in, and those they belong to now: a page can move a field to another. */
  const look = (): boolean => {
    for (const field of filled.keys()) note(dom.formOf(field));
    for (const form of forms) {
      const stray = strayTarget(form, targets);
      if (stray === null) continue;
      for (const [field, value] of filled) {
        // What the person typed since is theirs.
        if (dom.fieldValue(field) === value) dom.setValue(field, '');
      }
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
    const values = [...filled.values()];
    for (const [name, value] of [...data]) if (values.some((one) => one === value)) data.delete(name);
  };
  const observer = new MutationObserver(look);
  // `href` for a <base> that changes under a relative action.
  observer.observe(document, {
    subtree: true,
    attributes: true,
    attributeFilter: ['action', 'formaction', 'form', 'href', 'type'],
  });
  dom.addListener(window, 'formdata', onData, true);
  const timer = setInterval(look, LOOK);
  const end = setTimeout(stop, WATCHED);

  function note(form: Element | null): void {
    if (!form || forms.has(form)) return;
    forms.add(form);
    // The event does not leave a shadow tree, hence the form as well.
    dom.addListener(form, 'formdata', onData, true);
  }

  function stop(): void {
    observer.disconnect();
    for (const place of [window, ...forms]) dom.removeListener(place, 'formdata', onData, true);
    clearInterval(timer);
    clearTimeout(end);
  }

  return {
    add: (field) => {
      filled.set(field, dom.fieldValue(field));
      // The page's listeners ran while it was filled.
      look();
    },
    stopIfIdle: () => {
      if (filled.size === 0) stop();
    },
  };
}
