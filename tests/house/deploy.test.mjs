// What deploy/ holds was run for real (docs/OPERATING.md); what it takes from the rest of the repository is compared here.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { text, trackedFiles } from './lib.mjs';

const CONTAINER = text('deploy/Containerfile');
const UNIT = text('deploy/sesame-server.service');
const SERVE = text('crate/server/src/serve.rs');

const number = (source, pattern) => {
  const found = pattern.exec(source)?.[1];
  assert.ok(found, `nothing like ${pattern}`);
  return Number(found.replaceAll('_', ''));
};

test("the container compiles with the workspace's Rust", () => {
  const channel = /^channel = "(.+)"$/m.exec(text('rust-toolchain.toml'))?.[1];
  assert.equal(/^FROM docker\.io\/library\/rust:([\d.]+)-/m.exec(CONTAINER)?.[1], channel);
});

test('only what is compiled is copied into the container, and all of that', () => {
  const lines = text('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  assert.equal(lines[0], '*');
  const entering = lines.slice(1).map((line) => line.replace(/^!/, ''));
  // The crates, and what the server's files include from elsewhere.
  const included = trackedFiles()
    .filter((file) => /^crate\/.*\.rs$/.test(file) && !/\/tests(\/|\.rs$)/.test(file))
    .flatMap((file) =>
      [...text(file).matchAll(/include_(?:str|bytes)!\(\s*"([^"]+)"/g)].map((found) => posix.join(posix.dirname(file), found[1])),
    )
    .filter((file) => !file.startsWith('crate/'));
  assert.deepEqual(entering.toSorted(), [...new Set(['Cargo.toml', 'Cargo.lock', 'crate', ...included])].toSorted());
});

test('who starts the server lets it stop, and take as many connections as it counts', () => {
  const stop = number(SERVE, /STOP: Duration = Duration::from_secs\((\d+)\)/);
  assert.ok(number(UNIT, /^TimeoutStopSec=(\d+)$/m) > stop);
  assert.ok(number(CONTAINER, /--stop-timeout (\d+)/) > stop);
  assert.ok(number(UNIT, /^LimitNOFILE=(\d+)$/m) > number(SERVE, /CONNECTIONS: usize = ([\d_]+)/));
});
