// Who may talk to whom: one file asks a server, the rest of Sesame reads its own files (S-20, S-21, S-32).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grep, text, trackedFiles } from './lib.mjs';

const files = trackedFiles().filter((file) => /^extension\/.*\.tsx?$/.test(file));
const DOOR = 'extension/background/server/ask.ts';
const DOCS = 'docs/PERMISSIONS.md';

test('S-20: one file asks servers, and every other request is for a file of Sesame itself', () => {
  const others = grep(
    files.filter((file) => file !== DOOR),
    /(?<![#\w])(fetch|XMLHttpRequest|WebSocket|EventSource|WebTransport|RTCPeerConnection|sendBeacon|importScripts)\s*\(/,
  ).filter((line) => !/fetch\(chrome\.runtime\.getURL\(/.test(line));
  assert.deepEqual(others, []);
  assert.equal([...text(DOOR).matchAll(/\bfetch\(/g)].length, 1);
});

test('S-20: no page and no link of Sesame loads or pings anything by itself', () => {
  assert.deepEqual(grep(files, /\b(prefetch|preconnect|dns-prefetch|ping=|favicon\.ico|google\.com\/s2)\b/), []);
});

test('S-19, S-20: an address is made of the configured origin and a path from the list, of nothing else', () => {
  const door = text(DOOR);
  assert.match(door, /by\(`\$\{server\}\/v1\/\$\{path\}`, \{/);
  assert.match(door, /if \(!PATHS\.includes\(path\) \|\| serverOrigin\(server\) !== server\) throw/);
  for (const rule of ["credentials: 'omit'", "cache: 'no-store'", "redirect: 'error'", "referrerPolicy: 'no-referrer'"]) {
    assert.ok(door.includes(rule), rule);
  }
  const paths = /const PATHS = \[([\s\S]*?)\] as const/.exec(door)[1].match(/'[^']+'/g);
  assert.ok(paths.length > 20 && paths.every((path) => /^'[a-z/]+'$/.test(path)));
});

test('S-32: of the headers of an answer only its content type is read', () => {
  const read = files.flatMap((file) =>
    [...text(file).matchAll(/headers\.(?:get|has|forEach|entries)\(([^)]*)\)/g)].map(([, name]) => name),
  );
  assert.deepEqual(read, ["'Content-Type'"]);
});

test('S-21: no file of Sesame writes to a log that somebody could read elsewhere', () => {
  assert.deepEqual(grep(files, /\bconsole\.\w+\(|reportError\(/), []);
});

test('what is said about the network is what the policy allows', () => {
  const { content_security_policy: policy } = JSON.parse(text('manifest.json'));
  const connect = /connect-src ([^;]*);/.exec(policy.extension_pages)[1];
  assert.ok(text(DOCS).includes(`\`connect-src ${connect}\``));
});
