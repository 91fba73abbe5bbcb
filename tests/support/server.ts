/**
 * The real account server for a test: the built program, an empty database of its own, and a mail
 * server on loopback that keeps what it sends. SESAME_SERVER_BIN names another program.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Mail } from './mime.ts';
import type { Mutator } from './mutator.ts';
import { freePort } from './ports.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { MailSink } from './smtp.ts';

export type { Mail } from './mime.ts';

const BIN = resolve(import.meta.dirname, '../..', process.env['SESAME_SERVER_BIN'] ?? 'target/debug/sesame-server');

export type Database = 'sqlite' | 'postgres';

/** What a backup of a database holds: SQLite's files, or the address of PostgreSQL's copy. */
type Snapshot = Map<string, Buffer> | string;

export interface ServerOptions {
  database?: Database;
  /** More settings, by their names in the environment; `undefined` takes one of ours away. */
  env?: Record<string, string | undefined>;
  /** Whoever stands in front of it: its address is then the server's. */
  behind?: Mutator;
  /** Otherwise one that is free. */
  port?: number;
}

export class TestServer {
  private process: ChildProcess | undefined;
  /** What the program wrote, for a test that looks for what must not be there, and for a failure's report. */
  log = '';

  private constructor(
    readonly port: number,
    /** What a person types as the server's address, and what Sesame shows as its origin. */
    readonly origin: string,
    readonly folder: string,
    readonly sink: MailSink,
    private readonly env: Record<string, string>,
    private readonly cluster: Postgres | null,
  ) {}

  static async start(options: ServerOptions = {}): Promise<TestServer> {
    if (!existsSync(BIN)) throw new Error(`${BIN} is not there: run ./build.sh build first`);
    const folder = await mkdtemp(join(tmpdir(), 'sesame-server-'));
    const port = options.port ?? (await freePort());
    const origin = options.behind?.origin ?? `http://localhost:${port}`;
    const sink = await MailSink.start();
    const cluster = options.database === 'postgres' ? await startPostgres() : null;
    if (options.database === 'postgres' && cluster === null) throw new Error('there is no PostgreSQL here');
    const env: Record<string, string | undefined> = {
      PATH: process.env['PATH'],
      SESAME_LISTEN: `127.0.0.1:${port}`,
      SESAME_BASE_URL: origin,
      SESAME_DATABASE: cluster?.database() ?? `sqlite://${join(folder, 'sesame.db')}`,
      SESAME_SECRETS: join(folder, 'secrets'),
      SESAME_SMTP: `smtp://127.0.0.1:${sink.port}`,
      SESAME_MAIL_FROM: 'Sesame <sesame@localhost>',
      // One machine is everybody here: what is counted by address would stop the tests.
      SESAME_LIMITS: 'off',
      ...options.env,
    };
    const set = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
    const server = new TestServer(port, origin, folder, sink, set, cluster);
    if (options.behind) options.behind.target = port;
    try {
      await server.restart();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  get databaseUrl(): string {
    return this.env['SESAME_DATABASE'] ?? '';
  }

  /** What the database takes on the disk. */
  async databaseBytes(): Promise<number> {
    if (this.cluster) return this.cluster.bytes();
    const files = ['', '-wal'].map((end) => join(this.folder, `sesame.db${end}`));
    const sizes = await Promise.all(
      files.map((file) =>
        stat(file).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  /** Starts the program (again), with the database as it is. */
  async restart(): Promise<void> {
    const child = spawn(BIN, ['serve'], { env: this.env, cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    const keep = (chunk: Buffer): void => {
      this.log += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    for (let tries = 0; !(await this.ready()); tries += 1) {
      if (child.exitCode !== null || tries > 200) throw new Error(`sesame-server does not start:\n${this.log}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** Asked past whoever stands in front. */
  private ready(): Promise<boolean> {
    const { host } = new URL(this.origin);
    return new Promise((done) => {
      const asked = request({ host: '127.0.0.1', port: this.port, path: '/readyz', headers: { host } }, (answer) => {
        answer.resume();
        done(answer.statusCode === 200);
      });
      asked.once('error', () => done(false));
      asked.end();
    });
  }

  /** A crash: nothing is finished, nothing is said. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** As an operator stops it. */
  halt(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    await ended;
  }

  /** The database as it is now, as a careless backup would have it. */
  async snapshot(): Promise<Snapshot> {
    await this.halt();
    const copy = this.cluster?.database(this.databaseUrl) ?? (await this.files());
    await this.restart();
    return copy;
  }

  /** Puts such a copy back; the server knows nothing of what was since. */
  async rollBack(copy: Snapshot): Promise<void> {
    await this.halt();
    if (typeof copy === 'string') this.cluster?.replace(this.databaseUrl, copy);
    else {
      for (const file of this.fileNames) await rm(file, { force: true });
      for (const [file, bytes] of copy) await writeFile(file, bytes);
    }
    await this.restart();
  }

  private get fileNames(): string[] {
    return ['', '-wal', '-shm'].map((end) => join(this.folder, `sesame.db${end}`));
  }

  private async files(): Promise<Map<string, Buffer>> {
    const here = this.fileNames.filter((file) => existsSync(file));
    return new Map(await Promise.all(here.map(async (file): Promise<[string, Buffer]> => [file, await readFile(file)])));
  }

  async stop(): Promise<void> {
    await this.end('SIGKILL');
    await this.sink.stop();
    await this.cluster?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  get mails(): readonly Mail[] {
    return this.sink.mails;
  }

  /** Waits for the mail with this number among those to this address that `wanted` takes. */
  mail(to: string, nth = 0, wanted?: (mail: Mail) => boolean): Promise<Mail> {
    return this.sink.mail(to, nth, wanted);
  }

  /** The ten symbols of the newest sign-up (or new address) mail's code. */
  async codeFor(email: string, nth = 0): Promise<string> {
    const mail = await this.mail(email, nth, ({ text }) => CODE.test(text) && !LINK.test(text));
    return CODE.exec(mail.text)?.[0] ?? '';
  }

  /** The link of a reset mail. */
  async resetLink(email: string, nth = 0): Promise<string> {
    const mail = await this.mail(email, nth, ({ text }) => LINK.test(text));
    return LINK.exec(mail.text)?.[0] ?? '';
  }
}

const CODE = /\b[0-9A-HJKMNP-TV-Z]{5}[- ]?[0-9A-HJKMNP-TV-Z]{5}\b/;
const LINK = /https?:\/\/\S+\/reset#t=\S+/;

export const startServer = (options?: ServerOptions): Promise<TestServer> => TestServer.start(options);
