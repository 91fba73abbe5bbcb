/**
 * The one door to a server: bytes there, bytes back. What they mean is the engine's. Nothing but the given
 * origin and a path from the list below is ever asked (S-20), no cookies, no cache, no redirects, and what the
 * server's headers say beyond the content type is not looked at (S-32). Failures say nothing to anybody (S-21).
 */
import { SesameError } from '../../shared/errors.ts';
import { serverOrigin } from '../../shared/server-address.ts';
import { readRefusal } from './refusal.ts';

const CONTENT_TYPE = 'application/sesame1';
const TIMEOUT_MS = 30_000;
/** The protocol's own limit for a body, either way. */
export const MAX_BODY = 4 * 1024 * 1024;

/** All that a server can be asked for. A path is never made from anything that came from elsewhere (S-19). */
const PATHS = [
  'register/begin',
  'register/start',
  'register/finish',
  'login/start',
  'login/finish',
  'recover/start',
  'recover/finish',
  'session/start',
  'session/finish',
  'v/pull',
  'v/chain',
  'v/rows',
  'v/commit',
  'password/start',
  'password/finish',
  'account',
  'hint',
  'hint/send',
  'settings',
  'device/remove',
  'email/begin',
  'email/finish',
  'account/delete',
  'account/keep',
  'reset/request',
  'reset/start',
  'reset/finish',
  'undo/start',
  'undo/finish',
  'sealed/start',
  'sealed/prove',
  'sealed/pull',
  'sealed/erase',
  'sealed/keep',
] as const;
export type Path = (typeof PATHS)[number];

type Bytes = Uint8Array<ArrayBuffer>;
/** A token is 48 bytes as base64url; kept as the text that the header takes. */
export type Token = string;
export type Ask = (server: string, path: Path, body: Uint8Array, token?: Token) => Promise<Bytes>;

/** How a test asks: the browser's `fetch` in the product. */
type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export function asking(by: Fetch, timeoutMs = TIMEOUT_MS): Ask {
  return async (server, path, body, token) => {
    if (!PATHS.includes(path) || serverOrigin(server) !== server) throw new SesameError('server-address-invalid');
    const kill = new AbortController();
    // Over the whole answer: a server that sends a byte a minute must not hold anything up.
    const timer = setTimeout(() => kill.abort(), timeoutMs);
    try {
      const answer = await by(`${server}/v1/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': CONTENT_TYPE, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
        body: body as BodyInit,
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: kill.signal,
      });
      return await read(answer, kill);
    } catch (failure) {
      // A name that does not resolve, a refused connection, a bad certificate and a redirect look alike here.
      throw failure instanceof SesameError ? failure : new SesameError('offline');
    } finally {
      clearTimeout(timer);
    }
  };
}

async function read(answer: Response, kill: AbortController): Promise<Bytes> {
  const type = answer.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  const body = await bytesOf(answer, kill);
  if (answer.ok && body.length === 0) return body;
  if (type !== CONTENT_TYPE) throw new SesameError(answer.status >= 500 ? 'server-error' : 'not-a-server');
  if (answer.ok) return body;
  throw readRefusal(body) ?? new SesameError('server-error');
}

/** The length that the server announces is only a promise: counted while reading. */
async function bytesOf(answer: Response, kill: AbortController): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = answer.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) break;
    parts.push(piece.value);
    length += piece.value.length;
    if (length > MAX_BODY) {
      kill.abort();
      throw new SesameError('server-error');
    }
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const ask: Ask = asking((url, init) => fetch(url, init));
