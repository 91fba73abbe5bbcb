// docs/THREAT-MODEL.md tells which requirements have a test, and which have none and why.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { text, trackedFiles } from './lib.mjs';

const LAST = 192;
const MODEL = text('docs/THREAT-MODEL.md');

/** The numbers in `S-01, S-03 to S-05`. */
function numbers(list) {
  return [...list.matchAll(/S-(\d+)(?: to S-(\d+))?/g)].flatMap(([, from, to = from]) =>
    Array.from({ length: to - from + 1 }, (_, more) => Number(from) + more),
  );
}

test('every requirement is named by a test, or stands in the table of those without', () => {
  const table = MODEL.slice(MODEL.indexOf('## Requirements'));
  const without = [...table.matchAll(/^\| (S-[^|]+) \|/gm)].flatMap(([, cell]) => numbers(cell));
  const tests = trackedFiles().filter((file) =>
    /^tests\/.*(\.spec\.ts|\.test\.mjs|\/selftest\.mjs)$|^crate\/.*\/tests(\.rs|\/.*\.rs)$/.test(file),
  );
  const named = tests.flatMap((file) => [...text(file).matchAll(/\bS-(\d+)|\bs(\d{2,3})_/g)].map(([, a, b]) => Number(a ?? b)));
  const known = new Set([...without, ...named]);
  const missing = Array.from({ length: LAST }, (_, at) => at + 1).filter((number) => !known.has(number));
  assert.deepEqual(missing, []);
});

test('the guards that are taken away are those that the threat model lists', () => {
  const listed = /of each to fail: (S-[^.]+)\./.exec(MODEL.replaceAll('\n', ' '))?.[1] ?? '';
  const guards = ['fill', 'menu', 'save', 'reset'].map((name) => text(`tests/hostile/guards-${name}.mjs`)).join('\n');
  const names = [...guards.matchAll(/^ {2}'((?:S-\d+ )+)/gm)].flatMap(([, name]) => numbers(name));
  const unique = (list) => [...new Set(list)].sort((a, b) => a - b);
  assert.ok(names.length > 30, `only ${names.length} guards`);
  assert.deepEqual(unique(names), unique(numbers(listed)));
});
