/**
 * The auth worker of a vault that was made a moment ago: it has the master password, so that it need not be
 * typed again for the account. In no route and in no draft; it ends with the step that it is for.
 */
import type { AuthSession } from '../auth-session.ts';

let held: AuthSession | null = null;

export function hold(session: AuthSession): void {
  held?.end();
  held = session;
}

/** Null also after it was held for too long: then the password is asked for again. */
export const heldSession = (): AuthSession | null => (held?.ended === false ? held : null);

export function letGo(): void {
  held?.end();
  held = null;
}
