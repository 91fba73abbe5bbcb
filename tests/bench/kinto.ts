/**
 * A peer to measure beside the account server: Kinto on a PostgreSQL of its own. It keeps records in sync
 * between devices, as Firefox's `storage.sync` once did with ciphertext of its own. `build.sh` has installed it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../support/ports.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';

const BIN = resolve('target/kinto/bin');
/** As many as there are cores; each has threads for half of the connections. */
const PROCESSES = 2;

/** Its own way of signing in, a password with each request, and what it remembers of them in the database. */
const settings = (database: string): string => `[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = ${database}
kinto.cache_backend = kinto.core.cache.postgresql
kinto.cache_url = ${database}
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = ${database}
kinto.includes = kinto.plugins.accounts
kinto.bucket_create_principals = system.Authenticated
kinto.account_create_principals = system.Everyone
kinto.account_cache_ttl_seconds = 86400
multiauth.policies = account
multiauth.policy.account.use = kinto.plugins.accounts.authentication.AccountsAuthenticationPolicy
`;

/** Copies of the first client's collection under other names, straight into the tables, as for the account server. */
const COPIES = `
CREATE TEMP TABLE n AS SELECT i FROM generate_series(1, :copies) AS i;
INSERT INTO objects SELECT 'copy' || n.i, 'copy' || n.i, resource_name, last_modified, data, deleted
  FROM n, objects WHERE parent_id = 'load0' AND resource_name = 'account';
INSERT INTO objects SELECT 'copy' || n.i, parent_id, resource_name, last_modified - interval '1 year' - n.i * interval '1 ms', data, deleted
  FROM n, objects WHERE id = 'load0' AND resource_name = 'bucket';
INSERT INTO objects SELECT id, replace(parent_id, 'load0', 'copy' || n.i), resource_name, last_modified, data, deleted
  FROM n, objects WHERE parent_id IN ('/buckets/load0', '/buckets/load0/collections/vault');
INSERT INTO timestamps SELECT replace(parent_id, 'load0', 'copy' || n.i), resource_name, last_modified
  FROM n, timestamps WHERE parent_id LIKE '%load0' OR parent_id LIKE '%/load0/%';
INSERT INTO access_control_entries SELECT replace(object_id, 'load0', 'copy' || n.i), permission, replace(principal, 'load0', 'copy' || n.i)
  FROM n, access_control_entries WHERE principal = 'account:load0';
ANALYZE;
`;

export class Kinto {
  private process: ChildProcess | undefined;
  private constructor(
    readonly origin: string,
    private readonly port: number,
    private readonly folder: string,
    private readonly database: string,
    private readonly cluster: Postgres,
  ) {}

  static async start(): Promise<Kinto> {
    const cluster = await startPostgres();
    if (cluster === null) throw new Error('there is no PostgreSQL here');
    const folder = await mkdtemp(join(tmpdir(), 'sesame-kinto-'));
    const database = cluster.database();
    const port = await freePort();
    const kinto = new Kinto(`http://127.0.0.1:${port}`, port, folder, database, cluster);
    try {
      await writeFile(kinto.ini, settings(database.replace('postgres:', 'postgresql:')));
      execFileSync(join(BIN, 'kinto'), ['migrate', '--ini', kinto.ini], { stdio: 'ignore', cwd: folder });
      await kinto.restart();
    } catch (error) {
      await kinto.stop();
      throw error;
    }
    return kinto;
  }

  private get ini(): string {
    return join(this.folder, 'kinto.ini');
  }

  private async restart(): Promise<void> {
    const args = ['--paste', this.ini, '--workers', String(PROCESSES), '--threads', '16', '--bind', `127.0.0.1:${this.port}`];
    // As our server: the driver keeps a connection for five seconds.
    args.push('--keep-alive', '10');
    this.process = spawn(join(BIN, 'gunicorn'), [...args, '--log-level', 'error'], { cwd: this.folder, stdio: 'ignore' });
    for (let tries = 0; !(await this.ready()); tries += 1) {
      if (tries > 300) throw new Error('Kinto does not start');
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  private ready(): Promise<boolean> {
    return new Promise((done) => {
      const asked = request(`${this.origin}/v1/__heartbeat__`, (answer) => {
        answer.resume();
        done(answer.statusCode === 200);
      });
      asked.once('error', () => done(false));
      asked.end();
    });
  }

  /** Accounts beside those that work. */
  fill(copies: number): void {
    execFileSync('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', '-v', `copies=${copies}`, this.database], {
      input: COPIES,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
  }

  async stop(): Promise<void> {
    const child = this.process;
    if (child && child.exitCode === null) {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    }
    await this.cluster.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
