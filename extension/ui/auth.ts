/**
 * How a page hands over a master password: to a disposable worker (auth-worker.ts), and nowhere else.
 * Each derivation has a worker of its own, which is terminated when it has answered, when the person
 * gives up, and after 20 s (S-02).
 */
import type { B64, PasswordSlot } from '../shared/api.ts';
import { fromB64, toB64, utf8 } from '../shared/bytes.ts';
import { SesameError } from '../shared/errors.ts';
import type { AuthCall } from './auth-worker.ts';
import { hintHelps, releaseTools } from './tools.ts';
import { ask, startWorker, WorkerError } from './worker.ts';

/** Bytes are transferred: the caller's array is empty afterwards. */
export type Password = string | Uint8Array<ArrayBuffer>;
export type KdfId = PasswordSlot['kdfId'];

/** Why a hint is refused (S-137). `too-helpful`: the strength estimate says so. */
export type HintProblem = 'too-long' | 'contains-password' | 'shares-part' | 'reversed' | 'look-alike' | 'too-similar' | 'too-helpful';
/** Why a text can't be a master password: longer than 1024 bytes, or with a character like Tab. */
export type PasswordProblem = 'empty' | 'too-long' | 'forbidden';

export interface Calibrated {
  kdfId: KdfId;
  salt: B64;
  stretched: Uint8Array<ArrayBuffer>;
}

export const KILL_AFTER_MS = 20_000;
/** New vaults: the strongest parameters that this device derives in less than this. */
export const CALIBRATE_UNDER_MS = 500;
export const SALT_LEN = 32;
/** A worker for small questions lives this long after the last one. */
const IDLE_MS = 10_000;

/** Started and warmed, for the next derivation. */
let warmed: Worker | null = null;
/** Answers small questions about a password while its form is open. */
let advisor: Worker | null = null;
let advisorTimer: ReturnType<typeof setTimeout> | undefined;

/**
 * Starts the worker and touches its memory before the password is typed: otherwise the first unlock
 * takes nearly twice as long as a second one would (docs/PERFORMANCE.md). Call it when a password
 * field appears, with the slot's `kdfId` where there is one.
 */
export function warmUp(kdfId: KdfId = 1): void {
  if (warmed) return;
  const worker = startWorker('auth-worker.js');
  warmed = worker;
  const call: AuthCall = { call: 'warm', kdfId };
  ask(worker, call, { timeoutMs: KILL_AFTER_MS }).catch(() => {
    // A warm-up that failed costs time and nothing else: the derivation starts its own worker.
    if (warmed === worker) warmed = null;
  });
}

/** The worker for the next derivation, the warmed one where there is one: the caller's to end. */
export function takeWorker(): Worker {
  const worker = warmed ?? startWorker('auth-worker.js');
  warmed = null;
  return worker;
}

/** Ends every worker. Call it when the form with the password goes away. */
export function coolDown(): void {
  warmed?.terminate();
  warmed = null;
  dismissAdvisor();
  releaseTools();
}

// biome-ignore lint/complexity/noStaticOnlyClass: the name of the room's calls, as screens use it.
export class AuthJob {
  /** The 32 bytes that open a password slot. Wipe them after use. */
  static stretch(password: Password, slot: { kdfId: KdfId; salt: B64 }, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = secret(password);
    const call: AuthCall = { call: 'stretch', password: bytes, salt: fromB64(slot.salt), kdfId: slot.kdfId };
    return once(call, bytes, signal);
  }

  /** Stretches a new master password with a fresh salt and the parameters that suit this device. */
  static async calibrate(password: Password, signal?: AbortSignal): Promise<Calibrated> {
    const bytes = secret(password);
    const salt = crypto.getRandomValues(new Uint8Array(SALT_LEN));
    const call: AuthCall = { call: 'calibrate', password: bytes, salt, underMs: CALIBRATE_UNDER_MS };
    const { kdfId, stretched } = await once<Omit<Calibrated, 'salt'>>(call, bytes, signal);
    return { kdfId, stretched, salt: toB64(salt) };
  }

  /** What in the hint gives the password away, or null (S-137). */
  static async checkHint(password: string, hint: string, signal?: AbortSignal): Promise<HintProblem | null> {
    const bytes = utf8(password);
    const problem = await advise<HintProblem | null>({ call: 'check-hint', password: bytes, hint }, bytes, signal);
    if (problem !== null || hint === '') return problem;
    return (await hintHelps(password, hint, signal)) ? 'too-helpful' : null;
  }

  /** Whether the password begins or ends with a space: worth saying after a wrong one. */
  static hasEdgeSpace(password: Password, signal?: AbortSignal): Promise<boolean> {
    const bytes = secret(password);
    return advise({ call: 'edge-space', password: bytes }, bytes, signal);
  }

  /** Why this text can't be a master password, or null. */
  static passwordProblem(password: Password, signal?: AbortSignal): Promise<PasswordProblem | null> {
    const bytes = secret(password);
    return advise({ call: 'password-problem', password: bytes }, bytes, signal);
  }
}

/** The problem behind a rejected `stretch` or `calibrate`, if it was the password's. */
export function passwordProblemOf(failure: unknown): PasswordProblem | null {
  if (!(failure instanceof WorkerError)) return null;
  const { reason } = failure;
  return reason === 'empty' || reason === 'too-long' || reason === 'forbidden' ? reason : null;
}

/** Its bytes, to be transferred. */
export function secret(password: Password): Uint8Array<ArrayBuffer> {
  return typeof password === 'string' ? utf8(password) : password;
}

async function once<Value>(call: AuthCall, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal | undefined): Promise<Value> {
  const worker = takeWorker();
  try {
    return await ask<Value>(worker, call, { transfer: [bytes.buffer], signal, timeoutMs: KILL_AFTER_MS });
  } finally {
    worker.terminate();
  }
}

async function advise<Value>(call: AuthCall, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal | undefined): Promise<Value> {
  clearTimeout(advisorTimer);
  advisor ??= startWorker('auth-worker.js');
  const worker = advisor;
  try {
    return await ask<Value>(worker, call, { transfer: [bytes.buffer], signal, shared: true, timeoutMs: KILL_AFTER_MS });
  } catch (failure) {
    // A worker that failed has been ended; one that refused a password, or was not waited for, goes on.
    if (failure instanceof SesameError && !(failure instanceof WorkerError) && worker === advisor) dismissAdvisor();
    throw failure;
  } finally {
    clearTimeout(advisorTimer);
    advisorTimer = setTimeout(dismissAdvisor, IDLE_MS);
  }
}

function dismissAdvisor(): void {
  clearTimeout(advisorTimer);
  advisor?.terminate();
  advisor = null;
}
