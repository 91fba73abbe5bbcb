/** What of the engine an account needs: its shape, so that the rounds below can be tried without Wasm. */
import type { SyncReason } from '../../shared/account.ts';
import type { LockedPasskey, PasswordSlot } from '../../shared/api.ts';
import type { Rows, Writes } from '../storage.ts';

type Bytes = Uint8Array;

/** What has to be asked next while the account's state is taken in. */
export type PullNext = { next: 'chain' | 'rows'; body: Bytes } | { next: 'apply'; locals: string[] };

/** Taking in what the account has, and sending what it has not. All of it needs an open vault. */
export interface SyncEngine {
  pullBody(bases: Rows): Bytes;
  pulled(answer: Bytes, bases: Rows): PullNext;
  chain(answer: Bytes): PullNext;
  rowsAnswer(answer: Bytes): PullNext;
  applyPulled(locals: Rows, bases: Rows): { writes: Writes; report: string };
  suspendWrites(): Writes;
  pushIds(bases: Rows): string[];
  push(rows: Rows, bases: Rows): { writes: Writes; body: Bytes } | undefined;
  pushed(answer: Bytes): { writes: Writes; more: boolean };
  pushFailed(): void;
  passwordBody(upload: Bytes, signOutOthers: boolean, bases: Rows): { writes: Writes; body: Bytes };
  passwordDone(session: Bytes): Writes;
}

/** Getting a token: two signatures over the server's nonce, made by the engine (decision 0012). */
export interface SessionEngine extends Pick<SyncEngine, 'suspendWrites'> {
  sessionStartBody(): Bytes;
  sessionBody(started: Bytes): Bytes;
  sessionOpened(session: Bytes): string;
  genChanged(detail: Bytes): Writes;
  signedOut(): Writes;
}

/** Answer of `applyPulled`. */
export interface SyncReport {
  taken: number;
  merged: number;
  kept: number;
  deleted: number;
  changed: boolean;
  header: boolean;
  names: string[];
}

/** `accountView`: what the stored record says; readable while locked. */
export interface AccountView {
  server: string;
  email: string;
  mode: 'auto' | 'ask';
  state: 'ok' | 'signed-out' | 'reset-elsewhere' | 'suspended';
  reason: SyncReason | null;
  lastSyncAt: number | null;
  passwordBehind: boolean;
  reset: { at: number; undoUntil: number; eraseAt: number } | null;
  account: string;
  generation: string;
  device: string;
  fingerprint: string;
  /** Base64url. */
  credId: string;
  serverKey: string;
}

/** `accountPreview`: of a vault that was fetched to sign in, before it is opened. */
export interface AccountPreview {
  items: number;
  fingerprint: string;
  passwordSlots: PasswordSlot[];
  recovery: boolean;
  passkeys: LockedPasskey[];
  changedAt: number | null;
  /** Null until it is open. */
  devices: { name: string }[] | null;
}

/** Belonging to an account, or no more. */
export interface MemberEngine {
  accountView(): string | undefined;
  headerWaits(): boolean;
  newDevice(): Bytes;
  registerBody(input: string, upload: Bytes): Bytes;
  attach(input: string, session: Bytes, credId: Bytes, serverKey: Bytes): Writes;
  attachJoined(input: string, session: Bytes, credId: Bytes, serverKey: Bytes): Writes;
  /** In the place of the recovery code that opened it, which can be read by whoever saw it typed (S-167). */
  replaceUsedCode(): { writes: Writes; recoveryCode: string } | undefined;
  rejoin(input: string, session: Bytes, credId: Bytes, serverKey: Bytes): Writes;
  detach(): Writes;
  setMode(mode: string): Writes;
  setEmail(email: string): Writes;
  nameDevice(device: string, name: string): Writes;
  forgetDevice(device: string): Writes;
  devices(): string;
  joinPullBody(session: Bytes): Bytes;
  joinPulled(answer: Bytes): Bytes | undefined;
  joinRows(answer: Bytes): Bytes | undefined;
  accountPreview(): string;
  /** Of another open vault, with its rows, into this one, with the rows that it has. */
  takeItemsOf(other: object, otherRows: Rows, rows: Rows): { writes: Writes; report: string };
  lockedPullBody(session: Bytes): Bytes;
  lockedHeader(answer: Bytes): string;
  resolveSuspended(how: string): Writes;
}

/** Vaults put aside, and the way back from a reset. */
export interface ResetEngine {
  vaultIds(): string;
  takeDeviceOf(other: ResetEngine): void;
  pinServer(credId: Bytes, serverKey: Bytes): Writes;
  newGeneration(input: string, stretched: Bytes): { writes: Writes; recoveryCode: string };
  resetBody(token: Bytes, upload: Bytes, hint: string): Bytes;
  undoStartBody(): Bytes;
  /** `origin`: needed where the vault is a file, which knows no server. */
  undoBody(started: Bytes, origin: string | undefined): Bytes;
  undone(session: Bytes): Writes;
  /** What opened this copy opens the fetched vault, too, also where the account never had that key slot. */
  offerCopy(copy: object): void;
  takeBack(copy: object, rows: Rows): Writes;
  sealedVaultProof(started: Bytes, origin: string): Bytes;
}

export interface VaultIds {
  account: string;
  generation: string;
  fingerprint: string;
}
