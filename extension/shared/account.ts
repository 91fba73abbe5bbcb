/**
 * The calls and views of a Sesame account; part of `UiApi` (shared/api.ts). What only an account's server
 * reads or writes (`request`, `upload`, `ke1` ...) was made by the auth worker or is handed to it: opaque
 * here. The server's address is what the person typed; `shared/server-address.ts` says which are taken.
 */
import type { B64, BackupInfo, ImportReport, LockedPasskey, Opener, PasswordSlot, TimeMs } from './api.ts';

/** 16 bytes as 32 lower-case hex digits: an account, a generation, a device. */
export type AccountId = string;
export type SyncMode = 'auto' | 'ask';
export type AccountLang = 'en' | 'it';

/** Why this browser takes nothing more from the account until somebody decides (S-17). */
export type SyncReason = 'rollback' | 'fork' | 'forged' | 'mixed' | 'dropped' | 'header' | 'other-vault' | 'away-too-long';

/** Another browser that has the vault, by the person's own label. */
export interface OtherBrowser {
  /** Empty where the vault knows no name for it. */
  name: string;
  lastUsedAt: TimeMs;
}

/** Readable while locked. */
export interface AccountState {
  /** The server's origin. */
  server: string;
  email: string;
  gen: AccountId;
  /** Of the generation, for people to compare (S-35): shown at sign-in and on the recovery kit. */
  fingerprint: string;
  mode: SyncMode;
  state: 'ok' | 'signed-out' | 'reset-elsewhere' | 'suspended';
  /** Only with `suspended`. */
  reason: SyncReason | null;
  lastSyncAt: TimeMs | null;
  /** Changes made here that the account does not have yet. */
  waiting: number;
  syncing: boolean;
  /** Why the last attempt came to nothing; it is tried again by itself. */
  problem: null | 'offline' | 'server' | 'slow-down' | 'storage' | 'over-quota' | 'update';
  /** When it is tried again; null = at the next occasion. */
  retryAt: TimeMs | null;
  /** The account still takes the master password from before the last change here. */
  passwordBehind: boolean;
  /** Only with `reset-elsewhere`. */
  reset: { at: TimeMs; undoUntil: TimeMs; eraseAt: TimeMs } | null;
  emailPending: boolean;
  /** A reset of this account can still be undone by a device that opens the vault from before. */
  undoPossible: boolean;
  /** The account waits for its deletion; 0 = it does, but when is not known yet. */
  deleteAt: TimeMs | null;
  /** As the account listed them when it was last asked, at most a day ago while this vault was in use. */
  others: OtherBrowser[];
}

/** What was found with an e-mail address and a proof, before anything of it is opened (S-35). */
export interface SignInView {
  /** Kept in the background, in memory only, until used or cancelled. */
  handle: string;
  passwordSlots: PasswordSlot[];
  recovery: boolean;
  passkeys: LockedPasskey[];
  items: number;
  /** Null where that is known only once it is open. */
  changedAt: TimeMs | null;
  devices: number;
  vaultFingerprint: string;
  hasLocalVault: boolean;
  localOpen: boolean;
  /** The vault in this browser is the account's own, left earlier or never quite joined. */
  sameVault: boolean;
}

export interface AccountDevice {
  id: AccountId;
  /** Empty where the vault knows no name for it. */
  name: string;
  addedAt: TimeMs;
  lastUsedAt: TimeMs;
  current: boolean;
}

export interface AccountInfo {
  email: string;
  createdAt: TimeMs;
  lang: AccountLang;
  /** How many days a vault from before a reset is kept. */
  sealedDays: number;
  devices: AccountDevice[];
  pendingEmail: string | null;
  deleteAt: TimeMs | null;
}

/** A vault that was put aside: by a reset, or because another one took its place in this browser. */
export interface SealedView {
  /** For `openSealed`, `saveSealed`, `dropSealed` (in this browser) or as `gen` (at the account). */
  id: string;
  where: 'browser' | 'account';
  gen: AccountId;
  at: TimeMs;
  /** Only at the account: until when it is kept, and until when the reset can be undone. */
  eraseAt: TimeMs | null;
  undoUntil: TimeMs | null;
  /** Null where that can't be known without opening it. */
  items: number | null;
  fingerprint: string;
}

/** A new OPAQUE registration as the auth worker made it from `request`/`response`. */
export interface Upload {
  upload: B64;
  serverKey: B64;
}

/** How somebody shows that a sealed vault of the account is theirs (S-133). */
export type SealedProof =
  | { how: 'password'; loginId: B64; nonce: B64; ke3: B64 }
  | { how: 'recovery'; code: string }
  /** `handle`: a copy of that vault, read by `openSealed` or `readBackup` and opened with `by`. */
  | { how: 'vault'; handle: string; by: Opener };

export interface AccountApi {
  /** Where accounts are made unless somebody types another address. */

  // Signing up: with a vault that is open here.
  accountBegin(input: { server: string; email: string; lang: AccountLang }): void;
  accountRegisterStart(input: { server: string; email: string; code: string; request: B64 }): { credId: B64; response: B64 };
  accountRegister(
    input: Upload & {
      server: string;
      email: string;
      code: string;
      lang: AccountLang;
      hint: string;
      credId: B64;
      deviceName: string;
      mode: SyncMode;
    },
  ): void;

  // Signing in. `pinned`: the key that this server had when this browser last signed in there; give it to the auth worker.
  signInStart(input: { server: string; email: string; ke1: B64 }): { loginId: B64; credId: B64; ke2: B64; pinned: B64 | null };
  signInFinish(input: {
    server: string;
    email: string;
    loginId: B64;
    ke3: B64;
    credId: B64;
    serverKey: B64;
    deviceName: string;
  }): SignInView;
  recoverSignIn(input: { server: string; email: string; code: string; deviceName: string }): SignInView;
  /** Opens what was found, and tells what only then can be known of it; nothing is taken over by that (S-35). */
  signInLook(input: { handle: string; opener: Opener }): { changedAt: TimeMs | null; deviceNames: string[] };
  /** `copy`: the vault without the account. `merge`: the items of the open vault that is here come along; it is kept, sealed. `opener` null: after `signInLook`. */
  signInOpen(input: { handle: string; opener: Opener | null; mode: SyncMode | 'copy'; local: 'none' | 'merge' }): {
    newRecoveryCode: string | null;
    report: ImportReport | null;
  };
  /**
   * For a locked vault whose header does not open with a password that the account takes: fetches the
   * header from there. Unlock with one of the slots in the answer next.
   */
  unlockThroughAccount(input: { loginId: B64; ke3: B64; credId: B64; serverKey: B64 }): { passwordSlots: PasswordSlot[] };

  // Sync
  syncNow(): void;
  setSyncMode(input: { mode: SyncMode }): void;
  leaveAccount(): void;
  /** After sync was suspended. `retry`: asks the account again; whatever is wrong with it suspends sync again. */
  resolveSuspended(input: { how: 'retry' | 'merge' | 'push' }): void;

  // The account. `proof` as in `newRecoveryCode`: a factor shown now, or null within 60 s of one.
  accountInfo(): AccountInfo;
  renameDevice(input: { device: AccountId; name: string }): void;
  removeDevice(input: { device: AccountId; proof: Opener | null }): void;
  changeEmailBegin(input: { email: string; proof: Opener | null }): void;
  changeEmailFinish(input: { code: string }): void;
  setSealedDays(input: { days: number }): void;
  deleteAccount(input: { typed: string; proof: Opener | null }): { eraseAt: TimeMs };
  keepAccount(): void;
  /** The first half of a new OPAQUE registration for `setMasterPassword` or `bringPassword`. */
  passwordStart(input: { request: B64 }): { credId: B64; response: B64; pinned: B64 };
  /** Tells the account the master password that was set here while it could not be reached. */
  bringPassword(input: Upload & { signOutOthers: boolean }): void;

  // Reset and hint, for somebody who can't get in
  /** Mails the hint to the account's address; the same answer whether there is such an account. */
  sendHint(input: { server: string; email: string; lang: AccountLang }): void;
  /** Keeps a sealed copy of the vault that is here, then asks for the mail. */
  requestReset(input: { server: string; email: string; lang: AccountLang }): { sealedCopy: 'kept' | 'none' };
  /** `token`: the code or the whole link, as typed or pasted. */
  resetStart(input: { server: string; token: string; request: B64 }): {
    credId: B64;
    response: B64;
    email: string;
    undoDays: number;
    sealedDays: number;
  };
  resetFinish(
    input: Upload & {
      server: string;
      token: string;
      credId: B64;
      vaultName: string;
      hint: string;
      kdfId: 1 | 2 | 3;
      salt: B64;
      stretched: B64;
      deviceName: string;
      mode: SyncMode;
    },
  ): { recoveryCode: string };
  /**
   * What a reset link that was taken over left for the reset page; forgotten when the browser ends. `asked`: the
   * address that this browser asked the mail for.
   */
  pendingReset(): { server: string; token: string; asked: string | null } | null;
  dropPendingReset(): void;

  // Sealed vaults
  sealedVaults(): SealedView[];
  /** One that lies in this browser. Open and merge it as a backup: `openBackup`, `closeBackup`. */
  openSealed(input: { id: string }): BackupInfo;
  saveSealed(input: { id: string }): { fileName: string; file: B64 };
  dropSealed(input: { id: string; typed: string; proof: Opener | null }): void;
  /** For `how: 'password'` only: the old master password is proved to the server first. */
  sealedProveStart(input: { gen: AccountId; ke1: B64 }): { loginId: B64; nonce: B64; credId: B64; ke2: B64; pinned: B64 };
  /** Fetches one from the account; then as `openSealed`. */
  fetchSealed(input: { gen: AccountId; proof: SealedProof }): BackupInfo;
  eraseSealed(input: { gen: AccountId; proof: Opener | null }): { eraseAt: TimeMs };
  keepSealed(input: { gen: AccountId }): void;
  /**
   * Takes a reset back. Null: by the vault that is open here, which is the one from before. Otherwise a
   * sealed copy of it, read by `openSealed`; the vault that is here is kept, sealed, and this one takes its place.
   * A recovery code that opened the copy is replaced.
   */
  undoReset(input: { from: { handle: string; opener: Opener } | null }): { newRecoveryCode: string | null };
}
