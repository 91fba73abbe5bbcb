import type { FieldResult, FieldSnapshot, FillGrant, FillStep } from '../shared/page.ts';
import type { Described } from './describe.ts';
import * as dom from './dom.ts';
import { strayTarget } from './target.ts';
import { labelOf, tidy } from './text.ts';
import { visibilityOf } from './visible.ts';

export const isPassword = (field: dom.FieldElement | undefined): boolean =>
  field instanceof HTMLInputElement && dom.inputType(field) === 'password';

/** What stays of a field when a page draws it anew; ids are often counted up. */
const traits = ({ tag, name, autocomplete, placeholder, ariaLabel, label, maxLength }: FieldSnapshot): string =>
  JSON.stringify([tag, name, autocomplete, placeholder, ariaLabel, label, maxLength]);

function traitsOf(field: dom.FieldElement): string {
  const read = (name: string): string => tidy(dom.getAttribute(field, name));
  const length = Number.parseInt(dom.getAttribute(field, 'maxlength') ?? '', 10);
  return traits({
    tag: dom.localName(field),
    name: read('name'),
    autocomplete: read('autocomplete'),
    placeholder: read('placeholder'),
    ariaLabel: read('aria-label'),
    label: labelOf(field),
    maxLength: length >= 0 ? Math.min(length, 1e6) : null,
  } as FieldSnapshot);
}

/**
 * Where a grant is carried out. Pages take fields away and put equal ones there while they are
 * filled; whichever element stands there now is held to all that the policy asked of the first.
 */
export class Place {
  readonly #grant: FillGrant;
  readonly #described: Described;
  #group: Element | undefined;

  constructor(grant: FillGrant, described: Described) {
    this.#grant = grant;
    this.#described = described;
    this.#group = described.groups[grant.group]?.deref();
  }

  get group(): Element | undefined {
    return this.#group;
  }

  /** The field of a step: the one that was described, or the one that took its place since. */
  field({ field: index }: FillStep): dom.FieldElement | undefined {
    const first = this.#described.fields[index]?.deref();
    return first && dom.isConnected(first) ? first : this.#standIn(index);
  }

  /** Of fields that are alike the one in the same position, if there are still as many of them. */
  #standIn(index: number): dom.FieldElement | undefined {
    const { fields } = this.#described.snapshot;
    const wanted = fields[index];
    if (!wanted) return undefined;
    const key = traits(wanted);
    const before = fields.flatMap((field, at) => (traits(field) === key ? [at] : []));
    const now = [...dom.elements(document)].filter((one): one is dom.FieldElement => dom.isField(one) && traitsOf(one) === key);
    return now.length === before.length ? now[before.indexOf(index)] : undefined;
  }

  /** What speaks against filling the field now. `type` is only asked for when the page has seen the focus. */
  problem(step: FillStep, field: dom.FieldElement | undefined, entered: boolean): FieldResult | null {
    if (!field || !dom.isConnected(field) || dom.ownerDocument(field) !== document || !this.#owns(field)) return 'gone';
    if (dom.disabled(field) || dom.hasAttribute(field, 'readonly')) return 'not-editable';
    if (step.action === 'secret' && !isPassword(field) && (entered || !(field instanceof HTMLInputElement))) return 'not-password';
    if (this.stray(field) !== null) return 'action-changed';
    if (visibilityOf(field) === 'off-screen') dom.scrollIntoView(field, { block: 'center', behavior: 'instant' });
    return visibilityOf(field) === 'yes' ? null : 'not-visible';
  }

  stray(field: dom.FieldElement): string | null {
    const { targets } = this.#grant;
    return strayTarget(this.#group, targets) ?? strayTarget(dom.formOf(field) ?? undefined, targets);
  }

  #owns(field: dom.FieldElement): boolean {
    const form = dom.formOf(field);
    const group = this.#group;
    if (group && dom.isConnected(group)) return form === group || dom.isInside(field, group);
    // The form was drawn anew with its fields: the first of them to be filled says which it is now (S-74).
    if ((form !== null) !== this.#described.snapshot.groups[this.#grant.group]?.isForm) return false;
    this.#group = form ?? dom.parentOf(field) ?? undefined;
    return true;
  }
}
