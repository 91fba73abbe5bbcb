/**
 * What Sesame costs a page that it lies over: main-thread time on a page with 100 inputs and on one with
 * 5,000 nodes that change 60 times a second, each with and without the extension, in turns.
 *
 *   node --import ./scripts/typescript.mjs tests/bench/page.ts [--json] [--rounds N]
 *
 * Two figures, because neither is enough alone: the profiler's, which counts our own functions with all
 * that they make the browser do and nothing else; and the whole main thread's, which misses nothing but
 * has the page's own work and its noise in it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { dress } from '../e2e/fixtures.ts';
import { call, login, makeVault } from '../e2e/support/calls.ts';
import { chromiumPath, launch } from '../e2e/support/launch.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '11' } } });
const ROUNDS = Number(values.rounds);

interface PageRow {
  page: string;
  /** Ms in our own scripts, by the profiler. */
  ownMs: number;
  /** Processor ms of the main thread with the extension, and without. */
  withMs: number;
  withoutMs: number;
  /** Tasks over 50 ms, as the page's own observer sees them. */
  longTasks: number;
  longTasksWithout: number;
}

const INPUTS = `<form method="post" action="/in">${Array.from(
  { length: 100 },
  (_, at) => `<p><label>Field ${at} <input name="field${at}"${at === 99 ? ' type="password"' : ''}></label></p>`,
).join('')}<button>Send</button></form>`;

/** Text, classes and a few nodes of 5,000, once for every frame. */
const CHANGING = `<form method="post" action="/in"><input name="user" autocomplete="username"><input name="password" type="password"><button>Sign in</button></form>
  <div id="all">${'<i>0</i>'.repeat(5_000)}</div>
  <script>
    const all = document.getElementById('all');
    let turn = 0;
    const change = () => {
      turn += 1;
      for (let at = turn % 10; at < all.children.length; at += 10) {
        all.children[at].firstChild.data = String(turn);
        all.children[at].className = 'turn' + (turn % 7);
      }
      all.append(all.firstChild);
      requestAnimationFrame(change);
    };
    requestAnimationFrame(change);
  </script>`;

interface Scene {
  name: string;
  path: string;
  /** What a person does there. */
  act: (page: Page) => Promise<void>;
}

const stay = (ms: number) => (page: Page) => page.waitForTimeout(ms);
const enter = (ms: number) => async (page: Page) => {
  await page.locator('input').first().click();
  await page.waitForTimeout(ms);
};
const SCENES: Scene[] = [
  { name: '100 inputs, loaded', path: '/inputs', act: stay(1_000) },
  { name: '100 inputs, a field entered', path: '/inputs', act: enter(1_500) },
  { name: '5,000 nodes changing 60 times a second, 3 s', path: '/changing', act: stay(3_000) },
  { name: 'the same, a field entered', path: '/changing', act: enter(3_000) },
];

const median = (list: number[]): number => Math.round((list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN) * 100) / 100;

async function fresh(context: BrowserContext): Promise<{ page: Page; session: CDPSession }> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const long: number[] = [];
    Object.assign(globalThis, { long });
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  return { page, session: await context.newCDPSession(page) };
}

async function busy(context: BrowserContext, origin: string, scene: Scene): Promise<{ ms: number; long: number }> {
  const { page, session } = await fresh(context);
  // Processor time rather than the clock's: what else the machine does must not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(origin + scene.path);
  await scene.act(page);
  const { metrics } = await session.send('Performance.getMetrics');
  const long = await page.evaluate(() => (globalThis as unknown as { long: number[] }).long.length);
  await page.close();
  return { ms: (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000, long };
}

/** Samples in functions that come from the extension, and in what those call. */
async function own(context: BrowserContext, origin: string, scene: Scene): Promise<number> {
  const { page, session } = await fresh(context);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 100 });
  await session.send('Profiler.start');
  await page.goto(origin + scene.path);
  await scene.act(page);
  const { profile } = await session.send('Profiler.stop');
  await page.close();
  const ours = new Set<number>();
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const mark = (id: number, above: boolean): void => {
    const node = byId.get(id);
    if (!node) return;
    const mine = above || node.callFrame.url.startsWith('chrome-extension:');
    if (mine) ours.add(id);
    for (const child of node.children ?? []) mark(child, mine);
  };
  const [root] = profile.nodes;
  if (root) mark(root.id, false);
  const deltas = profile.timeDeltas ?? [];
  return (profile.samples ?? []).reduce((sum, id, at) => sum + (ours.has(id) ? (deltas[at] ?? 0) : 0), 0) / 1_000;
}

const server = createServer((request, response) => {
  const body = request.url === '/changing' ? CHANGING : INPUTS;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><html lang="en"><title>Bench</title><body>${body}`);
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

const sesame = dress(await launch());
const plain = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--window-size=1200,900'] });
const without = await plain.newContext({ viewport: null });
const popup = await sesame.openPopup();
await makeVault(popup);
await call(popup, 'save', login('Bench', { websites: [{ url: origin, match: 'host' }] }));

const rows: PageRow[] = [];
try {
  for (const scene of SCENES) {
    const [mine, on, off]: [number[], { ms: number; long: number }[], { ms: number; long: number }[]] = [[], [], []];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const results = [
        await own(sesame.context, origin, scene),
        await busy(sesame.context, origin, scene),
        await busy(without, origin, scene),
      ] as const;
      // The first round warms caches on both sides.
      if (round === 0) continue;
      mine.push(results[0]);
      on.push(results[1]);
      off.push(results[2]);
    }
    rows.push({
      page: scene.name,
      ownMs: median(mine),
      withMs: median(on.map(({ ms }) => ms)),
      withoutMs: median(off.map(({ ms }) => ms)),
      longTasks: median(on.map(({ long }) => long)),
      longTasksWithout: median(off.map(({ long }) => long)),
    });
  }
} finally {
  await sesame.close();
  await plain.close();
  server.close();
}

if (values.json) {
  console.log(JSON.stringify({ rounds: ROUNDS, rows }));
} else {
  console.log(`Chromium, medians of ${ROUNDS} rounds`);
  for (const row of rows) {
    const tasks = `long tasks ${row.longTasks} with, ${row.longTasksWithout} without`;
    console.log(
      `  ${row.page.padEnd(48)} own scripts ${row.ownMs} ms; main thread ${row.withMs} ms with, ${row.withoutMs} ms without; ${tasks}`,
    );
  }
}
