/** Which server addresses are taken: https, or http on this computer only; nothing but scheme, host and port. */
import { SesameError } from './errors.ts';

/** Nobody runs a server for everybody: this is where a server of one's own listens at first (docs/OPERATING.md). */
export const DEFAULT_SERVER = 'http://localhost:8484';

/** What the policy of our pages can name as well. */
const LOOPBACK = /^(localhost|127\.0\.0\.1)$/;

/** The origin that `typed` means, as the browser writes it; throws `server-address-invalid`. */
export function serverOrigin(typed: string): string {
  const trimmed = typed.trim();
  const named = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `${schemeFor(trimmed)}://${trimmed}`;
  if (trimmed === '' || trimmed.length > 300 || !URL.canParse(named)) throw new SesameError('server-address-invalid');
  const { protocol, hostname, origin, pathname, search, hash, username, password } = new URL(named);
  const secure = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
  // Whatever follows the host would be ignored, and the person believes that it was not.
  const bare = pathname === '/' && search === '' && hash === '' && username === '' && password === '';
  if (!secure || !bare || hostname === '') throw new SesameError('server-address-invalid');
  return origin;
}

/** What an address without a scheme means, as for websites of items. */
function schemeFor(typed: string): 'http' | 'https' {
  const host = /^(\[[^\]]*\]|[^:/?#]*)/.exec(typed)?.[0] ?? '';
  return LOOPBACK.test(host) ? 'http' : 'https';
}
