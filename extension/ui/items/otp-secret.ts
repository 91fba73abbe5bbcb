/**
 * Reads a one-time-code secret while it is typed, so that a slip is said at once. It only
 * judges; the engine parses again before anything is saved.
 */

type OtpCheck =
  | { state: 'empty' }
  | { state: 'good'; digits: number; period: number; algorithm: 'SHA1' | 'SHA256' | 'SHA512'; label: string }
  | { state: 'bad'; reason: OtpProblem; char?: string };

export type OtpProblem = 'character' | 'short' | 'not-otpauth' | 'counter' | 'no-secret' | 'options';

/** 80 bits; below that a secret is most likely cut off. Some sites still give exactly that. */
const MIN_CHARS = 16;
const BASE32 = /^[A-Z2-7]$/u;

export function checkOtp(input: string): OtpCheck {
  const text = input.trim();
  if (text === '') return { state: 'empty' };
  if (/^[a-z][a-z0-9+.-]*:/iu.test(text)) return checkUri(text);
  return checkBase32(text) ?? { state: 'good', digits: 6, period: 30, algorithm: 'SHA1', label: '' };
}

/** Null when it is a good secret. Spaces and hyphens are how sites group it; = is padding. */
function checkBase32(text: string): OtpCheck | null {
  const chars = Array.from(text.toUpperCase().replace(/[\s-]/gu, '').replace(/=+$/u, ''));
  const wrong = chars.find((char) => !BASE32.test(char));
  if (wrong !== undefined) return { state: 'bad', reason: 'character', char: wrong };
  return chars.length < MIN_CHARS ? { state: 'bad', reason: 'short' } : null;
}

function checkUri(text: string): OtpCheck {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'otpauth:') return { state: 'bad', reason: 'not-otpauth' };
  const type = /^otpauth:\/\/([^/?]*)/iu.exec(text)?.[1]?.toLowerCase();
  if (type === 'hotp') return { state: 'bad', reason: 'counter' };
  if (type !== 'totp') return { state: 'bad', reason: 'not-otpauth' };
  const secret = url.searchParams.get('secret') ?? '';
  if (secret === '') return { state: 'bad', reason: 'no-secret' };
  const bad = checkBase32(secret);
  if (bad !== null) return bad;
  const digits = Number(url.searchParams.get('digits') ?? '6');
  const period = Number(url.searchParams.get('period') ?? '30');
  const algorithm = (url.searchParams.get('algorithm') ?? 'SHA1').toUpperCase().replace('-', '');
  const fine = digits >= 6 && digits <= 8 && Number.isInteger(digits) && Number.isInteger(period) && period > 0;
  if (!fine || !isAlgorithm(algorithm)) return { state: 'bad', reason: 'options' };
  return { state: 'good', digits, period, algorithm, label: labelOf(url) };
}

function isAlgorithm(name: string): name is 'SHA1' | 'SHA256' | 'SHA512' {
  return name === 'SHA1' || name === 'SHA256' || name === 'SHA512';
}

function labelOf(url: URL): string {
  try {
    return decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
  } catch {
    return '';
  }
}
