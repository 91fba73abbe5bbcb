// Takes each guard away in a copy of the built extension, and expects the test that is there for it to fail.
//
//   node tests/hostile/guards.mjs [NAME...]
//
// What the engine decides is taken away at its boundary: by telling it what is not so. Needs a built
// dist/chromium (or the folder that SESAME_DIST names). Not a part of ./build.sh test: it takes a browser
// or two for each guard, and says something about the tests, not about Sesame.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { ENTRIES } from '../../scripts/lib/bundle.mjs';
import { inRoot, ROOT } from '../../scripts/lib/house.mjs';
import { FILL_GUARDS } from './guards-fill.mjs';
import { MENU_GUARDS } from './guards-menu.mjs';
import { RESET_GUARDS } from './guards-reset.mjs';
import { SAVE_GUARDS } from './guards-save.mjs';

const clean = resolve(ROOT, process.env.SESAME_DIST ?? 'dist/chromium');

async function bundle(entry, edits, out) {
  const mutate = {
    name: 'without a guard',
    setup: ({ onLoad }) =>
      onLoad({ filter: /extension\/.*\.tsx?$/ }, ({ path }) => {
        const file = Object.keys(edits).find((name) => path === inRoot(name));
        if (file === undefined) return undefined;
        let contents = readFileSync(path, 'utf8');
        for (const [from, to] of edits[file]) {
          if (!contents.includes(from)) throw new Error(`${file} no longer has: ${from}`);
          contents = contents.replace(from, () => to);
        }
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      }),
  };
  await build({
    absWorkingDir: ROOT,
    preserveSymlinks: true,
    entryPoints: [{ in: entry.from, out: entry.to.replace(/\.js$/, '') }],
    outdir: out,
    bundle: true,
    format: entry.format,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { __FIREFOX__: 'false', 'process.env.NODE_ENV': '"production"' },
    plugins: [mutate],
    logLevel: 'silent',
  });
}

/** The bundles that a file is in. */
const entriesFor = (file) => {
  const room = /^extension\/(ui\/menu|\w+)\//.exec(file)?.[1];
  return ENTRIES.filter(
    ({ from, to }) => from.startsWith(`extension/${room}/`) && /^(background|content|watch|reset|menu|popup)\.js$/.test(to),
  );
};

function testsFail(dist, [spec, grep]) {
  const args = [
    'test',
    '--project=e2e',
    '--workers=1',
    '--reporter=line',
    '--output',
    join(dist, '..', 'results'),
    '-g',
    grep,
    spec.includes('/') ? spec : `hostile/${spec}`,
  ];
  const { status, stdout } = spawnSync(process.execPath, [inRoot('node_modules/@playwright/test/cli.js'), ...args], {
    cwd: ROOT,
    env: { ...process.env, SESAME_DIST: dist },
    encoding: 'utf8',
  });
  if (!/\d+ (passed|failed)/.test(stdout)) throw new Error(`no test ran:\n${stdout}`);
  return status !== 0;
}

/** Whether the test fails in a copy with these edits. */
async function fails(edits, entries, test) {
  const folder = mkdtempSync(join(tmpdir(), 'sesame-guard-'));
  const dist = join(folder, 'chromium');
  try {
    cpSync(clean, dist, { recursive: true });
    for (const entry of entries) await bundle(entry, edits, dist);
    return testsFail(dist, test);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const wanted = process.argv.slice(2);
// Sources that are newer than the built extension fill nothing, and then every guard would seem to be missed.
if (
  await fails(
    {},
    ['background', 'content'].flatMap((room) => entriesFor(`extension/${room}/`)),
    ['fill-targets', 'a yes holds'],
  )
) {
  console.log('The built extension is older than its sources: ./build.sh build');
  process.exit(1);
}
let blind = 0;
for (const [name, { edits, test }] of Object.entries({ ...FILL_GUARDS, ...MENU_GUARDS, ...SAVE_GUARDS, ...RESET_GUARDS })) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  const noticed = await fails(edits, new Set(Object.keys(edits).flatMap(entriesFor)), test);
  if (!noticed) blind += 1;
  console.log(`${noticed ? 'noticed' : 'NOT NOTICED'}  ${name}  (${test.join(': ')})`);
}
process.exitCode = blind === 0 ? 0 : 1;
