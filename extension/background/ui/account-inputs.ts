/** The shapes of what pages may send about an account. What is an address or a code, the engine says. */
import type { AccountLang, SyncMode } from '../../shared/account.ts';
import { serverOrigin } from '../../shared/server-address.ts';
import { b64, type Check, id, oneOf, text } from '../check.ts';

/** As typed; from here on the origin that it means. */
export const server: Check<string> = (value) => serverOrigin(text(300)(value));
export const email = text(254);
export const lang: Check<AccountLang> = oneOf('en', 'it');
export const mode: Check<SyncMode> = oneOf('auto', 'ask');
export const deviceName = text(100);
export const mailCode = text(60);
export const device = id;
export const generation = id;

// OPAQUE's messages, in bytes (RFC 9807 with ristretto255 and SHA-512).
export const request = b64(32);
export const upload = b64(192);
export const ke1 = b64(96);
export const ke3 = b64(64);
export const serverKey = b64(32);
export const credId = b64(32);
export const loginId = b64(16);
export const nonce = b64(32);
