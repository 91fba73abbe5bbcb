import type { MatchMode, Website } from '../../shared/api.ts';

export const MATCH_MODES: readonly MatchMode[] = ['site', 'host', 'exact', 'starts-with', 'regex', 'never'];
/** A new address fills on that very host only; a wider match is the person's own choice (S-66). */
export const DEFAULT_MATCH: MatchMode = 'host';

/**
 * The address to open in a tab, or null. Only http and https: whatever else was saved or
 * imported (javascript:, data:, file:) is text and never a link (S-79).
 */
export function openable(website: Website): string | null {
  if (website.match === 'regex') return null;
  const url = URL.parse(completed(website.url));
  return url !== null && isWeb(url) ? url.href : null;
}

/** What was typed, with the scheme that a person leaves out. */
export function completed(typed: string): string {
  const text = typed.trim();
  if (text === '' || /^[a-z][a-z0-9+.-]*:\/\//iu.test(text)) return text;
  if (/^(?:javascript|data|vbscript|file|blob|about|mailto|chrome|view-source):/iu.test(text)) return text;
  return `${isLoopback(text) ? 'http' : 'https'}://${text}`;
}

/**
 * The address as it is stored. A host in another script is turned into its ASCII form by the
 * browser, the same parser that says which page one is on; the engine takes no other (S-67).
 */
export function stored(website: Website): Website {
  const text = website.url.trim();
  if (website.match === 'regex') return { ...website, url: text };
  const whole = completed(text);
  const url = isAscii(whole) ? null : URL.parse(whole);
  return { ...website, url: url !== null && isWeb(url) ? url.href : whole };
}

type WebsiteProblem = 'not-address' | 'not-web' | 'regex';

export function websiteProblem(website: Website): WebsiteProblem | null {
  if (website.url.trim() === '') return null;
  if (website.match === 'regex') return compiles(website.url) ? null : 'regex';
  const url = URL.parse(completed(website.url));
  if (url === null) return 'not-address';
  if (!isWeb(url)) return 'not-web';
  // Chromium lets a space into a host as %20; no host has one.
  const isHost = url.hostname !== '' && !url.hostname.includes('%');
  return isHost && url.username === '' && url.password === '' ? null : 'not-address';
}

/** As the page shows it: host and path, without the scheme that says nothing new. */
export function shown(website: Website): string {
  const url = website.match === 'regex' ? null : URL.parse(completed(website.url));
  if (url === null || !isWeb(url)) return website.url;
  const path = url.pathname === '/' ? '' : url.pathname;
  return `${url.protocol === 'http:' ? 'http://' : ''}${url.host}${path}${url.search}`;
}

/** A first name for a new login: "accounts.example.co.uk" -> "accounts.example.co.uk" without www. */
export function nameFromHost(host: string): string {
  return host.replace(/^www\d?\./u, '').replace(/:\d+$/u, '');
}

function isWeb(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'http:';
}

function isAscii(text: string): boolean {
  return !/[^ -~]/u.test(text);
}

function isLoopback(text: string): boolean {
  return /^(?:localhost|[^/:]*\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/?#]|$)/iu.test(text);
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch {
    return false;
  }
}
