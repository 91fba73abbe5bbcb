import { expect, test } from '@playwright/test';
import type { ItemSummary, ListPage, ListQuery } from '../../../extension/shared/api.ts';
import { PAGE_ROWS, Pages } from '../../../extension/ui/items/pages.ts';

const row = (name: string): ItemSummary => ({
  id: name,
  kind: 'login',
  name,
  detail: '',
  host: '',
  favourite: false,
  tags: [],
  hasPassword: true,
  hasTotp: false,
  expires: null,
  modifiedAt: 0,
  deletedAt: null,
});

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
    const pages = new Pages(ask);
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
    const pages = new Pages(ask);
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
    const pages = new Pages(ask);
    const first = pages.search({ text: 'a', in: 'items' });
    waiting[0]?.answer();
    await first;
    const second = pages.search({ text: 'b', in: 'items' });
    expect(pages.row(0)?.name).toBe('a0');
    waiting[1]?.answer();
    await second;
    expect(pages.row(0)?.name).toBe('b0');
  });
  test('after a change the rows in view are asked for again and shrink with the list', async () => {
    let total = 3;
    const pages = new Pages(async (query) => ({
      total,
      offset: query.offset,
      rows: Array.from({ length: total }, (_, n) => row(`${n} of ${total}`)),
    }));
    await pages.search({ text: '', in: 'items' });
    total = 2;
    await pages.refresh({ from: 0, to: 3 });
    expect([pages.total, pages.row(0)?.name, pages.row(2)]).toEqual([2, '0 of 2', undefined]);
    total = 0;
    await pages.refresh({ from: 0, to: 0 });
    expect([pages.total, pages.row(0)]).toEqual([0, undefined]);
  });
  test('a page that failed can be asked for again', async () => {
    const { waiting, ask } = slowServer(500);
    let failures = 0;
    const pages = new Pages(ask);
    pages.onFailure = () => (failures += 1);
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
