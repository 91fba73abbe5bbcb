/**
 * The one queue in front of the engine (S-116). Jobs run one after another, each on an engine that
 * agrees with the disk: what a job changes is written before it answers, and when the write fails, or
 * anything unforeseen happens, the engine is thrown away and read from the disk again. So memory never
 * runs ahead of the disk. Knows neither Chrome nor Wasm, so that it can be tested by itself.
 */
import type { Damage, VaultState } from '../shared/api.ts';
import { ERROR_CODES, type ErrorCode, SesameError } from '../shared/errors.ts';
import type { Rows, Writes } from './storage.ts';
import { Turns } from './turns.ts';

export interface EngineLike {
  load(vault: Rows, shards: Rows): string;
  resume(secret: Uint8Array, state: string): void;
  lock(): void;
}

export interface Ports<E extends EngineLike> {
  /** Makes the code ready; done once, and at the same time as the reading. */
  start(): Promise<void>;
  /** An engine on memory that holds nothing of the one before. */
  fresh(): E;
  read(): Promise<{ vault: Rows; shards: Rows }>;
  write(writes: Writes): Promise<void>;
  /** The secret that reopens the vault while the session lives; null = it does not. */
  session(): Promise<{ secret: Uint8Array; state: string } | null>;
  /** Whether a session that was alive still is; asked before every job. */
  alive(): boolean;
  /** A session ran out, or could not be resumed: the rest of locking is due. */
  expired(): void;
}

export interface Desk<E extends EngineLike> {
  engine: E;
  state: VaultState;
  /** What could not be read when the vault was loaded. */
  damage: Damage[];
  /** Writes, or throws `quota` or `storage` with nothing changed and the engine discarded. */
  commit(writes: Writes): Promise<void>;
  /** Goes on with an engine read anew from the disk, resumed if the session allows. */
  reload(): Promise<void>;
  /** After the engine has been opened by the job and the session saved. */
  opened(): void;
}

const codes: readonly string[] = ERROR_CODES;

/** The engine throws `{code}`; everything that is not one of the known codes is a defect. */
export function toError(failure: unknown): SesameError {
  if (failure instanceof SesameError) return failure;
  const code = typeof failure === 'object' && failure !== null ? (failure as { code?: unknown }).code : undefined;
  return new SesameError(typeof code === 'string' && codes.includes(code) ? (code as ErrorCode) : 'internal');
}

export class Actor<E extends EngineLike> {
  private readonly ports: Ports<E>;
  private readonly turns = new Turns();
  private engine: E | null = null;
  private state: VaultState = 'absent';
  private damage: Damage[] = [];

  constructor(ports: Ports<E>) {
    this.ports = ports;
  }

  run<T>(job: (desk: Desk<E>) => T | Promise<T>): Promise<T> {
    return this.turns.take(() => this.turn(job));
  }

  /** Zeroizes and discards the engine, after the jobs that are before it in the queue. */
  lock(wiped: () => Promise<void>): Promise<void> {
    return this.turns.take(async () => {
      this.discard();
      await wiped();
    });
  }

  private async turn<T>(job: (desk: Desk<E>) => T | Promise<T>): Promise<T> {
    if (this.engine && this.state === 'unlocked' && !this.ports.alive()) {
      this.discard();
      this.ports.expired();
    }
    try {
      const desk = await this.desk();
      return await job(desk);
    } catch (failure) {
      const error = toError(failure);
      if (error.code === 'internal') this.discard();
      throw error;
    }
  }

  private async desk(): Promise<Desk<E>> {
    const desk: Desk<E> = {
      engine: this.engine ?? (await this.load()),
      state: this.state,
      damage: this.damage,
      commit: async (writes) => {
        try {
          await this.ports.write(writes);
        } catch (failure) {
          this.discard();
          throw failure;
        }
      },
      reload: async () => {
        this.discard();
        Object.assign(desk, { engine: await this.load(), state: this.state, damage: this.damage });
      },
      opened: () => {
        this.state = 'unlocked';
        desk.state = 'unlocked';
      },
    };
    return desk;
  }

  private async load(): Promise<E> {
    const [stored, session] = await Promise.all([this.ports.read(), this.ports.session(), this.ports.start()]);
    const engine = this.ports.fresh();
    this.damage = [];
    this.state = 'absent';
    if (stored.vault.size > 0) {
      const loaded = JSON.parse(engine.load(stored.vault, stored.shards)) as { state: VaultState; damage: Damage[] };
      this.state = loaded.state;
      this.damage = loaded.damage;
    }
    if (session) {
      if (this.state === 'absent' || !this.resume(engine, session)) this.ports.expired();
    }
    this.engine = engine;
    return engine;
  }

  private resume(engine: E, session: { secret: Uint8Array; state: string }): boolean {
    try {
      engine.resume(session.secret, session.state);
      this.state = 'unlocked';
      return true;
    } catch (failure) {
      if (toError(failure).code === 'internal') throw failure;
      return false;
    } finally {
      session.secret.fill(0);
    }
  }

  private discard(): void {
    const engine = this.engine;
    this.engine = null;
    try {
      engine?.lock();
    } catch {
      // It panicked before; `fresh` gives its memory back all the same.
    }
  }
}
