/** What is known about biometric unlock here and now, and the unlock itself. */
import type { LockedPasskey, LockedView, Opener, PasskeyProblem } from '../../shared/api.ts';
import { toB64, wipe } from '../../shared/bytes.ts';
import { date, type TextKey, t } from '../../shared/i18n.ts';
import { ui } from '../../shared/rpc.ts';
import { CeremonyError, type CeremonyFailure } from '../ceremony-failure.ts';
import { codeOf, status } from '../state.ts';
import { allowedHere, askable, assertPasskey, hasAuthenticator, hasLostKey, reachable } from '../webauthn.ts';

/** The one reason that is shown under "Why not?". */
export type Cause = CeremonyFailure | 'not-set-up';

export interface BiometricState {
  can: boolean;
  /** Also set while it can be tried: what went wrong last time. */
  cause: Cause | null;
}

const CAUSE_OF: Record<PasskeyProblem, Cause> = {
  'no-prf': 'no-prf',
  'key-changed': 'key-changed',
  'no-user-verification': 'no-user-verification',
  'not-allowed': 'not-answered',
};

export async function biometricState(locked: LockedView | null): Promise<BiometricState> {
  if (!allowedHere()) return { can: false, cause: 'blocked' };
  const keys = reachable(locked?.passkeys ?? []);
  if (keys.length === 0) return { can: false, cause: 'not-set-up' };
  if (!(await hasAuthenticator())) return { can: false, cause: 'no-authenticator' };
  if (keys.some(({ lastProblem }) => lastProblem === null)) return { can: true, cause: null };
  // A cancelled dialog or a sleeping sensor may be tried again at once; a lost key stays lost.
  const passing = keys.filter((key) => !hasLostKey(key));
  const [first = null] = [...passing, ...keys].map(({ lastProblem }) => lastProblem);
  return { can: passing.length > 0, cause: first && CAUSE_OF[first] };
}

/** The answer of a passkey as an `Opener`; what failed is noted with the slot for "Why not?". */
export async function passkeyOpener(passkeys: readonly LockedPasskey[], cancelled: AbortSignal): Promise<Opener> {
  const keys = askable(passkeys);
  try {
    const { credentialId, prf } = await assertPasskey(keys, cancelled);
    const slot = keys.find((key) => key.credentialId === credentialId);
    if (!slot) throw new CeremonyError('not-answered');
    const opener: Opener = { by: 'passkey', slotId: slot.slotId, prf: toB64(prf) };
    wipe(prf);
    return opener;
  } catch (failure) {
    const ended = failure instanceof CeremonyError ? failure : new CeremonyError('not-answered');
    const problem = PROBLEM_OF[ended.failure];
    // Where one of several answered, the others have no part in it.
    const concerned = keys.filter(({ credentialId }) => ended.credentialId === null || ended.credentialId === credentialId);
    if (problem) await Promise.all(concerned.map(({ slotId }) => note(slotId, problem)));
    throw ended;
  }
}

const PROBLEM_OF: Partial<Record<CeremonyFailure, PasskeyProblem>> = {
  'no-prf': 'no-prf',
  'no-user-verification': 'no-user-verification',
  'not-answered': 'not-allowed',
};

const note = (slotId: string, problem: PasskeyProblem): Promise<void> => ui.notePasskeyProblem({ slotId, problem }).catch(() => undefined);

/** Opens the vault. A key that opens no slot is another one than at enrolment: the slot is kept (S-170). */
export async function unlockWithPasskey(locked: LockedView, cancelled: AbortSignal): Promise<void> {
  const opener = await passkeyOpener(locked.passkeys, cancelled);
  try {
    await ui.unlock(opener);
  } catch (failure) {
    if (codeOf(failure) !== 'wrong-secret' || opener.by !== 'passkey') throw failure;
    await note(opener.slotId, 'key-changed');
    throw new CeremonyError('key-changed');
  }
}

/** In one sentence what happened, for the alert region. */
export const failureText = (failure: CeremonyFailure): string => t(`biometric_failed_${failure.replaceAll('-', '_')}` as TextKey);

/** What is known beyond the bare failure, in sentences. The browser has one name for most of it. */
export function causeMore(cause: Cause, passkeys: readonly LockedPasskey[]): string[] {
  const more = t(`why_not_${cause.replaceAll('-', '_')}_more` as TextKey);
  if (cause !== 'not-answered') return [more];
  const lastUsed = reachable(passkeys).reduce((at, one) => Math.max(at, one.lastUsedAt ?? 0), 0);
  return [more, lastUsed > 0 ? t('why_not_worked', date(lastUsed)) : t('why_not_never_worked')];
}

type Signals = { signalUnknownCredential?: (which: { rpId: string; credentialId: string }) => Promise<void> };

/**
 * Takes a passkey out of the vault and tells the system that it is of no more use. Only ever for a slot
 * that the person removed here (S-171); where the system can't be told, the passkey stays unused.
 */
export async function forgetPasskey(slotId: string): Promise<void> {
  const credentialId = status.value?.locked?.passkeys.find((key) => key.slotId === slotId)?.credentialId;
  await ui.removePasskey({ slotId });
  if (credentialId === undefined || !allowedHere()) return;
  const { signalUnknownCredential } = PublicKeyCredential as Signals;
  await signalUnknownCredential?.call(PublicKeyCredential, { rpId: location.host, credentialId }).catch(() => undefined);
}
