// `./build.sh bench [--write]`: all measurements in one run, as Markdown; --write puts them into docs/PERFORMANCE.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { BUDGETS, sizes, startSize } from '../../scripts/lib/assemble.mjs';
import { filesBelow, inRoot, run } from '../../scripts/lib/house.mjs';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false }, rounds: { type: 'string', default: '11' } } });
const measure = (args) => JSON.parse(run(process.execPath, [...args, '--json', '--rounds', values.rounds], { capture: true }));
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const thousands = (number) => number.toLocaleString('en-GB');

function kdf() {
  const { contenders, firstInFreshPageCpuMs, rounds } = measure(['tests/bench/kdf.mjs']);
  const rows = contenders.map(({ name, cpuMs, cpuMinMs, wallMs, sesameRatio, goal }) => [
    name,
    cpuMs,
    cpuMinMs,
    wallMs,
    name === 'Sesame' ? '' : sesameRatio,
    goal ?? '',
  ]);
  return [
    `### Unlocking: Argon2id, 64 MiB, 3 passes, 4 lanes, one thread (${rounds} interleaved rounds)`,
    table(['', 'processor ms, median', 'least', 'wall ms, median', 'Sesame ÷ this', 'goal'], rows),
    `The first derivation of a fresh page takes ${firstInFreshPageCpuMs.cold} ms of processor time as it is, and ` +
      `${firstInFreshPageCpuMs.warmed} ms after the warm-up that the popup does while the password is typed.`,
  ].join('\n\n');
}

function browser() {
  const { rows, rounds } = measure(['--import', './scripts/typescript.mjs', 'tests/bench/browser.ts']);
  const lines = [
    ['openMs', 'popup.html to the first row on the screen'],
    ['openColdMs', 'the same, the service worker having been stopped'],
    ['actionPopupMs', "the toolbar's own popup, to its first picture"],
    ['searchMs', 'a key in the search box to its row on the screen'],
    ['wakeMs', 'a call to a stopped service worker, to its answer'],
    ['callMs', 'a call to a running service worker'],
  ];
  const ratio = (key) => (rows.at(-1)[key] / rows[0][key]).toFixed(1);
  return [
    `### Waiting: medians of ${rounds} rounds, ms`,
    table(
      ['', ...rows.map((row) => `${thousands(row.items)} items`), 'largest ÷ smallest'],
      lines.map(([key, name]) => [name, ...rows.map((row) => row[key]), ratio(key)]),
    ),
  ].join('\n\n');
}

function page() {
  const { rows, rounds } = measure(['--import', './scripts/typescript.mjs', 'tests/bench/page.ts']);
  return [
    `### Pages: main-thread processor ms with and without Sesame, medians of ${rounds} rounds in turns`,
    table(
      ['', "Sesame's own scripts", 'whole main thread, with', 'without', 'long tasks, with', 'without'],
      rows.map((row) => [row.page, row.ownMs, row.withMs, row.withoutMs, row.longTasks, row.longTasksWithout]),
    ),
  ].join('\n\n');
}

function shipped() {
  const dir = inRoot('dist/chromium');
  const files = new Map(filesBelow(dir).map((name) => [name, readFileSync(`${dir}/${name}`)]));
  // Chunks are named by what is in them, and change their names with it: they count as one.
  const isChunk = ({ name }) => name.startsWith('chunks/');
  const chunks = sizes(dir).filter(isChunk);
  const sum = (list, key) => list.reduce((total, each) => total + each[key], 0);
  const together = { name: `chunks/ (${chunks.length} files)`, bytes: sum(chunks, 'bytes'), gzip: sum(chunks, 'gzip') };
  const all = [...sizes(dir).filter((each) => !isChunk(each)), together].sort((a, b) => b.bytes - a.bytes);
  const rows = all.map(({ name, bytes, gzip }) => [
    `\`${name}\``,
    thousands(bytes),
    thousands(gzip),
    BUDGETS[name] ? `${thousands(startSize(files, name))} of ${thousands(BUDGETS[name])}` : '',
  ]);
  return [
    '### Sizes: every shipped file of dist/chromium, bytes',
    table(
      ['file', 'as shipped', 'gzip -9', 'with what it loads at its start, and budget'],
      [...rows, ['all', thousands(sum(all, 'bytes')), thousands(sum(all, 'gzip')), '']],
    ),
  ].join('\n\n');
}

const chromium = run(process.env.CHROMIUM ?? 'chromium', ['--version'], { capture: true }).trim();
const machine = `Measured on ${cpus().length} × ${cpus()[0]?.model.trim()}, ${chromium}.`;
const report = [machine, kdf(), browser(), page(), shipped()].join('\n\n');
console.log(report);

if (values.write) {
  const path = inRoot('docs/PERFORMANCE.md');
  const [begin, end] = ['<!-- measured: begin -->', '<!-- measured: end -->'];
  const text = readFileSync(path, 'utf8');
  const [before, rest] = [text.slice(0, text.indexOf(begin) + begin.length), text.slice(text.indexOf(end))];
  writeFileSync(path, `${before}\n\n${report}\n\n${rest}`);
}
