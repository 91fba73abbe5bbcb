// Who may import whom (docs/ARCHITECTURE.md).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inRoot, ROOT } from '../../scripts/lib/house.mjs';

function tree(crate) {
  const args = [
    'tree',
    '--quiet',
    '--locked',
    '-p',
    `sesame-${crate}`,
    '-e',
    'normal',
    '--prefix',
    'none',
    '--target',
    'wasm32-unknown-unknown',
    '-f',
    '{p}',
  ];
  const { stdout, status, stderr } = spawnSync('cargo', args, { cwd: ROOT, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return new Set(
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ')[0]),
  );
}

const IMPURE = ['wasm-bindgen', 'js-sys', 'web-sys', 'getrandom'];
const COMPRESSION = ['flate2', 'miniz_oxide', 'brotli', 'zstd', 'lz4_flex', 'zlib-rs'];

/** crate: what it must not reach, by any way. */
const NEVER = {
  protocol: ['sesame-vault', 'sesame-forms', ...IMPURE],
  vault: ['sesame-forms', 'sesame-engine', 'argon2', 'zxcvbn', ...IMPURE],
  forms: ['sesame-vault', 'sesame-protocol', 'sesame-engine', ...IMPURE],
  auth: ['sesame-vault', 'sesame-forms', 'sesame-engine', 'sesame-tools', 'serde_json'],
  tools: ['sesame-engine', 'sesame-forms', 'sesame-auth', 'chacha20poly1305'],
  // S-29: what never compresses can't leak by its compressed size. The heavy ones stay in tools and auth.
  engine: ['sesame-tools', 'sesame-auth', 'zxcvbn', 'psl', 'url', 'argon2', 'opaque-ke', ...COMPRESSION],
};

for (const [crate, banned] of Object.entries(NEVER)) {
  test(`${crate} does not reach what it must not`, () => {
    const reached = tree(crate);
    assert.ok(reached.has(`sesame-${crate}`));
    assert.deepEqual(
      banned.filter((name) => reached.has(name)),
      [],
    );
  });
}

test('S-29: vault, protocol and forms have no compression either', () => {
  for (const crate of ['vault', 'protocol', 'forms']) {
    const reached = tree(crate);
    assert.deepEqual(
      COMPRESSION.filter((name) => reached.has(name)),
      [],
    );
  }
});

/** room: an import that Biome must refuse there. */
const REFUSED = {
  'extension/ui': ["import '../../background/storage.ts';", "import '../../../build/wasm/engine/engine.js';", "import 'idb';"],
  'extension/content': ["import '../../background/page.ts';", "import 'preact';", "import '../../shared/rpc.ts';", "fetch('x');"],
  'extension/background': ["import '../../content/fill.ts';", "import 'preact';", "import '../../../build/wasm/tools/tools.js';"],
  'extension/shared': ["import '../../background/storage.ts';", "import '../../ui/state.ts';"],
};

for (const [room, lines] of Object.entries(REFUSED)) {
  test(`Biome refuses in ${room}: ${lines.join(' ')}`, () => {
    // The same rules over a folder of the same shape, so that nothing is written into the rooms.
    const house = mkdtempSync(join(tmpdir(), 'sesame-rooms-'));
    const lint = (line) => {
      writeFileSync(join(house, room, 'deep/file.ts'), `${line}\n`);
      const args = [inRoot('node_modules/@biomejs/biome/bin/biome'), 'lint', '--colors=off', '.'];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8' });
      return { status, said: stdout + stderr };
    };
    try {
      mkdirSync(join(house, room, 'deep'), { recursive: true });
      copyFileSync(inRoot('biome.json'), join(house, 'biome.json'));
      assert.equal(lint("import '../../shared/errors.ts';").status, 0, 'what is allowed passes');
      for (const line of lines) {
        const { status, said } = lint(line);
        assert.notEqual(status, 0, `accepted in ${room}: ${line}`);
        assert.match(said, /noRestricted(Imports|Globals)/, line);
      }
    } finally {
      rmSync(house, { recursive: true });
    }
  });
}
