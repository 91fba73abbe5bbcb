// Argon2id as it ships (build/wasm/auth) against hash-wasm and Debian's libargon2, in one run.
//
//   node tests/bench/kdf.mjs [--rounds N] [--json] [--check]
//
// The two Wasm modules run in headless Chromium, in a page's main thread; libargon2 runs beside it,
// on one thread. All do 64 MiB, 3 passes, 4 lanes, and must give the same bytes. The rounds are
// interleaved, and what counts is processor time (of the page's thread, of the native process), so that
// a busy machine hits all of them alike; ratios of medians are what to keep. --check fails when a ratio
// is over its goal.
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
      const [tag, wall, cpu] = (await lines.next()).value.split(' ');
      return { tag, wall: Number(wall) / 1e6, cpu: Number(cpu) / 1e6 };
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
      return { wall: performance.now() - start, tag: hex(bytes) };
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
/** Runs a function of the page and adds the processor time of its thread. */
const meter = async (page) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const threadMs = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ThreadTime').value * 1000;
  };
  return async (name) => {
    const before = await threadMs();
    const measured = await page.evaluate((which) => globalThis[which](), name);
    return { ...measured, cpu: (await threadMs()) - before };
  };
};
const page = await browser.newPage();
await prepare(page);
const inPage = await meter(page);
const program = buildNative();
const libargon2 = program ? native(program) : null;
const contenders = {
  Sesame: () => inPage('sesame'),
  'hash-wasm': () => inPage('hashWasm'),
  ...(libargon2 ? { 'Debian libargon2': () => libargon2.run() } : {}),
};

const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
const tags = new Set();
const WARM_UP = 3;
for (let round = 0; round < WARM_UP + Number(values.rounds); round += 1) {
  for (const [name, run] of Object.entries(contenders)) {
    const { wall, cpu, tag } = await run();
    tags.add(tag);
    if (round >= WARM_UP) times[name].push({ wall, cpu });
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
    first[kind].push((await (await meter(fresh))('sesame')).cpu);
    await fresh.close();
  }
}
await browser.close();
server.close();

const column = (list, key) => list.map((entry) => entry[key]);
const ours = median(column(times.Sesame, 'cpu'));
const result = Object.entries(times).map(([name, list]) => ({
  name,
  cpuMs: Math.round(median(column(list, 'cpu'))),
  cpuMinMs: Math.round(Math.min(...column(list, 'cpu'))),
  wallMs: Math.round(median(column(list, 'wall'))),
  sesameRatio: Number((ours / median(column(list, 'cpu'))).toFixed(2)),
  goal: GOALS[name] ?? null,
}));
const firstCpuMs = Object.fromEntries(Object.entries(first).map(([kind, list]) => [kind, Math.round(median(list))]));
if (values.json) {
  console.log(JSON.stringify({ rounds: Number(values.rounds), contenders: result, firstInFreshPageCpuMs: firstCpuMs }));
} else {
  const pad = (number) => String(number).padStart(4);
  console.log(`Argon2id 64 MiB, t=3, p=4, one thread; ${values.rounds} interleaved rounds; processor time in ms`);
  for (const { name, cpuMs, cpuMinMs, wallMs, sesameRatio, goal } of result) {
    const ratio = goal === null ? '' : `Sesame is ${sesameRatio} of it (goal ${goal})`;
    console.log(`  ${name.padEnd(18)} median ${pad(cpuMs)}  min ${pad(cpuMinMs)}  (wall ${pad(wallMs)})  ${ratio}`);
  }
  console.log(`  first in a fresh page: ${firstCpuMs.cold} as it is, ${firstCpuMs.warmed} after the warm-up`);
}
const missed = result.filter(({ goal, sesameRatio }) => goal !== null && sesameRatio > goal);
if (values.check && missed.length > 0) {
  console.error(`over the goal: ${missed.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
