import { expect, test } from '@playwright/test';
import { editedItems, joinWrites, layered, type Writes } from '../../../extension/background/writes.ts';

const row = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('an item that comes with its base was not changed here', () => {
  const writes: Writes = [
    ['items', 'aa', row(1)],
    ['items', 'bb', row(2)],
    ['items', 'cc', null],
    ['bases', 'bb', null],
    ['shards', 'aa', row(3)],
  ];
  expect(editedItems(writes)).toEqual(['aa', 'cc']);
});

test('of two writes of a row the later one counts', () => {
  const joined = joinWrites([[['items', 'aa', row(1)]], [['vault', 'aa', row(2)]], [['items', 'aa', null]]]);
  expect(joined).toEqual([
    ['items', 'aa', null],
    ['vault', 'aa', row(2)],
  ]);
});

test('what comes along into a vault that was just taken over waits to be sent, with what the account has of it', () => {
  const adopted: Writes = [
    ['items', 'aa', row(1)],
    ['items', 'bb', row(2)],
    ['vault', 'header', row(9)],
  ];
  const settings: Writes = [['items', 'bb', row(3)]];
  const brought: Writes = [
    ['items', 'bb', row(4)],
    ['items', 'dd', row(5)],
  ];
  const all = new Map(layered(adopted, [settings, brought]).map(([store, key, value]) => [`${store}/${key}`, value]));
  expect(Object.fromEntries(all)).toEqual({
    'items/aa': row(1),
    'items/bb': row(4),
    'items/dd': row(5),
    'vault/header': row(9),
    'bases/bb': row(2),
    'bases/dd': row(),
  });
});
