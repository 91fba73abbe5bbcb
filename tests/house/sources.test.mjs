// What no source file may hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grep, text, trackedFiles } from './lib.mjs';

const all = trackedFiles();
const typescript = all.filter((file) => /^extension\/.*\.tsx?$/.test(file));
const rust = all.filter((file) => /^crate\/.*\.rs$/.test(file));
const isTest = (file) => /(^|\/)tests(\.rs|\/)/.test(file);
const isText = (file) => !/\.(png|wasm|zip|sesame|bin|gz)$/.test(file);

test('the rooms are here', () => {
  assert.ok(typescript.length > 20, `only ${typescript.length} TypeScript files`);
  assert.ok(rust.length > 20, `only ${rust.length} Rust files`);
});

test('S-79, S-95: no HTML sink and no text that becomes code', () => {
  const sinks =
    /\.(inner|outer)HTML\b|insertAdjacentHTML|document\s*\.\s*write(ln)?\s*\(|dangerouslySetInnerHTML|createContextualFragment|setHTMLUnsafe|parseFromString|\bnew\s+Function\b|\beval\s*\(|\bset(Timeout|Interval)\s*\(\s*['"`]|\bsrcdoc\b/;
  assert.deepEqual(grep(typescript, sinks), []);
});

test('S-95: one Trusted Types policy, for starting the worker', () => {
  const policies = grep(typescript, /createPolicy\s*\((?!\w+:)/);
  assert.equal(policies.length, 1, policies.join('\n'));
  assert.match(policies[0], /auth-worker/);
});

test('S-90: nothing listens to other extensions or to pages', () => {
  assert.deepEqual(grep(typescript, /onMessageExternal|onConnectExternal|onUserScript/), []);
});

test('S-161: no literal label outside the one table', () => {
  const labels = grep(
    rust.filter((file) => !isTest(file)),
    /"sesame1\//,
  );
  assert.deepEqual(
    labels.filter((line) => !line.startsWith('crate/protocol/src/label.rs:')),
    [],
  );
  assert.ok(labels.length > 10, 'the table itself');
});

test('rule 1: ciphers are named in one file', () => {
  const named = grep(
    rust.filter((file) => /^crate\/(vault|engine|protocol|tools|forms)\//.test(file) && !isTest(file)),
    /\b(chacha20poly1305|hkdf)::/,
  );
  assert.deepEqual(
    named.filter((line) => !line.startsWith('crate/vault/src/crypto')),
    [],
  );
});

test('rule 7: short files', () => {
  const long = [...typescript.map((file) => [file, 200]), ...rust.map((file) => [file, isTest(file) ? 600 : 400])]
    // The calls between the rooms are tables, which are read as ones.
    .filter(([file]) => !['extension/shared/api.ts', 'extension/shared/account.ts'].includes(file))
    .map(([file, most]) => [file, text(file).split('\n').length - 1, most])
    .filter(([, lines, most]) => lines > most);
  assert.deepEqual(long, []);
});

test('no unfinished work in the product', () => {
  const unfinished = new RegExp(['\\bTO', 'DO\\b|\\bFIX', 'ME\\b|\\bXX', 'X\\b|unimplemented!|todo!\\('].join(''));
  assert.deepEqual(grep([...typescript, ...rust], unfinished), []);
});

test('S-112: no path of a machine in any file', () => {
  const machine = new RegExp(`(^|[^\\w.~-])/(${['ro' + 'ot', 'ho' + 'me', 'Us' + 'ers', 'wo' + 'rk'].join('|')})/[\\w.]`);
  assert.deepEqual(grep(all.filter(isText), machine), []);
});

test('S-111: packages come from the lock files, none from an address', () => {
  const lock = JSON.parse(text('package-lock.json'));
  for (const [name, entry] of Object.entries(lock.packages)) {
    assert.ok(!/^(git|file|link|https?):/.test(entry.resolved ?? ''), `${name} comes from ${entry.resolved}`);
    if (name !== '') assert.match(entry.integrity ?? '', /^sha512-/, `${name} has no checksum`);
  }
  const foreign = text('Cargo.lock')
    .split('\n')
    .filter((line) => line.startsWith('source = ') && !line.includes('registry+'));
  assert.deepEqual(foreign, []);
});

test('S-111: the packages that ship inside the extension are these', () => {
  const imported = new Set(
    typescript.flatMap((file) =>
      [...text(file).matchAll(/(?:from|import)\s+'([^'.][^']*)'/g)].map((found) =>
        found[1]
          .split('/')
          .slice(0, found[1].startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    ),
  );
  assert.deepEqual([...imported].sort(), ['@preact/signals', 'idb', 'preact', 'qrcode-generator']);
});
