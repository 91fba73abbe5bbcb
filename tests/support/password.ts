/** The password's room as it is built, without its worker. */
import { readFileSync } from 'node:fs';
import { Flow, initSync, stretch } from '../../build/wasm/auth/auth.js';

initSync({ module: readFileSync('build/wasm/auth/auth_bg.wasm') });

export { Flow };

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const SALT_BYTES = Buffer.alloc(32, 9);
export const SALT = SALT_BYTES.toString('base64url');

const made = new Map<string, string>();

/** The key that a master password becomes with that salt and derivation 1. */
export function stretched(password: string): string {
  const known = made.get(password) ?? Buffer.from(stretch(utf8(password), SALT_BYTES, 1)).toString('base64url');
  made.set(password, known);
  return known;
}
