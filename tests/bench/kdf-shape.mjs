// The shape of Argon2id's machine code, which compilers undo silently (docs/PERFORMANCE.md): the
// multiplications must be extended ones of packed halves, the byte rotations swizzles, and no
// i64x2.mul anywhere. Fails if not.
//
//   node tests/bench/kdf-shape.mjs
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { stdout, status, stderr } = spawnSync(
  process.execPath,
  [`${root}node_modules/binaryen/bin/wasm-dis`, `${root}build/wasm/auth/auth_bg.wasm`],
  { encoding: 'utf8', maxBuffer: 1 << 28 },
);
if (status !== 0) throw new Error(stderr);
const count = (pattern) => stdout.match(pattern)?.length ?? 0;
const found = {
  extmul: count(/i64x2\.extmul_(low|high)_i32x4_u/g),
  swizzle: count(/i8x16\.swizzle/g),
  'i64x2.mul': count(/i64x2\.mul\b/g),
};
console.log(found);
if (found.extmul < 32 || found.swizzle < 16 || found['i64x2.mul'] > 0) {
  console.error('auth.wasm: the compiler has undone the shape of the Argon2id kernel');
  process.exitCode = 1;
}
