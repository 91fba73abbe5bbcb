/**
 * The token that a server gives for two signatures of the engine's (decision 0012). It lives in memory and
 * storage.session for its 15 minutes and goes with the vault's own session; a locked browser holds none.
 */
import { SesameError } from '../../shared/errors.ts';
import type { Ask, Path, Token } from '../server/ask.ts';
import { isRefusal } from '../server/refusal.ts';
import type { SessionEngine } from './engine-api.ts';
import { judged, type Turn } from './round.ts';

export interface Held {
  token: Token;
  server: string;
  gen: string;
  since: number;
  until: number;
}

/** Answer of `sessionOpened`. */
export interface SessionView {
  token: string;
  /** Seconds. */
  ttl: number;
  flags: number;
}

export interface SessionPorts<E> {
  step<T>(job: (turn: Turn<E>) => T | Promise<T>): Promise<T>;
  ask: Ask;
  /** The account of the open vault; throws `no-account`. */
  account(): Promise<{ server: string; gen: string }>;
  recall(): Promise<Held | null>;
  keep(held: Held | null): Promise<void>;
  /** What the server says about the account itself. */
  opened(view: SessionView): Promise<void>;
  now(): number;
}

/** A request that is on its way when the time is over is not lost for it. */
const EARLY_MS = 30_000;
/** The server takes a proof of the last five minutes as fresh. */
const FRESH_MS = 4 * 60_000;

export class AccountSession<E extends SessionEngine> {
  private readonly ports: SessionPorts<E>;
  private opening: Promise<Held> | null = null;

  constructor(ports: SessionPorts<E>) {
    this.ports = ports;
  }

  /**
   * Asks as this browser. Tokens that the server does not take (any more) are replaced, once. What carries the epoch
   * of the session that was has to be made anew then: `conflict` (S-152).
   */
  async ask(path: Path, body: Uint8Array, fresh = false): Promise<Uint8Array> {
    const held = await this.held(fresh);
    try {
      return await this.ports.ask(held.server, path, body, held.token);
    } catch (failure) {
      if (!isRefusal(failure, 'unauthorised', 'not-fresh')) return this.refused(failure);
    }
    await this.ports.keep(null);
    const anew = await this.held(false);
    if (path.startsWith('v/') || path === 'password/finish') throw new SesameError('conflict');
    return this.ports.ask(anew.server, path, body, anew.token).catch((failure: unknown) => this.refused(failure));
  }

  /** After a message that ended the old token and carried a new one. */
  async renew(view: SessionView): Promise<void> {
    await this.ports.keep(this.heldFrom(await this.ports.account(), view));
    await this.ports.opened(view);
  }

  forget(): Promise<void> {
    return this.ports.keep(null);
  }

  private async held(fresh: boolean): Promise<Held> {
    const [held, account] = await Promise.all([this.ports.recall(), this.ports.account()]);
    const now = this.ports.now();
    // A clock that was set back must not make a token last.
    const good = held !== null && held.server === account.server && held.gen === account.gen && now >= held.since && now < held.until;
    if (good && !(fresh && now - held.since > FRESH_MS)) return held;
    this.opening ??= this.open(account).finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  private async open(account: { server: string; gen: string }): Promise<Held> {
    try {
      const start = await this.ports.step(({ engine }) => engine.sessionStartBody());
      const started = await this.ports.ask(account.server, 'session/start', start);
      const body = await this.ports.step(({ engine }) => engine.sessionBody(started));
      const session = await this.ports.ask(account.server, 'session/finish', body);
      // A session for another vault than the one that was proved is no slip of an honest server's.
      const view = await this.ports.step((turn) => judged(turn, () => JSON.parse(turn.engine.sessionOpened(session)) as SessionView));
      const held = this.heldFrom(account, view);
      await this.ports.keep(held);
      await this.ports.opened(view);
      return held;
    } catch (failure) {
      return this.refused(failure);
    }
  }

  private heldFrom({ server, gen }: { server: string; gen: string }, view: SessionView): Held {
    const since = this.ports.now();
    return { token: view.token, server, gen, since, until: since + Math.max(0, view.ttl * 1000 - EARLY_MS) };
  }

  /** Two refusals are about this browser: they are written down before they are told. */
  private async refused(failure: unknown): Promise<never> {
    if (isRefusal(failure, 'gen-changed')) {
      await this.ports.step(({ engine, commit }) => commit(engine.genChanged(failure.detail)));
      await this.ports.keep(null);
    }
    if (isRefusal(failure, 'device-unknown')) {
      await this.ports.step(({ engine, commit }) => commit(engine.signedOut()));
      await this.ports.keep(null);
    }
    if (isRefusal(failure, 'unauthorised')) throw new SesameError('server-error');
    throw failure;
  }
}
