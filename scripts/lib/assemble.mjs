// Puts together what each browser gets, checks the size budgets, and writes dist/.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleAll, PAGES } from './bundle.mjs';
import { filesBelow, inRoot, run, StepFailed, writeFolder } from './house.mjs';
import { manifestFor } from './manifest.mjs';
import { MODULES } from './wasm.mjs';

export const BROWSERS = ['chromium', 'firefox'];

/**
 * Bytes as shipped; over them the build fails (docs/PERFORMANCE.md says what each one buys). A page's
 * script counts with everything that it must load before it can draw.
 */
export const BUDGETS = {
  // Wished for: 300_000. What fills it, and what would make it smaller: docs/PERFORMANCE.md.
  'engine.wasm': 1_250_000,
  'content.js': 40_000,
  'watch.js': 4_000,
  'menu.js': 20_000,
  'popup.js': 120_000,
  'background.js': 150_000,
  'auth.wasm': 420_000,
  'tools.wasm': 2_500_000,
};

const SUFFIXES = 'crate/engine/data/public_suffix_list.dat';

/** Files that ship as they are: [path in the clone, path in dist]. */
function copies(browser) {
  return [
    ...PAGES.filter((page) => browser !== 'firefox' || page.to !== 'offscreen.html').map((page) => [page.from, page.to]),
    ...MODULES.map((module) => [`build/wasm/${module.name}/${module.name}_bg.wasm`, `${module.name}.wasm`]),
    ...filesBelow(inRoot('extension/_locales')).map((file) => [`extension/_locales/${file}`, `_locales/${file}`]),
    ...filesBelow(inRoot('extension/icons'))
      .filter((file) => file.endsWith('.png'))
      .map((file) => [`extension/icons/${file}`, `icons/${file}`]),
    ['build/suffixes.dat', 'suffixes.dat'],
    ['LICENSE', 'LICENSE'],
  ];
}

export function stripSuffixes(xtask, { partial, log }) {
  if (partial && !existsSync(inRoot(SUFFIXES))) return log(`LEFT OUT, ${SUFFIXES} is not there`);
  run(xtask, ['suffixes', inRoot(SUFFIXES), inRoot('build/suffixes.dat')]);
}

async function collect(browser, options) {
  const files = new Map(await bundleAll(browser, options));
  for (const [from, to] of copies(browser)) {
    if (existsSync(inRoot(from))) files.set(to, readFileSync(inRoot(from)));
    else if (options.partial) options.log(`LEFT OUT, ${from} is not there`);
    else throw new StepFailed(`${from} is not there`);
  }
  files.set('manifest.json', Buffer.from(`${JSON.stringify(manifestFor(browser), null, 2)}\n`));
  return files;
}

/** The bytes of a script and of all that it imports at its start, each once. */
export function startSize(files, name, seen = new Set()) {
  if (seen.has(name) || !files.has(name)) return 0;
  seen.add(name);
  const content = Buffer.from(files.get(name));
  const imports = name.endsWith('.js') ? [...content.toString().matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g)] : [];
  const paths = imports.map((found) => posix.join(posix.dirname(name), found[1]));
  return paths.reduce((sum, path) => sum + startSize(files, path, seen), content.length);
}

/** What is over its budget, as lines. */
export function overBudget(files) {
  return Object.entries(BUDGETS).flatMap(([name, budget]) => {
    const size = startSize(files, name);
    return size > budget ? [`${name} has ${size} bytes; its budget is ${budget}`] : [];
  });
}

/** One line for each file, largest first: bytes, and bytes after gzip. */
export function sizes(dir) {
  return filesBelow(dir)
    .map((name) => {
      const bytes = readFileSync(join(dir, name));
      return { name, bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
    })
    .sort((a, b) => b.bytes - a.bytes);
}

export async function assemble(out, xtask, options) {
  for (const browser of BROWSERS) {
    const files = await collect(browser, options);
    const over = overBudget(files);
    if (over.length > 0 && !options.partial) throw new StepFailed(over.join('\n'));
    for (const line of over) options.log(`OVER BUDGET, ${line}`);
    const dir = join(out, browser);
    writeFolder(dir, files);
    run(xtask, ['zip', dir, join(out, `sesame-${browser}.zip`)]);
  }
}
