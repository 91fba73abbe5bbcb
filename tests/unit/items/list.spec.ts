import { expect, test } from '@playwright/test';
import type { ItemSummary, ListPage, ListQuery } from '../../../extension/shared/api';
import { PAGE_ROWS, Pages } from '../../../extension/ui/items/pages';
import { scrollToRow, visibleRows } from '../../../extension/ui/items/virtual';

test.describe('virtual rows', () => {
  test('ten thousand rows draw a few', () => {
    const span = visibleRows(260_000, 420, 10_000);
    expect(span.to - span.from).toBeLessThan(25);
    expect(span.from).toBeLessThanOrEqual(5000);
    expect(span.to).toBeGreaterThan(5008);
  });
  test('never outside the list', () => {
    expect(visibleRows(-50, 400, 3)).toEqual({ from: 0, to: 3 });
    expect(visibleRows(99_999, 400, 3)).toEqual({ from: 3, to: 3 });
    expect(visibleRows(0, 400, 0)).toEqual({ from: 0, to: 0 });
  });
  test('scrolls only as far as needed', () => {
    expect(scrollToRow(0, 100, 400)).toBe(0);
    expect(scrollToRow(4, 100, 400)).toBe(100);
    expect(scrollToRow(10, 0, 400)).toBe(172);
  });
});

const row = (name: string): ItemSummary => ({ id: name, kind: 'login', name, detail: '', host: '', favourite: false, tags: [], hasPassword: true, hasTotp: false, modifiedAt: 0, deletedAt: null });

/** Answers when told to, in any order. */
function slowServer(total: number) {
  const waiting: { query: ListQuery; answer: () => void; fail: () => void }[] = [];
  const ask = (query: ListQuery) =>
    new Promise<ListPage>((resolve, reject) => {
      const rows = Array.from({ length: Math.min(query.limit, total - query.offset) }, (_, n) => row(`${query.text}${query.offset + n}`));
      waiting.push({ query, answer: () => resolve({ total, offset: query.offset, rows }), fail: () => reject(new Error('x')) });
    });
  return { waiting, ask };
}

test.describe('pages of rows', () => {
  test('an answer to an older search never overwrites a newer one', async () => {
    const { waiting, ask } = slowServer(3);
    const pages = new Pages(ask, () => {}, () => {});
    const first = pages.search({ text: 'a', in: 'items' });
    const second = pages.search({ text: 'ab', in: 'items' });
    waiting[1]?.answer();
    await second;
    waiting[0]?.answer();
    await first;
    expect(pages.row(0)?.name).toBe('ab0');
  });
  test('each page is asked for once, when it comes into view', async () => {
    const { waiting, ask } = slowServer(500);
    const pages = new Pages(ask, () => {}, () => {});
    const first = pages.search({ text: '', in: 'items' });
    waiting[0]?.answer();
    await first;
    const second = pages.need({ from: PAGE_ROWS - 1, to: PAGE_ROWS + 1 });
    void pages.need({ from: PAGE_ROWS - 1, to: PAGE_ROWS + 1 });
    expect(waiting.map((call) => call.query.offset)).toEqual([0, PAGE_ROWS]);
    waiting[1]?.answer();
    await second;
    expect(pages.row(PAGE_ROWS)?.name).toBe(String(PAGE_ROWS));
    expect(pages.indexOf(String(PAGE_ROWS))).toBe(PAGE_ROWS);
  });
  test('old rows stay until the new ones are there', async () => {
    const { waiting, ask } = slowServer(2);
    const pages = new Pages(ask, () => {}, () => {});
    const first = pages.search({ text: 'a', in: 'items' });
    waiting[0]?.answer();
    await first;
    const second = pages.search({ text: 'b', in: 'items' });
    expect(pages.row(0)?.name).toBe('a0');
    waiting[1]?.answer();
    await second;
    expect(pages.row(0)?.name).toBe('b0');
  });
  test('a page that failed can be asked for again', async () => {
    const { waiting, ask } = slowServer(500);
    let failures = 0;
    const pages = new Pages(ask, () => {}, () => (failures += 1));
    const first = pages.search({ text: '', in: 'items' });
    waiting[0]?.answer();
    await first;
    const second = pages.need({ from: 100, to: 101 });
    waiting[1]?.fail();
    await second;
    expect(failures).toBe(1);
    void pages.need({ from: 100, to: 101 });
    expect(waiting).toHaveLength(3);
  });
});
