/** Every failure that a call can end with; texts are in _locales under `error_<code>`. */
export const ERROR_CODES = [
  'locked', // the vault is locked; unlock first
  'absent', // no vault in this browser
  'exists', // a vault is already here
  'wrong-secret', // an intact slot did not open with this secret
  'damaged', // stored data failed its check
  'newer-format', // written by a newer Sesame; not touched
  'not-found', // no such item, slot or handle
  'not-fresh', // this needs a factor shown within the last 60 s
  'invalid', // the input is not what the call takes
  'too-large', // over a limit that FORMAT.md names
  'code-typo', // recovery code: checksum does not fit; nothing was tried
  'no-recovery', // biometrics need a proved recovery code first
  'slots-full', // 16 key slots are in use
  'slot-in-use', // the last password slot can't be removed
  'quota', // the disk or the browser's quota is full; nothing was changed
  'storage', // the browser's storage failed; nothing was changed
  'not-backup', // the file is not a Sesame backup
  'page-changed', // the page went away between choice and fill
  'offline', // the server can't be reached
  'server-error', // the server could not do it, or did not answer as it should
  'not-a-server', // something answered, but no Sesame server
  'server-address-invalid', // neither https nor this computer, or more than an origin
  'email-invalid', // not an e-mail address that the account can have
  'denied', // the proof did not hold; the one answer for whatever was wrong about it
  'slow-down', // too many attempts; status says when it goes on
  'expired-code', // the mailed code or link is no longer good
  'no-account', // this vault belongs to no account
  'account-taken', // this vault is an account's already, which it has left
  'signed-out', // this browser was signed out of the account
  'gen-changed', // the account was reset elsewhere
  'account-deleted', // the account waits for its deletion
  'over-quota', // the account is full
  'sync-suspended', // something is wrong with what the account has; somebody has to decide
  'conflict', // somebody else was quicker; tried again by itself
  'no-recovery-signin', // the account knows no recovery code
  'internal', // a defect of Sesame; the engine was restarted
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** A failure with its code; carries no text and no data of the person. */
export class SesameError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(code);
    this.name = 'SesameError';
    this.code = code;
  }
}
