// S-75: one way by which a value leaves for a page. A feature that finds another one fails here first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { text, trackedFiles } from './lib.mjs';

const files = trackedFiles();
const isRustTest = (file) => /(^|\/)tests(\.rs|\/)/.test(file);
const rust = files.filter((file) => /^crate\/.*\.rs$/.test(file) && !isRustTest(file));
const typescript = files.filter((file) => /^extension\/.*\.tsx?$/.test(file));

/** Where a pattern stands, outside of comments, as `file: line`. */
const uses = (list, pattern) =>
  list.flatMap((file) =>
    text(file)
      .split('\n')
      .filter((line) => pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line))
      .map((line) => [file, line.trim()]),
  );
const filesOf = (list, pattern) => [...new Set(uses(list, pattern).map(([file]) => file))].sort();

/** The body of a function at the left margin. */
function bodyOf(source, head) {
  const from = source.indexOf(head);
  assert.ok(from >= 0, head);
  return source.slice(from, source.indexOf('\n}', from));
}

test('S-75: a grant is made in fill_policy, and nowhere else', () => {
  const made = uses(rust, /\bFillGrant \{/).filter(([, line]) => !/^pub(\(\w+\))? struct/.test(line));
  assert.deepEqual(
    made.map(([file]) => file),
    ['crate/engine/src/fill.rs'],
  );
  const source = text('crate/engine/src/fill.rs');
  assert.match(bodyOf(source, 'fn fill_policy('), /FillGrant \{/);
  // Its fields are private, and it can't be read from outside: whoever has one was given it.
  assert.doesNotMatch(bodyOf(source, 'pub struct FillGrant {'), /^ {4}pub/m);
  assert.doesNotMatch(source.slice(0, source.indexOf('pub struct FillGrant')).slice(-120), /Deserialize|Clone/);
  assert.doesNotMatch(source, /^pub(\(\w+\))? fn fill_policy/m);
});

test('S-75: one file of the background asks for plans, and it carries them to the document that they name', () => {
  assert.deepEqual(filesOf(typescript, /\.(planFill|planSuggested)\(/), ['extension/background/fill.ts']);
  assert.deepEqual(filesOf(typescript, /\.httpCredentials\(/), ['extension/background/http-auth.ts']);
  // The message that fills is sent from one place, over the port of one document.
  assert.deepEqual(
    uses(typescript, /type: 'fill', call/).filter(([file]) => file !== 'extension/shared/page.ts'),
    uses(['extension/background/page.ts'], /type: 'fill', call/),
  );
  assert.deepEqual(filesOf(typescript, /\bframe\.fill\(/), ['extension/background/fill.ts']);
});

test('S-75, S-82: nothing is put into a page by code that is made for it, nor in the page’s own world', () => {
  for (const [file, line] of uses(typescript, /executeScript|registerContentScripts|userScripts|insertCSS/)) {
    assert.match(file, /^extension\/background\//, line);
    assert.doesNotMatch(line, /func\b|world|MAIN|args/, `${file}: ${line}`);
  }
  assert.deepEqual(uses(typescript, /\bfunc:|world:|'MAIN'/), []);
  assert.deepEqual(uses(typescript, /tabs\.sendMessage\(/), []);
});

test('S-83, S-91: what speaks to scripts in pages never asks the engine for a secret', () => {
  // menu and next-code ask for a code, which goes to the clipboard.
  const rooms = typescript.filter((file) => /^extension\/background\/(page|field|opening|kind|prefs|sender|tabs)\.ts$/.test(file));
  assert.ok(rooms.length >= 5);
  assert.deepEqual(uses(rooms, /\.(reveal|itemEdit|itemView|totp|generatorHistory|exportReadable|allItems|backup)\(/), []);
});

test('S-75: in the page, values are set by the two files that carry out and undo a grant', () => {
  const page = typescript.filter((file) => file.startsWith('extension/content/'));
  assert.deepEqual(
    filesOf(page, /\bsetValue\(|\bvalue = (?!dom|read|null)/).filter((file) => file !== 'extension/content/dom-field.ts'),
    ['extension/content/type.ts', 'extension/content/watch.ts'],
  );
});

test('S-59: there is no setting for filling by itself, and nothing that fills on an event of the page', () => {
  const settings = bodyOf(text('extension/shared/api.ts'), 'export interface FillingSettings');
  assert.doesNotMatch(settings, /auto|onLoad|load/i);
  const rooms = typescript.filter((file) => file.startsWith('extension/background/'));
  const callers = filesOf(rooms, /^import .*\b(fill|fillSuggested)\b.* from '\.{1,2}\/fill\.ts'/);
  assert.deepEqual(callers, [
    'extension/background/context-menu.ts',
    'extension/background/menu.ts',
    'extension/background/shortcut.ts',
    'extension/background/ui/fill.ts',
    'extension/background/waiting-fill.ts',
  ]);
});
