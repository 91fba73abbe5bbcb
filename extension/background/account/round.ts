/**
 * One round of sync: take in what the account has, then send what it has not. The network lies between
 * the engine's turns, never in one, so nobody who uses the vault waits for a server; what changed
 * here meanwhile is noticed. Each step is on the disk before the next, so that an end at any point, of the worker too,
 * leaves something to go on from. Knows neither Chrome nor Wasm, so that it can be tested by itself.
 */
import { fromB64 } from '../../shared/bytes.ts';
import { SesameError } from '../../shared/errors.ts';
import { toError } from '../actor.ts';
import type { Path } from '../server/ask.ts';
import { isRefusal } from '../server/refusal.ts';
import type { Rows, Writes } from '../storage.ts';
import type { PullNext, SyncEngine, SyncReport } from './engine-api.ts';

export interface Turn<E> {
  engine: E;
  /** All bases as they are now. */
  bases(): Promise<Rows>;
  commit(writes: Writes): Promise<void>;
}

/** A new registration for the account that waits for its turn (`passwordBehind`). */
export interface WaitingPassword {
  upload: string;
  signOutOthers: boolean;
}

export interface RoundPorts<E> {
  /** A short turn on the open engine; throws `locked` where it is not open (any more). */
  step<T>(job: (turn: Turn<E>) => T | Promise<T>): Promise<T>;
  /** With a token; tries once more with a new one where the server wants that. */
  ask(path: Path, body: Uint8Array, fresh?: boolean): Promise<Uint8Array>;
  items(ids: string[]): Promise<Rows>;
  /** In a turn, so that no other password is set between asking and making the body. */
  waitingPassword(turn: Turn<E>): Promise<WaitingPassword | null>;
  /** The account has the new password: `session` is the one that the server opened for it. */
  passwordTaken(session: Uint8Array): Promise<void>;
}

/** How often somebody else may be quicker in one round. */
const ATTEMPTS = 4;

const again = (): SesameError => new SesameError('conflict');
const isAgain = (failure: unknown): boolean => isRefusal(failure, 'conflict') || toError(failure).code === 'conflict';

export async function round<E extends SyncEngine>(ports: RoundPorts<E>): Promise<SyncReport> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const report = await pull(ports);
      await sendPassword(ports);
      await push(ports);
      return report;
    } catch (failure) {
      if (!isAgain(failure)) throw failure;
      if (attempt === ATTEMPTS) throw new SesameError('server-error');
    }
  }
}

/** What is wrong with an answer is written down before it is told: nothing more is taken until somebody decides (S-17). */
export async function judged<E extends Pick<SyncEngine, 'suspendWrites'>, T>({ engine, commit }: Turn<E>, act: () => T): Promise<T> {
  try {
    return act();
  } catch (failure) {
    if (toError(failure).code === 'sync-suspended') await commit(engine.suspendWrites());
    throw failure;
  }
}

async function pull<E extends SyncEngine>(ports: RoundPorts<E>): Promise<SyncReport> {
  const begun = await ports.step(async ({ engine, bases }) => ({ engine, body: engine.pullBody(await bases()) }));
  // What an answer means lies in the memory of the engine that asked: a new one has to ask anew.
  const own = (turn: Turn<E>): Turn<E> => {
    if (turn.engine !== begun.engine) throw again();
    return turn;
  };
  let seen: Rows = new Map();
  let answer = await ports.ask('v/pull', begun.body);
  let next: PullNext = await ports.step(async (turn) => {
    seen = await own(turn).bases();
    return judged(turn, () => turn.engine.pulled(answer, seen));
  });
  while (next.next !== 'apply') {
    const { next: kind, body } = next;
    answer = await ports.ask(kind === 'chain' ? 'v/chain' : 'v/rows', body);
    next = await ports.step(async (turn) => {
      const { engine } = own(turn);
      return judged(turn, () => (kind === 'rows' ? engine.rowsAnswer(answer) : engine.chain(answer)));
    });
  }
  const { locals } = next;
  return ports.step(async (turn) => {
    const { engine, commit } = own(turn);
    const bases = await turn.bases();
    // Which items were changed on both sides was judged by the bases of then.
    for (const id of bases.keys()) if (!seen.has(id)) throw again();
    const rows = await ports.items(locals);
    const { writes, report } = await judged(turn, () => engine.applyPulled(rows, bases));
    await commit(writes);
    return JSON.parse(report) as SyncReport;
  });
}

async function sendPassword<E extends SyncEngine>(ports: RoundPorts<E>): Promise<void> {
  const body = await ports.step(async (turn) => {
    const waiting = await ports.waitingPassword(turn);
    if (!waiting) return null;
    const made = turn.engine.passwordBody(fromB64(waiting.upload), waiting.signOutOthers, await turn.bases());
    await turn.commit(made.writes);
    return made.body;
  });
  if (body === null) return;
  await ports.passwordTaken(await sent(ports, () => ports.ask('password/finish', body, true)));
}

async function push<E extends SyncEngine>(ports: RoundPorts<E>): Promise<void> {
  for (let more = true; more; ) {
    const body = await ports.step(async ({ engine, bases, commit }) => {
      const kept = await bases();
      const made = engine.push(await ports.items(engine.pushIds(kept)), kept);
      // What is about to be sent is written down first: an answer that is lost is then no conflict.
      if (made) await commit(made.writes);
      return made && { engine, body: made.body };
    });
    if (!body) return;
    const answer = await sent(ports, () => ports.ask('v/commit', body.body));
    more = await ports.step(async (turn) => {
      if (turn.engine !== body.engine) throw again();
      const done = await judged(turn, () => turn.engine.pushed(answer));
      await turn.commit(done.writes);
      return done.more;
    });
  }
}

/** Whatever came back, or did not, the engine has to know before the next round. */
async function sent<E extends SyncEngine>(ports: RoundPorts<E>, act: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await act();
  } catch (failure) {
    await ports.step(({ engine }) => engine.pushFailed()).catch(() => undefined);
    throw failure;
  }
}
