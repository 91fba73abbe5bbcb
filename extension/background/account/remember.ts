/**
 * What is remembered about the account beside the vault: only until the browser ends or the vault is locked,
 * and nothing in it opens anything once the server's 15 minutes are over.
 */
import type { Held } from './session.ts';
import type { Trouble } from './trouble.ts';

interface Remembered {
  accountToken: Held | null;
  /** The account's name inside OPAQUE, as it was said when a new registration began. */
  accountCredId: string | null;
  accountTrouble: Trouble | null;
  /** Flags of the newest session, and when a deletion is due (0 = not known). */
  accountSays: { emailPending: boolean; undoPossible: boolean; deleteAt: number | null } | null;
}

export async function remembered<K extends keyof Remembered>(key: K): Promise<Remembered[K]> {
  return ((await chrome.storage.session.get(key)) as Partial<Remembered>)[key] ?? (null as Remembered[K]);
}

export async function remember<K extends keyof Remembered>(key: K, value: Remembered[K]): Promise<void> {
  if (value === null) await chrome.storage.session.remove(key);
  else await chrome.storage.session.set({ [key]: value });
}

export const forgetAccount = (): Promise<void> =>
  chrome.storage.session.remove(['accountToken', 'accountCredId', 'accountTrouble', 'accountSays']);

const EMAIL_PENDING = 1;
const DELETION = 2;
const UNDO = 4;

export async function rememberFlags(flags: number): Promise<void> {
  const before = await remembered('accountSays');
  await remember('accountSays', {
    emailPending: (flags & EMAIL_PENDING) !== 0,
    undoPossible: (flags & UNDO) !== 0,
    deleteAt: (flags & DELETION) === 0 ? null : (before?.deleteAt ?? 0),
  });
}

export async function rememberDeletion(deleteAt: number | null): Promise<void> {
  const before = await remembered('accountSays');
  await remember('accountSays', { emailPending: false, undoPossible: false, ...before, deleteAt });
}
