/** How a biometric ceremony can end without a key, as far as a page can tell the cases apart. */
export type CeremonyFailure =
  /** Cancelled, timed out by the system, user not verified, or no such passkey: one name for all. */
  | 'not-answered'
  | 'cancelled'
  | 'timed-out'
  | 'no-authenticator'
  | 'no-prf'
  | 'key-changed'
  | 'no-user-verification'
  | 'blocked'
  | 'already-set-up'
  | 'busy';

export class CeremonyError extends Error {
  readonly failure: CeremonyFailure;
  /** Which passkey it was, where one answered. */
  readonly credentialId: string | null;
  constructor(failure: CeremonyFailure, credentialId: string | null = null) {
    super(failure);
    this.name = 'CeremonyError';
    this.failure = failure;
    this.credentialId = credentialId;
  }
}

/** From what the browser threw; anything unknown is the honest "did not answer". */
export function failureOf(thrown: unknown, overTime: boolean, cancelled: boolean): CeremonyFailure {
  if (thrown instanceof CeremonyError) return thrown.failure;
  if (cancelled) return 'cancelled';
  if (overTime) return 'timed-out';
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'InvalidStateError') return 'already-set-up';
  if (name === 'SecurityError' || name === 'NotSupportedError') return 'blocked';
  if (name === 'OperationError') return 'busy';
  return 'not-answered';
}
