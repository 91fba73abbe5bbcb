/**
 * A PostgreSQL cluster of its own: Debian's binaries, a folder that is thrown away, a free port of
 * loopback. PostgreSQL refuses to run as root, so then it runs as Debian's user `postgres`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';

const DEBIAN = '/usr/lib/postgresql';

/** The folder of the newest PostgreSQL here, or null. */
export function postgresBinaries(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(DEBIAN, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));
  return found ?? null;
}

/** A test for it is then left out, and says so; with SESAME_REQUIRE_POSTGRES=1, as in CI, it fails. */
export const withoutPostgres = (database: string): boolean =>
  database === 'postgres' && postgresBinaries() === null && process.env['SESAME_REQUIRE_POSTGRES'] !== '1';

export interface Postgres {
  /** The address of a database of its own, empty; or a copy of that one, to which nobody is connected. */
  database(from?: string): string;
  /** Puts a copy of `from` in the place of this one. Nobody is connected to either. */
  replace(address: string, from: string): void;
  /** What all of them take on the disk. */
  bytes(): number;
  stop(): Promise<void>;
}

const debianUser = (): { uid: number; gid: number } => {
  const number = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
};

/** Null where there is none; with SESAME_REQUIRE_POSTGRES=1, as in CI, that is an error instead. */
export async function startPostgres(): Promise<Postgres | null> {
  const bin = postgresBinaries();
  if (bin === null) {
    if (process.env['SESAME_REQUIRE_POSTGRES'] === '1') throw new Error("PostgreSQL is needed: install Debian's postgresql");
    return null;
  }
  const folder = await mkdtemp(join(tmpdir(), 'sesame-postgres-'));
  const who = process.getuid?.() === 0 ? debianUser() : null;
  if (who) {
    await chown(folder, who.uid, who.gid);
    await chmod(folder, 0o700);
  }
  const cluster = join(folder, 'data');
  const port = await freePort();
  const run = (program: string, ...args: string[]): void => {
    execFileSync(join(bin, program), args, { ...who, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  run('initdb', '-D', cluster, '-U', 'sesame', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');
  const settings = { port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: folder, max_connections: '200' };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(bin, 'postgres'), ['-D', cluster, ...args], { ...who, cwd: folder, stdio: 'ignore' });
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  const sql = (database: string, statement: string): void =>
    run('psql', '-qX', '-h', '127.0.0.1', '-p', String(port), '-U', 'sesame', '-d', database, '-c', statement);
  await until(() => {
    execFileSync(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  });
  let count = 0;
  const nameOf = (address: string): string => new URL(address).pathname.slice(1);
  return {
    database: (from) => {
      count += 1;
      sql('postgres', `CREATE DATABASE sesame_${count} TEMPLATE ${from === undefined ? 'template1' : nameOf(from)}`);
      return `postgres://sesame@127.0.0.1:${port}/sesame_${count}`;
    },
    replace: (address, from) => {
      sql('postgres', `DROP DATABASE ${nameOf(address)}`);
      sql('postgres', `CREATE DATABASE ${nameOf(address)} TEMPLATE ${nameOf(from)}`);
    },
    bytes: () => Number(execFileSync('du', ['-sb', join(cluster, 'base')], { encoding: 'utf8' }).split('\t')[0]),
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function until(works: () => void): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      works();
      return;
    } catch (error) {
      if (tries > 150) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
