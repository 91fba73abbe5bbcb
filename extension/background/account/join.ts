/** A browser becomes one of an account's: with the vault that is here, or with the account's own. */

import { Engine } from '../../../build/wasm/engine/engine.js';
import type { SignInView, SyncMode } from '../../shared/account.ts';
import type { B64 } from '../../shared/api.ts';
import { fromB64, toB64 } from '../../shared/bytes.ts';
import { JOINING_PORT } from '../../shared/messages.ts';
import { toError } from '../actor.ts';
import { backup, closeBackup, keepEngine } from '../backups.ts';
import { run } from '../engine.ts';
import { callerOf } from '../sender.ts';
import { ask } from '../server/ask.ts';
import type { Opened } from '../ui/open.ts';
import { type AccountEngine, accountEngine } from './desk.ts';
import type { AccountPreview } from './engine-api.ts';
import { hear } from './speech.ts';
import { inUse, unsettled, withdraw } from './unsettled.ts';

/** What is known of a sign-in beside its engine; in memory only, as that is. */
export interface Joining {
  server: string;
  email: string;
  deviceName: string;
  session: Uint8Array;
  token: string;
  /** Empty after a sign-in by recovery code: then nothing is pinned yet. */
  credId: B64;
  serverKey: B64;
  /** What signing in registered at the account, key and all: taken back where the vault is not taken over. */
  device?: B64;
  /** Since it was looked at: what opening it is to write once it is taken over. */
  opened?: Opened;
  /** It is being taken over: whoever goes now does not end it. */
  wanted?: boolean;
}

const joinings = new Map<string, Joining>();

export const joiningEngine = (handle: string): AccountEngine => accountEngine(backup(handle));

export function joining(handle: string): Joining {
  // Throws where it is gone; what is known of it goes, too.
  try {
    joiningEngine(handle);
  } catch (failure) {
    joinings.delete(handle);
    throw failure;
  }
  return joinings.get(handle) as Joining;
}

export function closeJoining(handle: string): void {
  joinings.delete(handle);
  closeBackup(handle);
}

/** Nobody goes on with it: its page went, its time is over. */
function dropJoining(handle: string): void {
  const known = joinings.get(handle);
  if (!known || known.wanted) return;
  closeJoining(handle);
  withdraw(known);
}

/** What was found goes on as this browser's vault, unless `job` fails. */
export async function takeOver<T>(handle: string, job: () => Promise<T>): Promise<T> {
  const known = joining(handle);
  known.wanted = true;
  // Before: a worker that wakes later must not take back what is in use by then.
  await inUse(known);
  try {
    const result = await job();
    closeJoining(handle);
    return result;
  } catch (failure) {
    known.wanted = false;
    await unsettled(known);
    throw failure;
  }
}

/** The port of a page that shows what was found: when the page goes, however it goes, the sign-in ends. True: it was one. */
export function onJoiningPort(port: chrome.runtime.Port): boolean {
  if (!port.name.startsWith(JOINING_PORT) || !port.sender || callerOf(port.sender) === null) return false;
  port.onDisconnect.addListener(() => dropJoining(port.name.slice(JOINING_PORT.length)));
  return true;
}

/** At a lock: what a sign-in has got so far is an account's session, and goes with the rest (S-98). */
export function takeJoinings(): Joining[] {
  const left = [...joinings.values()];
  joinings.clear();
  return left;
}

/** An empty engine with a new device's key, for a sign-in that has begun. */
export const beginJoining = (): Promise<{ handle: string; device: B64 }> =>
  run(() => {
    const { handle, engine } = keepEngine(new Engine(), dropJoining);
    return { handle, device: toB64(accountEngine(engine).newDevice()) };
  });

/** How often another browser may be quicker while all of a vault is on its way. */
const ATTEMPTS = 4;

/** Fetches the account's vault with the session that a proof opened; it stays sealed. */
export async function fetchVault(handle: string, known: Pick<Joining, 'server' | 'session' | 'token'>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetchOnce(handle, known);
    } catch (failure) {
      // What was asked for is another state by now: all of it is asked for anew.
      if (toError(failure).code !== 'conflict' || attempt === ATTEMPTS) throw failure;
    }
  }
}

async function fetchOnce(handle: string, { server, session, token }: Pick<Joining, 'server' | 'session' | 'token'>): Promise<void> {
  const first = await run(() => joiningEngine(handle).joinPullBody(session));
  const pulled = await ask(server, 'v/pull', first, token);
  let next = await run(() => joiningEngine(handle).joinPulled(pulled));
  while (next) {
    const rows = await ask(server, 'v/rows', next, token);
    next = await run(() => joiningEngine(handle).joinRows(rows));
  }
}

export async function found(handle: string, signedIn: Omit<Joining, 'token'>): Promise<SignInView> {
  const { token } = await hear('session', signedIn.session);
  const known: Joining = { ...signedIn, token };
  await unsettled(known);
  try {
    await fetchVault(handle, known);
    const info = await hear('account', await ask(known.server, 'account', new Uint8Array(0), token));
    joinings.set(handle, known);
    return await run(({ engine, state }) => {
      const own = joiningEngine(handle);
      const preview = JSON.parse(own.accountPreview()) as AccountPreview;
      return {
        handle,
        passwordSlots: preview.passwordSlots,
        recovery: preview.recovery,
        passkeys: preview.passkeys,
        items: preview.items,
        changedAt: preview.changedAt,
        devices: info.devices.length,
        vaultFingerprint: preview.fingerprint,
        hasLocalVault: state !== 'absent',
        localOpen: state === 'unlocked',
        sameVault: state !== 'absent' && engine.isSameVault(own),
      };
    });
  } catch (failure) {
    closeJoining(handle);
    withdraw(known);
    throw failure;
  }
}

/** `attach`, `attachJoined` and `rejoin` take the same. */
export function attachment(
  known: Joining,
  mode: SyncMode,
): [input: string, session: Uint8Array, credId: Uint8Array, serverKey: Uint8Array] {
  const { server, email, deviceName, session, credId, serverKey } = known;
  return [JSON.stringify({ origin: server, email, mode, deviceName }), session, fromB64(credId), fromB64(serverKey)];
}
