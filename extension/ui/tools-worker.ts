/**
 * The worker with the tools Wasm: how strong a password is, and reading files of other password
 * managers. It holds no key and keeps nothing; like auth-worker.ts it may see a master password while
 * it is being typed, so it dies with the form (tools.ts).
 */
import init, { hintHelps, readImport, strength } from '../../build/wasm/tools/tools.js';
import { wipe } from '../shared/bytes.ts';
import { ERROR_CODES, type ErrorCode } from '../shared/errors.ts';
import type { Answer } from './worker.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export type ToolsCall =
  | { call: 'strength'; password: Bytes; userInputs: string[] }
  | { call: 'hint-helps'; password: Bytes; hint: string }
  | { call: 'import'; file: Bytes };

const ready = init({ module_or_path: new URL('tools.wasm', globalThis.location.href) });

self.addEventListener('message', ({ data }: MessageEvent<ToolsCall & { id: number }>) => {
  void answer(data);
});

async function answer(call: ToolsCall & { id: number }): Promise<void> {
  const { id } = call;
  try {
    await ready;
    post({ id, ok: true, value: run(call) });
  } catch (thrown) {
    post({ id, ok: false, ...failure(thrown) });
  } finally {
    wipe(call.call === 'import' ? call.file : call.password);
  }
}

function run(call: ToolsCall): unknown {
  switch (call.call) {
    case 'strength':
      return JSON.parse(strength(call.password, JSON.stringify(call.userInputs)));
    case 'hint-helps':
      return hintHelps(call.password, call.hint);
    case 'import':
      return JSON.parse(readImport(call.file));
  }
}

function failure(thrown: unknown): { code: ErrorCode; reason?: string } {
  const { code, reason } = (thrown ?? {}) as { code?: unknown; reason?: unknown };
  const known = ERROR_CODES.find((one) => one === code);
  if (!known) return { code: 'internal' };
  return typeof reason === 'string' ? { code: known, reason } : { code: known };
}

function post(answered: Answer<unknown>): void {
  (self as unknown as { postMessage(message: unknown): void }).postMessage(answered);
}
