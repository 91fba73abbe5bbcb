/** What an authenticator's answer must hold before anything in it is used (S-106, S-170). */
import { toB64, utf8 } from '../shared/bytes.ts';
import { CeremonyError } from './ceremony-failure.ts';

/** Flags of authenticatorData: user verified, backup-eligible, backed up. */
const FLAG_UV = 0x04;
export const FLAG_BE = 0x08;
export const FLAG_BS = 0x10;

export type Bytes = Uint8Array<ArrayBuffer>;

/** The answer is to our question and was given to this very extension (S-106). */
export async function checkAnswer(json: ArrayBuffer, type: string, challenge: Bytes): Promise<void> {
  const said = JSON.parse(new TextDecoder().decode(json)) as Record<'type' | 'challenge' | 'origin' | 'crossOrigin', unknown>;
  const ours = said.type === type && said.challenge === toB64(challenge) && said.origin === location.origin;
  if (!ours || said.crossOrigin === true) throw new CeremonyError('not-answered');
}

/**
 * The user was verified, by the authenticator's own word, for this extension's RP: its hash is that of
 * the whole origin, as Chromium makes it where no rp.id is named.
 */
export async function checkFlags(data: Uint8Array, credentialId: string | null = null): Promise<number> {
  const rp = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(location.origin)));
  const flags = data[32];
  if (flags === undefined || rp.some((byte, n) => byte !== data[n])) throw new CeremonyError('not-answered');
  if ((flags & FLAG_UV) === 0) throw new CeremonyError('no-user-verification', credentialId);
  return flags;
}

export function prfOf(credential: PublicKeyCredential, credentialId: string): Bytes {
  const prf = bytesOf(credential.getClientExtensionResults().prf?.results?.first);
  if (prf?.length !== 32 || prf.every((byte) => byte === 0)) throw new CeremonyError('no-prf', credentialId);
  return prf;
}

export function bytesOf(source: BufferSource | undefined): Bytes | null {
  if (source === undefined) return null;
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength);
}
