/**
 * What the account has to hear of beside the vault itself, kept sealed until it has: a new registration for
 * a master password that was set here, and that the hint is another.
 */
import { fromB64 } from '../../shared/bytes.ts';
import { SesameError } from '../../shared/errors.ts';
import { readRow, type Writes } from '../storage.ts';
import { type AccountEngine, step, viewOf } from './desk.ts';
import type { AccountView } from './engine-api.ts';
import { remembered } from './remember.ts';
import type { Turn, WaitingPassword } from './round.ts';

/** Names of sealed drafts; no form has such a name. */
const PASSWORD = 'account:password';
const HINT = 'account:hint';

/** Lost with the draft: then `passwordBehind` says so, and the password is asked for again. */
export async function waitingPassword({ engine, commit }: Turn<AccountEngine>): Promise<WaitingPassword | null> {
  const row = await readRow('drafts', PASSWORD);
  if (row.length === 0) return null;
  if (!isBehind(engine)) {
    // The account had taken it, and only its answer was lost.
    await commit(PASSWORD_SENT);
    return null;
  }
  return JSON.parse(engine.openDraft(PASSWORD, row)) as WaitingPassword;
}

/** The account has another master password than this vault. */
const isBehind = (engine: AccountEngine): boolean => viewOf(engine)?.passwordBehind === true;

/** After the account took a registration: what still waits is one for a password that was set meanwhile. */
export const passwordLeft = (engine: AccountEngine): Writes => (isBehind(engine) ? [] : PASSWORD_SENT);

export const keepPassword = (engine: AccountEngine, { upload, signOutOthers }: WaitingPassword): Writes => [
  ['drafts', PASSWORD, engine.sealDraft(PASSWORD, JSON.stringify({ upload, signOutOthers }))],
];
/**
 * After a sign-in by recovery code no key of the server's is known here yet: the first registration pins it. Later ones
 * have to show the same.
 */
export async function pinning(engine: AccountEngine, known: AccountView, serverKey: string): Promise<Writes> {
  if (known.serverKey === serverKey) return [];
  const credId = await remembered('accountCredId');
  if (known.serverKey !== '' || credId === null) throw new SesameError('server-error');
  return engine.pinServer(fromB64(credId), fromB64(serverKey));
}

export const PASSWORD_SENT: Writes = [['drafts', PASSWORD, null]];

export const keepHint = (engine: AccountEngine): Writes => [['drafts', HINT, engine.sealDraft(HINT, 'changed')]];
export const HINT_SENT: Writes = [['drafts', HINT, null]];

/** The hint that the account has to be told; null when it has it. */
export const waitingHint = (): Promise<string | null> =>
  step(async ({ engine }) => ((await readRow('drafts', HINT)).length === 0 ? null : engine.hint()));
