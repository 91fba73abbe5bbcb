/** Which rows of a long list are drawn. All rows have one height, so this is plain arithmetic. */

/** look.md: rows of 52 px. theme.css has the same as --row. */
export const ROW_HEIGHT = 52;
/** Rows beyond the edges, so that a fast scroll does not show a blank. */
const MARGIN = 6;

export interface Span {
  /** First row drawn, and the one after the last. */
  from: number;
  to: number;
}

export function visibleRows(scrollTop: number, viewHeight: number, total: number, rowHeight = ROW_HEIGHT): Span {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight) - MARGIN;
  const last = Math.ceil((Math.max(0, scrollTop) + viewHeight) / rowHeight) + MARGIN;
  const to = Math.min(total, Math.max(last, 0));
  return { from: Math.max(0, Math.min(first, to)), to };
}

/** Where to scroll so that `row` is wholly seen; the present place if it is already. */
export function scrollToRow(row: number, scrollTop: number, viewHeight: number, rowHeight = ROW_HEIGHT): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  const bottom = top + rowHeight;
  return bottom > scrollTop + viewHeight ? bottom - viewHeight : scrollTop;
}
