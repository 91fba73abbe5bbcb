// S-112: builds a copy of this clone in another folder (with a space in its name) and compares every
// shipped byte with dist/. Usage: node scripts/reproducible.mjs
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesBelow, inRoot, ROOT, run } from './lib/house.mjs';
import { TARGET } from './lib/wasm.mjs';

const started = Date.now();
const copy = join(mkdtempSync(join(tmpdir(), 'sesame-')), 'another folder');
const hash = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
try {
  const listed = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { capture: true });
  for (const file of listed.split('\0').filter((each) => each !== '' && existsSync(inRoot(each)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(inRoot(file), join(copy, file));
  }
  // The tools are the same by the lock file; only what they make is compared.
  symlinkSync(inRoot('node_modules'), join(copy, 'node_modules'));
  run(process.execPath, [join(copy, 'scripts/build.mjs'), '--quiet'], {
    cwd: copy,
    env: { SESAME_XTASK: `${TARGET}/debug/sesame-xtask` },
  });
  const [ours, theirs] = [ROOT, copy].map(
    (root) => new Map(filesBelow(join(root, 'dist')).map((name) => [name, hash(join(root, 'dist', name))])),
  );
  const different = [...new Set([...ours.keys(), ...theirs.keys()])].filter((name) => ours.get(name) !== theirs.get(name));
  for (const name of different) console.error(`differs: ${name}`);
  if (different.length > 0) process.exitCode = 1;
  else console.log(`${ours.size} files are byte-identical; built again in ${Math.round((Date.now() - started) / 1000)} s`);
  for (const [name, sum] of ours) if (name.endsWith('.zip')) console.log(`${sum}  ${name}`);
} finally {
  rmSync(dirname(copy), { recursive: true, force: true });
}
