// `build.sh build`. Usage: node scripts/build.mjs [--out DIR] [--partial] [--quiet]
//   --out DIR   where chromium/, firefox/ and the zips go (default: dist)
//   --partial   leave out what can't be built yet instead of stopping; never for what ships
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assemble, sizes, stripSuffixes } from './lib/assemble.mjs';
import { inRoot, StepFailed } from './lib/house.mjs';
import { buildWasm, buildXtask } from './lib/wasm.mjs';

const { values } = parseArgs({
  options: { out: { type: 'string' }, partial: { type: 'boolean', default: false }, quiet: { type: 'boolean', default: false } },
});
const started = Date.now();
const log = (line) => console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s] ${line}`);
// A lock file that is behind is an error where something ships, and only there.
const options = { partial: values.partial, locked: values.partial ? [] : ['--locked'], log };

try {
  mkdirSync(inRoot('build'), { recursive: true });
  const out = values.out === undefined ? inRoot('dist') : resolve(values.out);
  const xtask = buildXtask(options);
  await buildWasm(xtask, options);
  stripSuffixes(xtask, options);
  log('bundle, check sizes, pack');
  await assemble(out, xtask, options);
  if (!values.quiet) {
    for (const { name, bytes, gzip } of sizes(`${out}/chromium`)) {
      if (bytes >= 4096) console.log(`${String(bytes).padStart(10)} bytes ${String(gzip).padStart(9)} gz  ${name}`);
    }
  }
  log(`done: ${out}`);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(`build: ${error.message}`);
  process.exitCode = 1;
}
