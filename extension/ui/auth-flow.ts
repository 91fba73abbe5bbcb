/**
 * In the auth worker: one password that is held, in Wasm only, while its form signs up or signs in
 * with an account (OPAQUE) and opens the vault with the same password.
 */
import { Flow } from '../../build/wasm/auth/auth.js';
import type { PasswordSlot } from '../shared/api.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export type FlowCall =
  | { call: 'begin'; password: Bytes }
  | { call: 'register-start' }
  | { call: 'register-finish'; response: Bytes; credId: Bytes; server: string }
  | { call: 'login-start' }
  | { call: 'login-finish'; ke2: Bytes; credId: Bytes; server: string; serverKey: Bytes | null }
  | { call: 'stretch-held'; salt: Bytes; kdfId: PasswordSlot['kdfId'] }
  | { call: 'end' };

/** A message for the server, and the key by which it is known from then on. */
export interface WithServerKey {
  message: Bytes;
  serverKey: Bytes;
}

let held: Flow | null = null;

export function goOn(step: FlowCall): unknown {
  if (step.call === 'begin' || step.call === 'end') {
    // Freed, it is overwritten.
    held?.free();
    held = null;
    if (step.call === 'begin') held = new Flow(step.password);
    return null;
  }
  if (!held) throw new Error('no password is held');
  switch (step.call) {
    case 'register-start':
      return held.registerStart();
    case 'register-finish':
      return held.registerFinish(step.response, step.credId, step.server);
    case 'login-start':
      return held.loginStart();
    case 'login-finish':
      return held.loginFinish(step.ke2, step.credId, step.server, step.serverKey);
    case 'stretch-held':
      return held.stretch(step.salt, step.kdfId);
  }
}
