/**
 * Biometric unlock: a platform passkey whose PRF output opens the vault. Runs in a tab or in the
 * ceremony window only. The RP is the extension itself, so no website can ask for the output (S-106).
 */
import type { LockedPasskey, PasskeyEnrolment } from '../shared/api.ts';
import { fromB64, toB64, wipe } from '../shared/bytes.ts';
import { CeremonyError, failureOf } from './ceremony-failure.ts';
import { type Bytes, bytesOf, checkAnswer, checkFlags, FLAG_BE, FLAG_BS, prfOf } from './webauthn-answer.ts';

/** A native dialog may never settle, whatever `timeout` says, so the limit is our own. */
const LIMIT_MS = 90_000;

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
const isFirefox = (): boolean => location.protocol === 'moz-extension:';

/** Whether this browser lets an extension page use passkeys at all. */
export const allowedHere = (): boolean => !isFirefox() && typeof PublicKeyCredential === 'function';

/** Whether the device has, at this moment, an authenticator that verifies its user. */
export async function hasAuthenticator(): Promise<boolean> {
  if (!allowedHere()) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/** Passkeys that this browser can be expected to reach. */
export const reachable = (passkeys: readonly LockedPasskey[]): LockedPasskey[] => passkeys.filter((key) => key.usedHere || key.synced);

/** It answered, but not with the key of its slot: asking it again gives nothing until it is set up anew. */
export const hasLostKey = ({ lastProblem }: LockedPasskey): boolean => lastProblem === 'no-prf' || lastProblem === 'key-changed';

/** Those to ask: a passkey that lost its key only where there is no other, so that nobody picks it by mistake. */
export function askable(passkeys: readonly LockedPasskey[]): LockedPasskey[] {
  const keys = reachable(passkeys);
  const sound = keys.filter((key) => !hasLostKey(key));
  return sound.length > 0 ? sound : keys;
}

/** Settles when the signal does, whatever becomes of the native dialog. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    if (signal.aborted) fail(signal.reason);
    signal.addEventListener('abort', () => fail(signal.reason), { once: true });
  });
}

/** One native request under our own time limit and the caller's cancel button. */
async function request<T>(
  make: (signal: AbortSignal) => Promise<Credential | null>,
  cancelled: AbortSignal,
  read: (credential: PublicKeyCredential) => Promise<T>,
): Promise<T> {
  if (!allowedHere()) throw new CeremonyError('blocked');
  const limit = AbortSignal.timeout(LIMIT_MS);
  const began = performance.now();
  try {
    const signal = AbortSignal.any([cancelled, limit]);
    const credential = await Promise.race([make(signal), aborted(signal)]);
    if (!(credential instanceof PublicKeyCredential)) throw new CeremonyError('not-answered');
    return await read(credential);
  } catch (failure) {
    if (failure instanceof CeremonyError) throw failure;
    // The browser's own limit is the same, and may come first under the name that stands for everything.
    const overTime = limit.aborted || performance.now() - began >= LIMIT_MS;
    const seen = failureOf(failure, overTime, cancelled.aborted);
    // These two look alike to a page; whether the device can do it at all is known.
    if (seen === 'not-answered' && !(await hasAuthenticator())) throw new CeremonyError('no-authenticator');
    throw new CeremonyError(seen);
  }
}

interface Assertion {
  credentialId: string;
  prf: Bytes;
}

/** A user-verified answer of one of `passkeys`, with the key that it gives (S-170). */
export function assertPasskey(
  passkeys: readonly Pick<LockedPasskey, 'credentialId' | 'salt'>[],
  cancelled: AbortSignal,
): Promise<Assertion> {
  const challenge = random(32);
  const evalByCredential = Object.fromEntries(passkeys.map(({ credentialId, salt }) => [credentialId, { first: fromB64(salt) }]));
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge,
    allowCredentials: passkeys.map(({ credentialId }) => ({
      type: 'public-key',
      id: fromB64(credentialId),
      transports: ['internal'],
    })),
    userVerification: 'required',
    timeout: LIMIT_MS,
    extensions: { prf: { evalByCredential } },
  };
  return request(
    (signal) => navigator.credentials.get({ publicKey, signal }),
    cancelled,
    async (credential) => {
      const answer = credential.response as AuthenticatorAssertionResponse;
      const credentialId = toB64(new Uint8Array(credential.rawId));
      await checkAnswer(answer.clientDataJSON, 'webauthn.get', challenge);
      await checkFlags(new Uint8Array(answer.authenticatorData), credentialId);
      return { credentialId, prf: prfOf(credential, credentialId) };
    },
  );
}

/**
 * Makes a passkey and then uses it once: it counts only when that second, verified answer gives a key
 * (and the same one, where the first answer already gave it).
 */
export async function enrolPasskey(
  vaultName: string,
  existing: readonly LockedPasskey[],
  name: string,
  cancelled: AbortSignal,
): Promise<PasskeyEnrolment> {
  const challenge = random(32);
  const salt = random(32);
  const publicKey: PublicKeyCredentialCreationOptions = {
    challenge,
    rp: { name: 'Sesame' },
    user: { id: random(16), name: vaultName, displayName: vaultName },
    pubKeyCredParams: [
      { type: 'public-key', alg: -8 },
      { type: 'public-key', alg: -7 },
      { type: 'public-key', alg: -257 },
    ],
    authenticatorSelection: {
      authenticatorAttachment: 'platform',
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    // One that has lost its key has to be replaced on the same device, so it must not stand in the way.
    excludeCredentials: reachable(existing.filter((key) => !hasLostKey(key))).map(({ credentialId }) => ({
      type: 'public-key',
      id: fromB64(credentialId),
    })),
    attestation: 'none',
    timeout: LIMIT_MS,
    extensions: { prf: { eval: { first: salt } } },
  };
  const made = await request(
    (signal) => navigator.credentials.create({ publicKey, signal }),
    cancelled,
    async (credential) => {
      const answer = credential.response as AuthenticatorAttestationResponse;
      await checkAnswer(answer.clientDataJSON, 'webauthn.create', challenge);
      const flags = await checkFlags(new Uint8Array(answer.getAuthenticatorData()));
      const { prf } = credential.getClientExtensionResults();
      if (!prf?.enabled && !prf?.results?.first) throw new CeremonyError('no-prf');
      return { credentialId: toB64(new Uint8Array(credential.rawId)), flags, first: bytesOf(prf.results?.first) };
    },
  );
  try {
    const proved = await assertPasskey([{ credentialId: made.credentialId, salt: toB64(salt) }], cancelled);
    const prf = toB64(proved.prf);
    wipe(proved.prf);
    if (made.first && toB64(made.first) !== prf) throw new CeremonyError('key-changed');
    return {
      credentialId: made.credentialId,
      salt: toB64(salt),
      prf,
      backupEligible: (made.flags & FLAG_BE) !== 0,
      synced: (made.flags & FLAG_BS) !== 0,
      name,
    };
  } finally {
    if (made.first) wipe(made.first);
  }
}
