/**
 * Bytes as text and back. Binary values cross the message boundary as unpadded base64url (RFC 4648
 * section 5), because a Uint8Array arrives there as a plain object.
 */
import type { B64 } from './api.ts';
import { SesameError } from './errors.ts';

/** How many bytes go through one call of `String.fromCharCode`: more would overflow the stack. */
const CHUNK = 0x8000;

export function toB64(bytes: Uint8Array): B64 {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Throws `invalid` for anything that `toB64` could not have written, so that each value has one spelling. */
export function fromB64(text: B64): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new SesameError('invalid');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  if (toB64(bytes) !== text) throw new SesameError('invalid');
  return bytes;
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const encoded = new TextEncoder().encode(text);
  return encoded as Uint8Array<ArrayBuffer>;
}

/** Overwrites buffers that held a secret. Copies the JavaScript engine made by itself are out of reach. */
export function wipe(...buffers: (Uint8Array | null | undefined)[]): void {
  for (const buffer of buffers) buffer?.fill(0);
}
