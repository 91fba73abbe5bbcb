/** What a server may answer besides yes: a number of a fixed list, with bytes that belong to it. Never a text (S-19). */
import { type ErrorCode, SesameError } from '../../shared/errors.ts';

/** `Refusal` of the protocol; a number that is not here is a server's failure. */
const NAMES = [
  'malformed',
  'too-large',
  'unsupported',
  'unauthorised',
  'denied',
  'not-fresh',
  'conflict',
  'gen-changed',
  'not-found',
  'slow-down',
  'over-quota',
  'device-unknown',
  'deleted',
  'unavailable',
  'bad-signature',
  'expired',
] as const;
export type RefusalName = (typeof NAMES)[number];

/** What each means to a person; the rest is `server-error`: neither side's fault that somebody could mend here. */
const CODES: Partial<Record<RefusalName, ErrorCode>> = {
  'too-large': 'too-large',
  denied: 'denied',
  'gen-changed': 'gen-changed',
  'not-found': 'not-found',
  'slow-down': 'slow-down',
  'over-quota': 'over-quota',
  'device-unknown': 'signed-out',
  deleted: 'account-deleted',
  expired: 'expired-code',
};

export class Refusal extends SesameError {
  readonly refusal: RefusalName;
  readonly detail: Uint8Array<ArrayBuffer>;
  constructor(refusal: RefusalName, detail: Uint8Array<ArrayBuffer> = new Uint8Array(0)) {
    super(CODES[refusal] ?? 'server-error');
    this.refusal = refusal;
    this.detail = detail;
  }

  /** Seconds that the server asks to wait; within a day, whatever it says. */
  get waitSeconds(): number {
    return this.detail.length === 4 ? Math.min(view(this.detail).getUint32(0), 86_400) : 60;
  }

  /** When a deleted account goes for good, in ms; 0 where the answer does not say. */
  get time(): number {
    return this.detail.length === 8 ? Math.min(Number(view(this.detail).getBigUint64(0)), 8.64e15) : 0;
  }
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** `u16 code, u32 length, detail` of an answer that is not a yes; null for anything else. */
export function readRefusal(body: Uint8Array<ArrayBuffer>): Refusal | null {
  if (body.length < 6 || view(body).getUint32(2) !== body.length - 6) return null;
  const name = NAMES[view(body).getUint16(0) - 1];
  return name ? new Refusal(name, body.slice(6)) : null;
}

export const isRefusal = (failure: unknown, ...names: RefusalName[]): failure is Refusal =>
  failure instanceof Refusal && names.includes(failure.refusal);
