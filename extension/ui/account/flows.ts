/**
 * The conversations with an account in which the master password takes part: each has one auth worker, in
 * which the password is from the first step to the last, and which the caller ends.
 */
import type { SignInView, Upload } from '../../shared/account.ts';
import type { Opener, PasswordSlot } from '../../shared/api.ts';
import { SesameError } from '../../shared/errors.ts';
import { language } from '../../shared/i18n.ts';
import type { AuthSession } from '../auth-session.ts';
import { practise, withStretched } from '../parts/open-password.ts';
import { ui } from '../state.ts';
import type { AccountAddress } from './account-fields.tsx';
import { thisBrowser } from './this-browser.ts';

/** Has the server mail a code to the address. Its answer is the same whether it knows the address or not (S-119). */
export const askForCode = (at: AccountAddress): Promise<void> => ui.accountBegin({ ...at, lang: language.value });

/** Makes the open vault an account's. The server learns nothing from which the password could be guessed without asking it (S-24). */
export async function register(session: AuthSession, at: AccountAddress, code: string, hint: string): Promise<void> {
  const request = await session.registerStart();
  const { credId, response } = await ui.accountRegisterStart({ ...at, code, request });
  const { upload, serverKey } = await session.registerFinish({ response, credId, server: at.server });
  await ui.accountRegister({
    ...at,
    code,
    lang: language.value,
    hint,
    upload,
    serverKey,
    credId,
    deviceName: thisBrowser(),
    mode: 'auto',
  });
}

/** `wrong-secret` where e-mail address and password don't fit, whichever of them it is (S-118). */
export async function signIn(session: AuthSession, at: AccountAddress): Promise<SignInView> {
  const ke1 = await session.loginStart();
  const { loginId, credId, ke2, pinned } = await ui.signInStart({ ...at, ke1 });
  const { ke3, serverKey } = await session.loginFinish({ ke2, credId, server: at.server, serverKey: pinned ?? undefined });
  return ui.signInFinish({ ...at, loginId, ke3, credId, serverKey, deviceName: thisBrowser() });
}

/** What the account needs to know of a master password that is about to change; goes with it in one call. */
export async function prepareAccount(session: AuthSession, server: string): Promise<Upload> {
  const { credId, response, pinned } = await ui.passwordStart({ request: await session.registerStart() });
  const made = await session.registerFinish({ response, credId, server });
  // Not the server that took the password before: it gets nothing of the new one (S-23). After a sign-in by
  // recovery code there is nothing to compare with yet.
  if (pinned !== '' && made.serverKey !== pinned) throw new SesameError('not-a-server');
  return made;
}

/** As `withPassword`, with the password that the session already holds. */
export const withSession = <T>(
  session: AuthSession,
  slots: readonly PasswordSlot[],
  use: (opener: Opener & { by: 'password' }) => Promise<T>,
): Promise<T> => withStretched(slots, (slot) => session.stretch(slot), use);

/** Whether this is the vault's master password. Being typed rightly counts as practice. */
export const isMasterPassword = async (session: AuthSession, slots: readonly PasswordSlot[]): Promise<boolean> =>
  (await practise(slots, (slot) => session.stretch(slot))).right;
