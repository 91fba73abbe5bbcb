/**
 * `./build.sh load [--write]`: the account server, as it is installed, under simulated clients, with 100,000
 * accounts in its database; SQLite and PostgreSQL one after the other on this machine.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../support/ports.ts';
import { startServer, type TestServer } from '../support/server.ts';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
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

async function measure(database: 'sqlite' | 'postgres'): Promise<Measured> {
  const mailPort = await freePort();
  const server = await startServer({ database, env: { SESAME_SMTP: `smtp://127.0.0.1:${mailPort}`, SESAME_LOG: 'warn' } });
  const load = (command: string, extra = '0'): string =>
    execFileSync(LOAD, [command, server.origin, String(mailPort), String(CLIENTS), String(WORKERS), extra], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  try {
    say(`${database}: ${CLIENTS} clients sign up, with ${ITEMS} items each`);
    load('seed', String(ITEMS));
    say(`${database}: ${ACCOUNTS} accounts in all, as copies of the first`);
    await server.halt();
    fill(server);
    await server.restart();
    const before = memory(server, 'VmRSS');
    say(`${database}: ${WORKERS} connections for ${SECONDS} s`);
    const run = JSON.parse(load('run', String(SECONDS))) as Run;
    const peak = memory(server, 'VmHWM');
    say(`${database}: one commit to vaults of three sizes`);
    const costs = JSON.parse(load('sizes')) as Cost[];
    return { database, run, costs, memory: { before, peak }, bytes: await server.databaseBytes() };
  } finally {
    await server.stop();
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

function report(all: Measured[]): string {
  const [machine] = cpus();
  const names = all.map(({ database }) => (database === 'sqlite' ? 'SQLite' : 'PostgreSQL'));
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
  return parts.join('\n\n');
}

const measured: Measured[] = [];
for (const database of ['sqlite', 'postgres'] as const) measured.push(await measure(database));
const text = report(measured);
console.log(text);
if (values.write) {
  const [begin, end] = ['<!-- load: begin -->', '<!-- load: end -->'];
  const doc = readFileSync(DOC, 'utf8');
  if (!doc.includes(begin) || !doc.includes(end)) throw new Error(`${DOC} has no place for it`);
  writeFileSync(DOC, `${doc.slice(0, doc.indexOf(begin) + begin.length)}\n\n${text}\n\n${doc.slice(doc.indexOf(end))}`);
}
