/**
 * `./build.sh load [--peer] [--write]`: the account server, as it is installed, under simulated clients, with
 * 100,000 accounts in its database; SQLite and PostgreSQL one after the other on this machine. With `--peer`
 * the work that Kinto can do, too, is done by both.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../support/ports.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { Kinto } from './kinto.ts';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    peer: { type: 'boolean', default: false },
    accounts: { type: 'string', default: '100000' },
    clients: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '60' },
  },
});
const [ACCOUNTS, CLIENTS, SECONDS] = [Number(values.accounts), Number(values.clients), Number(values.seconds)];
const WORKERS = 32;
const ITEMS = 10;
const LOAD = resolve(process.env['SESAME_LOAD_BIN'] ?? 'target/server/sesame-load');
const DOC = 'docs/PERFORMANCE.md';

interface Waits {
  count: number;
  p50: number;
  p99: number;
}
interface Run {
  seconds: number;
  requests: number;
  acts: { name: string; waits: Waits }[];
}
interface Cost {
  items: number;
  bytes: number;
  waits: Waits;
}
interface Measured {
  database: string;
  run: Run;
  /** What a peer can do, too. */
  sync: Run | null;
  costs: Cost[];
  memory: { before: number; peak: number };
  bytes: number;
}

const say = (text: string): void => console.error(`== ${text}`);

/** Of the process's own memory, MB. */
function memory(server: TestServer, what: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
}

/** The driver of the clients; what it answers is JSON. */
function load(command: string, origin: string, mailPort: number, extra = 0): string {
  const args = [command, origin, String(mailPort), String(CLIENTS), String(WORKERS), String(extra)];
  return execFileSync(LOAD, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

async function measure(database: 'sqlite' | 'postgres'): Promise<Measured> {
  const mailPort = await freePort();
  const server = await startServer({ database, env: { SESAME_SMTP: `smtp://127.0.0.1:${mailPort}`, SESAME_LOG: 'warn' } });
  const drive = (command: string, extra?: number): string => load(command, server.origin, mailPort, extra);
  try {
    say(`${database}: ${CLIENTS} clients sign up, with ${ITEMS} items each`);
    drive('seed', ITEMS);
    say(`${database}: ${ACCOUNTS} accounts in all, as copies of the first`);
    await server.halt();
    fill(server);
    await server.restart();
    const before = memory(server, 'VmRSS');
    say(`${database}: ${WORKERS} connections for ${SECONDS} s`);
    const run = JSON.parse(drive('run', SECONDS)) as Run;
    const peak = memory(server, 'VmHWM');
    if (values.peer) say(`${database}: the same without signing in`);
    const sync = values.peer ? (JSON.parse(drive('sync', SECONDS)) as Run) : null;
    say(`${database}: one commit to vaults of three sizes`);
    const costs = JSON.parse(drive('sizes')) as Cost[];
    return { database, run, sync, costs, memory: { before, peak }, bytes: await server.databaseBytes() };
  } finally {
    await server.stop();
  }
}

async function measurePeer(): Promise<Run> {
  const kinto = await Kinto.start();
  try {
    say(`Kinto: ${CLIENTS} clients sign up, with ${ITEMS} records each`);
    load('kinto-seed', kinto.origin, 0, ITEMS);
    say(`Kinto: ${ACCOUNTS} accounts in all, as copies of the first`);
    kinto.fill(ACCOUNTS - CLIENTS);
    say(`Kinto: ${WORKERS} connections for ${SECONDS} s`);
    return JSON.parse(load('kinto-sync', kinto.origin, 0, SECONDS)) as Run;
  } finally {
    await kinto.stop();
  }
}

function fill(server: TestServer): void {
  execFileSync(LOAD, ['fill', server.databaseUrl, String(ACCOUNTS - CLIENTS)], { stdio: ['ignore', 'ignore', 'inherit'] });
}

const ms = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
const mb = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const perSecond = ({ acts, seconds }: Run): number => acts.reduce((sum, { waits }) => sum + waits.count, 0) / seconds;

/** The same work on both, as ratios to the peer's. */
function beside(all: Measured[], peer: Run): string {
  const runs = [...all.flatMap(({ sync }) => (sync ? [sync] : [])), peer];
  const cells = (one: Run, name: string): string => {
    const waits = one.acts.find((act) => act.name === name)?.waits;
    return waits ? `${ms(waits.p50)} / ${ms(waits.p99)}` : '';
  };
  return table(
    ['', ...all.map((one) => `Sesame, ${nameOf(one)}`), 'Kinto, PostgreSQL'],
    [
      ['times Kinto\u2019s work per second', ...runs.map((one) => (perSecond(one) / perSecond(peer)).toFixed(1))],
      ['done per second', ...runs.map((one) => Math.round(perSecond(one)).toLocaleString('en'))],
      ...peer.acts.map(({ name }) => [`${name}: p50 / p99, ms`, ...runs.map((one) => cells(one, name))]),
    ],
  );
}

const nameOf = ({ database }: Measured): string => (database === 'sqlite' ? 'SQLite' : 'PostgreSQL');

function report(all: Measured[], peer: Run | null): string {
  const [machine] = cpus();
  const names = all.map(nameOf);
  const acts = all[0]?.run.acts.map(({ name }) => name) ?? [];
  const waits = (pick: (one: Measured) => Waits | undefined): string[] =>
    all.map((one) => {
      const found = pick(one);
      return found ? `${ms(found.p50)} / ${ms(found.p99)}` : '';
    });
  const parts = [
    `Measured on ${cpus().length} × ${machine?.model.trim() ?? '?'}, clients, server and database on the same cores: ${ACCOUNTS.toLocaleString('en')} accounts, of which ${CLIENTS} work, over ${WORKERS} connections, for ${SECONDS} s.`,
    table(
      ['', ...names],
      [
        ['requests per second', ...all.map(({ run }) => Math.round(run.requests / run.seconds).toLocaleString('en'))],
        ['server\u2019s memory, before / at most', ...all.map(({ memory: of }) => `${of.before.toFixed(0)} / ${of.peak.toFixed(0)} MB`)],
        ['database', ...all.map(({ bytes }) => mb(bytes))],
        ...acts.map((name) => [`${name}: p50 / p99, ms`, ...waits(({ run }) => run.acts.find((act) => act.name === name)?.waits)]),
      ],
    ),
    'One connection, one changed item, by the size of the vault (p50 / p99 in ms; bytes of the request):',
    table(
      ['items', ...names, 'bytes'],
      (all[0]?.costs ?? []).map(({ items, bytes }, at) => [
        items.toLocaleString('en'),
        ...waits(({ costs }) => costs[at]?.waits),
        bytes.toLocaleString('en'),
      ]),
    ),
  ];
  if (peer) parts.push('The part of it that Kinto does, too, by the same driver in the same run:', beside(all, peer));
  return parts.join('\n\n');
}

const peer = values.peer ? await measurePeer() : null;
const measured: Measured[] = [];
for (const database of ['sqlite', 'postgres'] as const) measured.push(await measure(database));
const text = report(measured, peer);
console.log(text);
if (values.write) {
  const [begin, end] = ['<!-- load: begin -->', '<!-- load: end -->'];
  const doc = readFileSync(DOC, 'utf8');
  if (!doc.includes(begin) || !doc.includes(end)) throw new Error(`${DOC} has no place for it`);
  writeFileSync(DOC, `${doc.slice(0, doc.indexOf(begin) + begin.length)}\n\n${text}\n\n${doc.slice(doc.indexOf(end))}`);
}
