/** The account server killed in the middle of commits: what it has acknowledged is there afterwards, whole. */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { freePort } from '../support/ports.ts';
import { withoutPostgres } from '../support/postgres.ts';
import { startServer, type TestServer } from '../support/server.ts';

const LOAD = resolve(import.meta.dirname, '../..', process.env['SESAME_LOAD_BIN'] ?? 'target/debug/sesame-load');
const CLIENTS = 6;
const CRASHES = 5;
/** How many lines are waited for before each crash: the 30 items as they are, and then acknowledged commits. */
const COMMITS = 90;

class Clients {
  constructor(
    private readonly server: TestServer,
    private readonly mailPort: number,
  ) {
    if (!existsSync(LOAD)) throw new Error(`${LOAD} is not there: cargo build -p sesame-load`);
  }

  private args(command: string): string[] {
    return [command, this.server.origin, String(this.mailPort), String(CLIENTS), String(CLIENTS)];
  }

  async prepare(): Promise<void> {
    await promisify(execFile)(LOAD, this.args('prepare'));
  }

  /** Commits until the server is gone, which it is in the middle of it. Resolves to what was acknowledged. */
  async commitInto(crash: () => Promise<void>): Promise<string> {
    const child = spawn(LOAD, this.args('commit'), { stdio: ['ignore', 'pipe', 'inherit'] });
    let lines = '';
    let crashed: Promise<void> | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      lines += chunk.toString('utf8');
      if (crashed === undefined && lines.split('\n').length > COMMITS) crashed = crash();
    });
    const code = await new Promise<number | null>((done) => child.once('close', done));
    await crashed;
    expect(code).toBe(0);
    return lines;
  }

  async compare(acknowledged: string): Promise<{ acknowledged: number; ahead: number }> {
    const child = spawn(LOAD, this.args('compare'), { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(acknowledged);
    let answer = '';
    child.stdout.on('data', (chunk: Buffer) => {
      answer += chunk.toString('utf8');
    });
    const code = await new Promise<number | null>((done) => child.once('close', done));
    expect(code, 'something acknowledged is gone, or a row does not fit its manifest').toBe(0);
    return JSON.parse(answer) as { acknowledged: number; ahead: number };
  }
}

for (const database of ['sqlite', 'postgres'] as const) {
  test(`killed between and inside commits, ${database}: nothing acknowledged is lost (S-155)`, async () => {
    test.skip(withoutPostgres(database), 'no PostgreSQL here');
    test.setTimeout(180_000);
    const mailPort = await freePort();
    const server = await startServer({ database, env: { SESAME_SMTP: `smtp://127.0.0.1:${mailPort}` } });
    try {
      const clients = new Clients(server, mailPort);
      await clients.prepare();
      let acknowledged = '';
      for (let crash = 1; crash <= CRASHES; crash += 1) {
        acknowledged += await clients.commitInto(() => server.kill());
        await server.restart();
        const found = await clients.compare(acknowledged);
        expect(found.acknowledged).toBeGreaterThanOrEqual(crash * COMMITS);
      }
      // A list with one commit that the server never took must be noticed, or the comparison proves nothing.
      const [last = ''] = acknowledged.trimEnd().split('\n').slice(-1);
      const [client, item, rev, hash, seq] = last.split(' ');
      const invented = `${client} ${item} ${Number(rev) + 2} ${hash} ${Number(seq) + 2}\n`;
      await expect(clients.compare(acknowledged + invented)).rejects.toThrow();
    } finally {
      await server.stop();
    }
  });
}
