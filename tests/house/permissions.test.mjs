// What a permission could be used for and is not (S-104).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { text, trackedFiles } from './lib.mjs';

test('S-86: of web requests, one event is listened to, for pages only, and no request is touched', () => {
  const files = trackedFiles().filter((file) => /^extension\/.*\.tsx?$/.test(file));
  const uses = files.flatMap((file) => [...text(file).matchAll(/webRequest\b(\.\w+(?:\.\w+)?)?/g)].map(([, use = '']) => `${file} ${use}`));
  const calls = uses.filter((use) => !/ (\.OnAuthRequiredDetails|\.BlockingResponse)$/.test(use));
  assert.deepEqual(calls, ['extension/background/index.ts .onAuthRequired.addListener']);
  assert.match(
    text('extension/background/index.ts'),
    /onAuthRequired\.addListener\([\s\S]*?types: \['main_frame'\] \},\s*\['asyncBlocking'\]/,
  );
});
