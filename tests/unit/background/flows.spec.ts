import { expect, test } from '@playwright/test';
import { Allowance } from '../../../extension/background/allowance.ts';
import { type Flow, fewest } from '../../../extension/background/flows.ts';

const flow = (id: string, change: Partial<Flow> = {}): Flow => ({
  id,
  captures: [id],
  origin: 'https://evil.test',
  tabId: 1,
  frame: 0,
  documentId: '',
  topId: '',
  state: 'waiting',
  at: 0,
  fresh: false,
  generated: false,
  asked: 0,
  back: 0,
  ...change,
});
const many = (count: number, change: (at: number) => Partial<Flow> = () => ({})): Flow[] =>
  Array.from({ length: count }, (_, at) => flow(`f${at}`, change(at)));
const ids = (all: Flow[]): string[] => all.map(({ id }) => id);

test.describe('S-91: what a page says again and again displaces nothing of anybody else’s', () => {
  test('of one tab the newest stay, and what was typed in another one', () => {
    const kept = fewest([flow('bank', { tabId: 2 }), ...many(40)]);
    expect(ids(kept)).toEqual(['bank', 'f35', 'f36', 'f37', 'f38', 'f39']);
  });
  test('a password that Sesame made goes last', () => {
    const made = flow('made', { generated: true });
    expect(ids(fewest([made, ...many(40)]))).toContain('made');
    const tabs = many(40, (at) => ({ tabId: at }));
    const kept = ids(fewest([flow('old', { generated: true, tabId: 99 }), ...tabs]));
    expect(kept).toHaveLength(20);
    expect(kept).toContain('old');
    expect(kept).not.toContain('f0');
  });
  test('what an earlier session left is of no tab', () => {
    expect(fewest(many(12, () => ({ tabId: -1, generated: true })))).toHaveLength(12);
  });
  test('one sign-in has no end of pieces', () => {
    const captures = Array.from({ length: 100 }, (_, at) => String(at));
    expect(fewest([flow('long', { captures })])[0]?.captures).toEqual(captures.slice(-8));
  });
  test('few stay as they are', () => {
    const all = many(3, (at) => ({ tabId: at }));
    expect(fewest(all)).toEqual(all);
  });
});

test('S-91: an allowance is used up, comes back, and is each one’s own', () => {
  const allowance = new Allowance(3, 1_000);
  const taken = (who: string, now: number, times: number): number =>
    Array.from({ length: times }, () => allowance.take(who, now)).filter(Boolean).length;
  expect(taken('evil', 0, 10)).toBe(3);
  expect(taken('bank', 0, 2)).toBe(2);
  expect(taken('evil', 999, 5)).toBe(0);
  expect(taken('evil', 1_000, 5)).toBe(1);
  expect(taken('evil', 60_000, 10)).toBe(3);
});
