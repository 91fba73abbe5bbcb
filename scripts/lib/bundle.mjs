// The scripts and styles of the extension, through esbuild. Nothing is loaded from anywhere else.
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { build } from 'esbuild';
import { inRoot, ROOT, StepFailed } from './house.mjs';
import { notices } from './notices.mjs';

/** `format`: content scripts can't be modules; everything else is one. */
export const ENTRIES = [
  { from: 'extension/background/index.ts', to: 'background.js', format: 'esm' },
  { from: 'extension/background/offscreen.ts', to: 'offscreen.js', format: 'esm' },
  { from: 'extension/content/index.ts', to: 'content.js', format: 'iife' },
  { from: 'extension/content/watch-field.ts', to: 'watch.js', format: 'iife' },
  { from: 'extension/content/reset.ts', to: 'reset.js', format: 'iife' },
  // The two pages share what they have in common; what a page imports later lies in files of its own.
  { from: 'extension/ui/popup.tsx', to: 'popup.js', format: 'esm', pages: true },
  { from: 'extension/ui/ceremony.tsx', to: 'ceremony.js', format: 'esm', pages: true },
  { from: 'extension/ui/auth-worker.ts', to: 'auth-worker.js', format: 'esm' },
  { from: 'extension/ui/tools-worker.ts', to: 'tools-worker.js', format: 'esm' },
  { from: 'extension/ui/menu/index.ts', to: 'menu.js', format: 'esm' },
  { from: 'extension/ui/menu/menu.css', to: 'menu.css', format: 'css' },
  { from: 'extension/ui/theme.css', to: 'theme.css', format: 'css' },
];

export const PAGES = [
  { from: 'extension/ui/popup.html', to: 'popup.html' },
  { from: 'extension/ui/ceremony.html', to: 'ceremony.html' },
  { from: 'extension/ui/menu.html', to: 'menu.html' },
  { from: 'extension/background/offscreen.html', to: 'offscreen.html' },
];

/** Entries that are bundled together: the two pages with each other, everything else alone. */
const jobs = () => [ENTRIES.filter((entry) => entry.pages), ...ENTRIES.filter((entry) => !entry.pages).map((entry) => [entry])];

async function bundle(entries, browser) {
  const [{ format, pages = false }] = entries;
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    preserveSymlinks: true,
    entryPoints: entries.map((entry) => ({ in: entry.from, out: entry.to.replace(/\.\w+$/, '') })),
    outdir: '.',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: pages,
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    ...(format === 'css' ? {} : { format }),
    target: browser === 'firefox' ? ['firefox142'] : ['chrome130'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    drop: ['console', 'debugger'],
    define: { __FIREFOX__: String(browser === 'firefox'), 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
  });
  return { files: outputFiles.map((file) => [relative(ROOT, file.path), file.contents]), inputs: Object.keys(metafile.inputs) };
}

/** All bundled files of one browser, as [path, bytes]. */
export async function bundleAll(browser, { partial, locked, log }) {
  const files = [];
  const inputs = new Set();
  for (const entries of jobs()) {
    if (browser === 'firefox' && entries[0].to === 'offscreen.js') continue;
    const names = entries.map((entry) => entry.to).join(', ');
    try {
      const missing = entries.find((entry) => !existsSync(inRoot(entry.from)));
      if (missing) throw new StepFailed(`${missing.from} is not there`);
      const made = await bundle(entries, browser);
      files.push(...made.files);
      for (const input of made.inputs) inputs.add(input);
    } catch (error) {
      const places = error.errors?.map(({ location, text }) => `${location?.file ?? ''}:${location?.line ?? ''} ${text}`);
      const reason = places?.join('\n  ') ?? error.message;
      if (!partial) throw new StepFailed(`${names}: ${reason}`);
      log(`LEFT OUT, ${names}: ${reason.split('\n').slice(0, 5).join('\n')}`);
    }
  }
  files.push(['LICENSES.txt', Buffer.from(notices([...inputs], { locked }))]);
  return files;
}
