// tests/hostile/guards.mjs is run by hand, because it takes a browser or two for each guard. That what it takes away is
// still where it was, and the test that has to notice too, is seen here.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FILL_GUARDS } from '../hostile/guards-fill.mjs';
import { MENU_GUARDS } from '../hostile/guards-menu.mjs';
import { RESET_GUARDS } from '../hostile/guards-reset.mjs';
import { SAVE_GUARDS } from '../hostile/guards-save.mjs';
import { text } from './lib.mjs';

const guards = [FILL_GUARDS, MENU_GUARDS, SAVE_GUARDS, RESET_GUARDS].flatMap(Object.entries);

test('what each guard is, is still in its file', () => {
  const all = guards.flatMap(([name, { edits }]) =>
    Object.entries(edits).flatMap(([file, list]) => list.map(([from]) => ({ name, file, from }))),
  );
  assert.ok(all.length > 60, `only ${all.length} edits`);
  assert.deepEqual(
    all.filter(({ file, from }) => !text(file).includes(from)),
    [],
  );
});

test('the test that has to notice is there', () => {
  const spec = (name) => `tests/${name.includes('/') ? name : `hostile/${name}`}`.replace(/(\.spec)?$/, '.spec.ts');
  assert.deepEqual(
    guards
      .filter(
        ([
          ,
          {
            test: [file, title],
          },
        ]) => !text(spec(file)).includes(title),
      )
      .map(([name, guard]) => [name, guard.test]),
    [],
  );
});
