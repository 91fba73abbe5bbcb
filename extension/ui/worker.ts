/**
 * The one place that starts workers. A worker that has seen a secret is never kept for something
 * else: it is terminated, and its memory with it (S-100).
 *
 * Starting a worker is a Trusted Types sink. The one policy of our pages, `auth-worker`, names the
 * files that may be started and nothing else (S-93).
 */
import { type ErrorCode, SesameError } from '../shared/errors.ts';

const FILES = ['auth-worker.js', 'tools-worker.js'] as const;
type WorkerFile = (typeof FILES)[number];

/** What a worker answers to one call. `reason` narrows `code` down where a form can say more. */
export type Answer<Value> = { id: number; ok: true; value: Value } | { id: number; ok: false; code: ErrorCode; reason?: string };

/** A failure whose reason a worker named. */
export class WorkerError extends SesameError {
  readonly reason: string;
  constructor(code: ErrorCode, reason: string) {
    super(code);
    this.name = 'WorkerError';
    this.reason = reason;
  }
}

interface ScriptUrlPolicy {
  createScriptURL(file: string): string;
}
interface TrustedTypePolicies {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

const rules: ScriptUrlPolicy = {
  createScriptURL(file) {
    if (!FILES.some((known) => known === file)) throw new TypeError('not one of our workers');
    return new URL(file, document.baseURI).href;
  },
};
let policy: ScriptUrlPolicy | null = null;

export function startWorker(file: WorkerFile): Worker {
  // Firefox before 148 has no Trusted Types.
  const types = (globalThis as { trustedTypes?: TrustedTypePolicies }).trustedTypes;
  policy ??= types?.createPolicy('auth-worker', rules) ?? rules;
  return new Worker(policy.createScriptURL(file), { type: 'module', name: file });
}

interface AskOptions {
  transfer?: Transferable[];
  signal?: AbortSignal | undefined;
  /** Others may be waiting for this worker too: an abort only stops the waiting. */
  shared?: boolean;
  /** After so long the worker is taken to hang and is terminated. */
  timeoutMs: number;
}

let lastId = 0;

/**
 * One call, one answer. A worker that fails, hangs or is given up is terminated: nothing can be
 * said about its state, and only an end is sure to stop a running key derivation.
 */
export function ask<Value>(worker: Worker, call: object, options: AskOptions): Promise<Value> {
  const { transfer = [], signal, shared = false, timeoutMs } = options;
  lastId += 1;
  const id = lastId;
  return new Promise<Value>((resolve, reject) => {
    const listening = new AbortController();
    const giveUp = (failure: unknown): void => {
      settle();
      worker.terminate();
      reject(failure);
    };
    const timer = setTimeout(() => giveUp(new SesameError('internal')), timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      listening.abort();
    };
    const on = { signal: listening.signal };
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<Answer<Value>>) => {
        if (data.id !== id) return;
        settle();
        if (data.ok) resolve(data.value);
        else reject(data.reason ? new WorkerError(data.code, data.reason) : new SesameError(data.code));
      },
      on,
    );
    for (const event of ['error', 'messageerror']) {
      worker.addEventListener(event, () => giveUp(new SesameError('internal')), on);
    }
    const abort = (): void => {
      if (shared) {
        settle();
        reject(signal?.reason);
      } else {
        giveUp(signal?.reason);
      }
    };
    if (signal?.aborted) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort, on);
    worker.postMessage({ ...call, id }, transfer);
  });
}
