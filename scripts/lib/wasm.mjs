// The three modules: cargo, then wasm-bindgen (crate/xtask), then binaryen's wasm-opt, then a test load.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { inRoot, ROOT, run, runAside, StepFailed, writeIfChanged } from './house.mjs';

/**
 * `engine` is loaded each time the service worker wakes, so it is made for size; `auth` runs
 * Argon2id, so it is made for speed with SIMD; `tools` is large and rarely loaded.
 */
export const MODULES = [
  { name: 'engine', profile: 'wasm-small', flags: [], optimise: '-Oz' },
  { name: 'auth', profile: 'wasm-auth', flags: ['-Ctarget-feature=+simd128'], optimise: '-O3' },
  { name: 'tools', profile: 'wasm-tools', flags: [], optimise: '-Oz' },
];

/**
 * A folder of its own: a build waits for no test run, and cargo takes what was compiled without the path
 * remaps below for the same thing.
 */
export const TARGET = inRoot('target', 'shipped');

export const wasmFile = (name) => inRoot('build', 'wasm', name, `${name}_bg.wasm`);

const cargoHome = () => process.env.CARGO_HOME ?? `${homedir()}/.cargo`;

/** Paths of this machine that would otherwise stay in panic locations (S-112). */
function remaps() {
  const sysroot = run('rustc', ['--print', 'sysroot'], { capture: true }).trim();
  // The last rule that fits wins, so the clone's own folder comes last.
  return [`${sysroot}/lib/rustlib/src/rust=/rust`, `${cargoHome()}=/cargo`, `${ROOT}=/sesame`].map((rule) => `--remap-path-prefix=${rule}`);
}

async function compile(module, { locked, log }) {
  log(`compile ${module.name}.wasm`);
  await runAside(
    'cargo',
    [
      'build',
      '--quiet',
      ...locked,
      '--package',
      `sesame-${module.name}`,
      '--lib',
      '--profile',
      module.profile,
      '--target',
      'wasm32-unknown-unknown',
    ],
    {
      env: {
        CARGO_TARGET_DIR: TARGET,
        // Separated by \x1f, because a clone's folder may have a space in its name.
        CARGO_ENCODED_RUSTFLAGS: [...remaps(), ...module.flags].join('\x1f'),
      },
    },
  );
  return `${TARGET}/wasm32-unknown-unknown/${module.profile}/sesame_${module.name}.wasm`;
}

/** Loads the shipped bytes through the shipped glue: a wrong optimiser writes broken modules without any error. */
export async function load(name) {
  const glue = await import(pathToFileURL(inRoot('build', 'wasm', name, `${name}.js`)).href);
  glue.initSync({ module: readFileSync(wasmFile(name)) });
  return glue;
}

async function finish(module, compiled, xtask, log) {
  const made = inRoot('build', 'bindgen', module.name);
  const out = inRoot('build', 'wasm', module.name);
  const stamp = inRoot('build', 'wasm', `${module.name}.stamp`);
  const wanted = createHash('sha256')
    .update(readFileSync(compiled))
    .update(readFileSync(inRoot('crate', 'xtask', 'src', 'bindgen.rs')))
    .update(readFileSync(inRoot('Cargo.lock')))
    .update(readFileSync(inRoot('node_modules', 'binaryen', 'package.json')))
    .update(module.optimise)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(wasmFile(module.name))) return;
  rmSync(stamp, { force: true });
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  log(`bind and optimise ${module.name}.wasm`);
  await runAside(xtask, ['bindgen', compiled, made, module.name]);
  const optimised = `${made}/optimised.wasm`;
  // No feature flags: wasm-opt reads the module's own list; with --all-features it writes modules that browsers refuse.
  const optimiser = inRoot('node_modules', 'binaryen', 'bin', 'wasm-opt');
  await runAside(process.execPath, [optimiser, module.optimise, `${made}/${module.name}_bg.wasm`, '-o', optimised]);
  const bytes = readFileSync(optimised);
  if (!WebAssembly.validate(bytes)) throw new StepFailed(`${module.name}.wasm is not valid after wasm-opt`);
  for (const path of [ROOT, cargoHome()]) {
    if (bytes.includes(path)) throw new StepFailed(`${module.name}.wasm holds the path ${path} (S-112)`);
  }
  for (const file of [`${module.name}.js`, `${module.name}.d.ts`, `${module.name}_bg.wasm.d.ts`]) {
    writeIfChanged(`${out}/${file}`, readFileSync(`${made}/${file}`));
  }
  writeIfChanged(`${out}/${module.name}_bg.wasm`, bytes);
  await load(module.name);
  writeFileSync(stamp, wanted);
}

/** The workspace's tool, built for this machine. */
export function buildXtask({ locked, log }) {
  // Set where a second build is to differ in its folder only (scripts/reproducible.mjs).
  if (process.env.SESAME_XTASK) return process.env.SESAME_XTASK;
  log('compile the build tool');
  run('cargo', ['build', '--quiet', ...locked, '--package', 'sesame-xtask'], { env: { CARGO_TARGET_DIR: TARGET } });
  return `${TARGET}/debug/sesame-xtask`;
}

/** Linking and optimising run on one core each, so two modules are made at a time, the largest first. */
export async function buildWasm(xtask, { partial, locked, log }) {
  const queue = MODULES.toReversed();
  const work = async () => {
    for (let module = queue.shift(); module; module = queue.shift()) {
      try {
        await finish(module, await compile(module, { locked, log }), xtask, log);
      } catch (error) {
        if (!partial) throw error;
        log(`LEFT AS IT WAS, ${module.name}.wasm: ${error.message.split('\n')[0]}`);
      }
    }
  };
  await Promise.all([work(), work()]);
}
