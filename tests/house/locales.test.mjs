// Texts: every language has every key, every key is used, every error has a text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { text, trackedFiles } from './lib.mjs';

const table = (language) => JSON.parse(text(`extension/_locales/${language}/messages.json`));
const en = table('en');
const it = table('it');
/** The accessible names that are a promise: changed only together with those who use them. */
const NAMES = text('tests/house/names.txt').trim().split('\n');
const used = trackedFiles()
  .filter((file) => /^(extension\/.*\.(tsx?|html)|manifest\.json)$/.test(file))
  .map(text)
  .join('\n');

test('English and Italian have the same keys, in the same order', () => {
  assert.deepEqual(Object.keys(it), Object.keys(en));
});

test('each text says something, and takes the same values in both languages', () => {
  const values = (message) => [...new Set(message.match(/\$\d/g) ?? [])].sort();
  for (const key of Object.keys(en)) {
    assert.ok(en[key].message.trim() && it[key].message.trim(), key);
    assert.deepEqual(values(it[key].message), values(en[key].message), key);
  }
});

test('every error has its text', () => {
  const list = /ERROR_CODES = \[([\s\S]*?)\] as const/.exec(text('extension/shared/errors.ts'))[1];
  const codes = [...list.matchAll(/^\s*'([a-z-]+)'/gm)].map((found) => found[1]);
  assert.ok(codes.length > 10);
  assert.deepEqual(
    codes.filter((code) => en[`error_${code.replaceAll('-', '_')}`] === undefined),
    [],
  );
});

test('no text lies unused', () => {
  // A key is used by its whole name, or by a template with its beginning.
  const starts = [...used.matchAll(/`([a-z][a-z0-9]*_[a-z0-9_]*)\$\{/g)].map((found) => found[1]);
  const isUsed = (key) =>
    new RegExp(`(['"\`]|MSG_)${key.replace(/_(one|other)$/, '')}(['"\`]|__)`).test(used) ||
    new RegExp(`['"\`]${key}['"\`]`).test(used) ||
    starts.some((start) => key.startsWith(start));
  assert.deepEqual(
    Object.keys(en).filter((key) => !isUsed(key)),
    [],
  );
});

test('S-103, S-108: no text asks the browser to show an item or a secret where others see it', () => {
  for (const key of Object.keys(en).filter((name) => /^(browser_menu|title|notification)_/.test(name)))
    assert.ok(!/\$\d/.test(en[key].message), key);
});

test('the names that tests from outside and screen-reader scripts know the controls by are these, letter by letter', () => {
  const said = new Set(Object.values(en).map(({ message }) => message));
  assert.deepEqual(
    NAMES.filter((name) => !said.has(name)),
    [],
  );
});

test('an apostrophe is one, and not the mark for minutes and feet, but for the one that is part of a name', () => {
  for (const [language, texts] of Object.entries({ en, it }))
    for (const [key, { message }] of Object.entries(texts))
      assert.ok(!message.replaceAll("Can't get in?", '').includes("'"), `${language} ${key}: ${message}`);
});
