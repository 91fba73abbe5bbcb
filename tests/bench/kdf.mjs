// Argon2id as it ships (build/wasm/auth) against hash-wasm and Debian's libargon2, in one run.
//
//   node tests/bench/kdf.mjs [--rounds N] [--json] [--check]
//
// The two Wasm modules run in headless Chromium, in a page's main thread; libargon2 runs beside it,
// on one thread. All do 64 MiB, 3 passes, 4 lanes, and must give the same bytes. The rounds are
// interleaved, so that a busy moment of the machine hits all of them; ratios of medians are what to
// keep. --check fails when a ratio is over its goal.
// Installs Debian's libargon2-dev and gcc if they are missing, after saying so.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';

const GOALS = { 'hash-wasm': 0.42, 'Debian libargon2': 0.6 };
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
});
const root = fileURLToPath(new URL('../../', import.meta.url));
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

function buildNative() {
  const say = values.json ? console.error : console.log;
  if (!existsSync('/usr/include/argon2.h') || spawnSync('gcc', ['--version']).status !== 0) {
    say('installing Debian packages libargon2-dev and gcc (apt-get)');
    const sudo = process.getuid() === 0 ? [] : ['sudo'];
    const [command, ...args] = [...sudo, 'apt-get', 'install', '-y', '-qq', 'libargon2-dev', 'gcc'];
    if (spawnSync(command, args, { stdio: 'ignore' }).status !== 0) return null;
  }
  const program = `${root}build/bench/kdf-native`;
  mkdirSync(`${root}build/bench`, { recursive: true });
  const built = spawnSync('gcc', ['-O2', `${root}tests/bench/kdf-native.c`, '-o', program, '-largon2'], { stdio: 'inherit' });
  return built.status === 0 ? program : null;
}

function native(program) {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run() {
      child.stdin.write('\n');
      const [tag, wall] = (await lines.next()).value.split(' ');
      return { tag, ms: Number(wall) / 1e6 };
    },
    end: () => child.stdin.end(),
  };
}

const FILES = {
  '/': ['text/html', Buffer.from('<!doctype html><title>kdf</title>')],
  '/auth.js': ['text/javascript', readFileSync(`${root}build/wasm/auth/auth.js`)],
  '/auth.wasm': ['application/wasm', readFileSync(`${root}build/wasm/auth/auth_bg.wasm`)],
  '/hash-wasm.js': ['text/javascript', readFileSync(`${root}node_modules/hash-wasm/dist/index.esm.js`)],
};
const server = createServer((request, response) => {
  const [type, body] = FILES[request.url] ?? ['text/plain', Buffer.from('')];
  response.writeHead(200, { 'content-type': type }).end(body);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid() === 0 ? ['--no-sandbox'] : [],
});
const prepare = async (page) => {
  await page.goto(address);
  await page.evaluate(async () => {
    const auth = await import('/auth.js');
    await auth.default({ module_or_path: '/auth.wasm' });
    const { argon2id } = await import('/hash-wasm.js');
    const password = new TextEncoder().encode('correct horse battery staple');
    const salt = new TextEncoder().encode('sesame-salt-32-bytes-0123456789a');
    const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const timed = async (work) => {
      const start = performance.now();
      const bytes = await work();
      return { ms: performance.now() - start, tag: hex(bytes) };
    };
    Object.assign(globalThis, {
      warmSesame: () => {
        auth.warm(0);
        auth.warm(0);
        auth.warm(1);
      },
      sesame: () => timed(() => auth.stretch(password, salt, 1)),
      hashWasm: () =>
        timed(() => argon2id({ password, salt, parallelism: 4, iterations: 3, memorySize: 65536, hashLength: 32, outputType: 'binary' })),
    });
  });
};
const page = await browser.newPage();
await prepare(page);
const program = buildNative();
const libargon2 = program ? native(program) : null;
const contenders = {
  Sesame: () => page.evaluate(() => globalThis.sesame()),
  'hash-wasm': () => page.evaluate(() => globalThis.hashWasm()),
  ...(libargon2 ? { 'Debian libargon2': () => libargon2.run() } : {}),
};

const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
const tags = new Set();
const WARM_UP = 3;
for (let round = 0; round < WARM_UP + Number(values.rounds); round += 1) {
  for (const [name, run] of Object.entries(contenders)) {
    const { ms, tag } = await run();
    tags.add(tag);
    if (round >= WARM_UP) times[name].push(ms);
  }
}
if (tags.size !== 1) throw new Error('the contenders do not agree');
libargon2?.end();

// The first derivation of a fresh page, as it is and after the warm-up that the popup does.
const first = { cold: [], warmed: [] };
for (let round = 0; round < 5; round += 1) {
  for (const kind of Object.keys(first)) {
    const fresh = await browser.newPage();
    await prepare(fresh);
    if (kind === 'warmed') {
      await fresh.evaluate(() => globalThis.warmSesame());
      await fresh.waitForTimeout(300);
    }
    first[kind].push((await fresh.evaluate(() => globalThis.sesame())).ms);
    await fresh.close();
  }
}
await browser.close();
server.close();

const ours = median(times.Sesame);
const result = Object.entries(times).map(([name, list]) => ({
  name,
  medianMs: Math.round(median(list)),
  minMs: Math.round(Math.min(...list)),
  sesameRatio: Number((ours / median(list)).toFixed(2)),
  goal: GOALS[name] ?? null,
}));
const firstMs = Object.fromEntries(Object.entries(first).map(([kind, list]) => [kind, Math.round(median(list))]));
if (values.json) {
  console.log(JSON.stringify({ rounds: Number(values.rounds), contenders: result, firstInFreshPageMs: firstMs }));
} else {
  console.log(`Argon2id 64 MiB, t=3, p=4, one thread; ${values.rounds} interleaved rounds; ms`);
  for (const { name, medianMs, minMs, sesameRatio, goal } of result) {
    const ratio = goal === null ? '' : `Sesame is ${sesameRatio} of it (goal ${goal})`;
    console.log(`  ${name.padEnd(18)} median ${String(medianMs).padStart(4)}  min ${String(minMs).padStart(4)}  ${ratio}`);
  }
  console.log(`  first in a fresh page: ${firstMs.cold} as it is, ${firstMs.warmed} after the warm-up`);
}
const missed = result.filter(({ goal, sesameRatio }) => goal !== null && sesameRatio > goal);
if (values.check && missed.length > 0) {
  console.error(`over the goal: ${missed.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
