import { LIMITS } from '../shared/page.ts';
import * as dom from './dom.ts';

/** One line, no more than the snapshot takes. */
export function tidy(text: string | null | undefined, limit: number = LIMITS.text): string {
  if (!text) return '';
  return text
    .slice(0, limit * 8)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, limit);
}

/** Text of an element without that of fields in it (a select's options, a textarea's content). */
export function textOf(element: Element): string {
  const name = dom.localName(element);
  if (/^(select|textarea|script|style|noscript|template)$/.test(name)) return '';
  if (dom.within(element, 'select,textarea,script,style').length === 0) return tidy(dom.textContent(element));
  const parts: string[] = [];
  const visit = (node: Node): void => {
    if (dom.nodeType(node) === 3) parts.push(dom.nodeValue(node) ?? '');
    else if (dom.nodeType(node) === 1 && !/^(select|textarea|script|style)$/.test(dom.localName(node as Element)))
      for (const child of dom.childNodes(node)) visit(child);
  };
  visit(element);
  return tidy(parts.join(' '));
}

function byIds(field: Element, attribute: string): string {
  const ids = dom.getAttribute(field, attribute)?.split(/\s+/).filter(Boolean).slice(0, 4) ?? [];
  const root = dom.rootOf(field);
  return tidy(
    ids
      .map((id) => dom.byId(root, id))
      .map((found) => (found ? textOf(found) : ''))
      .join(' '),
  );
}

export const describedBy = (field: Element): string => byIds(field, 'aria-describedby');

export function labelOf(field: dom.FieldElement, labels: Element[] = dom.labelsOf(field)): string {
  const own = labels.slice(0, 3).map(textOf).join(' ');
  return tidy(`${byIds(field, 'aria-labelledby')} ${own}`);
}

/** Column and row header of a field in a table laid out as a form. */
function tableHeaders(field: Element): string {
  let cell: Element | null = field;
  while (cell && !(cell instanceof HTMLTableCellElement)) cell = dom.parentOf(cell);
  const row = cell && dom.parentOf(cell);
  if (!(cell instanceof HTMLTableCellElement) || !(row instanceof HTMLTableRowElement)) return '';
  const before = cell.cellIndex > 0 ? row.cells[cell.cellIndex - 1] : undefined;
  const beside = before && dom.within(before, 'input,select,textarea').length === 0 ? textOf(before) : '';
  let table: Element | null = row;
  while (table && !(table instanceof HTMLTableElement)) table = dom.parentOf(table);
  const top = table instanceof HTMLTableElement ? table.rows[0] : undefined;
  const head = top && top !== row ? top.cells[cell.cellIndex] : undefined;
  const above = head && dom.within(head, 'input,select,textarea').length === 0 ? textOf(head) : '';
  return tidy(`${beside} ${above}`);
}

/** The text that stands before the field, up to another field or a few levels up. */
function before(field: Element): string {
  let at: Element | null = field;
  for (let level = 0; at && level < 4; level++) {
    const parts: string[] = [];
    for (let sibling = dom.previousSibling(at); sibling; sibling = dom.previousSibling(sibling)) {
      if (dom.nodeType(sibling) === 3) parts.unshift(dom.nodeValue(sibling) ?? '');
      if (dom.nodeType(sibling) !== 1) continue;
      const element = sibling as Element;
      if (dom.isField(element) || dom.within(element, 'input,select,textarea').length > 0) {
        const own = tidy(parts.join(' '));
        return own;
      }
      parts.unshift(textOf(element));
      if (tidy(parts.join(' ')).length > 60) break;
    }
    const text = tidy(parts.join(' '));
    if (text) return text;
    if (dom.localName(at) === 'form') return '';
    at = dom.parentOf(at);
  }
  return '';
}

export const nearbyText = (field: Element): string => tableHeaders(field) || before(field);
