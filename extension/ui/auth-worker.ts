/**
 * The room of the master password: a worker that loads the auth Wasm, answers, and is thrown away.
 * The password comes in as transferred bytes, is overwritten here as soon as Wasm has its copy, and
 * Wasm overwrites that copy when it is done (S-99, S-100). What leaves are the stretched bytes, and the
 * messages of OPAQUE, from which nobody can tell the password.
 *
 * Master passwords are handed to disposable workers only, which die with the form: this one, and its
 * sibling tools-worker.ts, which tells how strong a password is while it is being typed.
 */
import init, { checkHint, hasEdgeSpace, passwordProblem, stretch, warm } from '../../build/wasm/auth/auth.js';
import type { PasswordSlot } from '../shared/api.ts';
import { wipe } from '../shared/bytes.ts';
import { ERROR_CODES, type ErrorCode } from '../shared/errors.ts';
import { type FlowCall, goOn } from './auth-flow.ts';
import type { Answer } from './worker.ts';

type KdfId = PasswordSlot['kdfId'];
type Bytes = Uint8Array<ArrayBuffer>;

export type AuthCall =
  | { call: 'warm'; kdfId: KdfId }
  | { call: 'stretch'; password: Bytes; salt: Bytes; kdfId: KdfId }
  | { call: 'calibrate'; password: Bytes; salt: Bytes; underMs: number }
  | { call: 'check-hint'; password: Bytes; hint: string }
  | { call: 'edge-space'; password: Bytes }
  | { call: 'password-problem'; password: Bytes }
  | { call: 'calibrate-held'; salt: Bytes; underMs: number }
  | FlowCall;

const ready = init({ module_or_path: new URL('auth.wasm', globalThis.location.href) });
const IDS: readonly KdfId[] = [1, 2, 3];
/** Time for the browser to replace its quick first compilation of the Wasm by the optimised one. */
const TIER_UP_MS = 40;

self.addEventListener('message', ({ data }: MessageEvent<AuthCall & { id: number }>) => {
  void answer(data);
});

async function answer(call: AuthCall & { id: number }): Promise<void> {
  const { id } = call;
  try {
    await ready;
    const value = await run(call);
    const transfer = value instanceof Uint8Array ? [value.buffer] : [];
    post({ id, ok: true, value }, transfer);
  } catch (thrown) {
    post({ id, ok: false, ...failure(thrown) }, []);
  } finally {
    if ('password' in call) wipe(call.password);
  }
}

async function run(call: AuthCall): Promise<unknown> {
  switch (call.call) {
    case 'warm':
      return warmUp(call.kdfId);
    case 'stretch':
      return stretch(call.password, call.salt, call.kdfId);
    case 'calibrate':
      return calibrate((kdfId) => stretch(call.password, call.salt, kdfId), call.underMs);
    case 'calibrate-held':
      return calibrate((kdfId) => goOn({ call: 'stretch-held', salt: call.salt, kdfId }) as Uint8Array, call.underMs);
    case 'check-hint':
      return checkHint(call.password, call.hint) ?? null;
    case 'edge-space':
      return hasEdgeSpace(call.password);
    case 'password-problem':
      return passwordProblem(call.password) ?? null;
    default:
      return goOn(call);
  }
}

/** In steps, so that an unlock that comes in between does not wait for the rest. */
async function warmUp(kdfId: KdfId): Promise<null> {
  for (let round = 0; round < 2; round += 1) {
    warm(0);
    await new Promise((resolve) => setTimeout(resolve, TIER_UP_MS));
  }
  warm(kdfId);
  return null;
}

/**
 * The strongest parameters that this device derives in under `underMs`, and never less than the
 * weakest of them (security.md 2.2), measured with the real password, so that no work is done twice.
 */
function calibrate(derive: (kdfId: KdfId) => Uint8Array, underMs: number): { kdfId: KdfId; stretched: Uint8Array } {
  let best: { kdfId: KdfId; stretched: Uint8Array } | null = null;
  for (const kdfId of IDS) {
    const start = performance.now();
    let stretched: Uint8Array;
    try {
      stretched = derive(kdfId);
    } catch (thrown) {
      if (best) break; // The device has not the memory: what worked before it stands.
      throw thrown;
    }
    const took = performance.now() - start;
    if (best && took >= underMs) {
      wipe(stretched);
      break;
    }
    wipe(best?.stretched);
    best = { kdfId, stretched };
    // Each step doubles the work: don't try one that can't be quick enough.
    if (took * 2 >= underMs) break;
  }
  if (!best) throw new Error('no parameters');
  return best;
}

function failure(thrown: unknown): { code: ErrorCode; reason?: string } {
  const { code, reason } = (thrown ?? {}) as { code?: unknown; reason?: unknown };
  const known = ERROR_CODES.find((one) => one === code);
  if (!known) return { code: 'internal' };
  return typeof reason === 'string' ? { code: known, reason } : { code: known };
}

function post(answered: Answer<unknown>, transfer: Transferable[]): void {
  (self as unknown as { postMessage(message: unknown, transfer: Transferable[]): void }).postMessage(answered, transfer);
}
