/**
 * The calls between Sesame's own rooms. `UiApi` is what extension pages may ask of the
 * background; nothing else answers them. Every call returns plain data; every failure is a
 * `SesameError` with a code (shared/errors.ts), never a text: texts are made where a person reads.
 *
 * Binary values cross the message boundary as base64url strings (`B64`), because a Uint8Array
 * turns into a plain object there (docs/platform: observed in Chromium and Firefox).
 */

import type { AccountApi, AccountState, Upload } from './account.ts';

/** Bytes as unpadded base64url. */
export type B64 = string;
/** 16 random bytes as 32 lower-case hex digits. */
export type ItemId = string;
/** A key slot's id, 32 lower-case hex digits. */
export type SlotId = string;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type TimeMs = number;

// ---------------------------------------------------------------- state

export type VaultState = 'absent' | 'locked' | 'unlocked' | 'damaged';

/** Everything a page needs to draw its first screen, whatever the state. No secret in it. */
export interface Status {
  state: VaultState;
  /** Set unless absent. What may be known while locked. */
  locked: LockedView | null;
  /** Set only while unlocked. */
  open: OpenView | null;
  prefs: Prefs;
  /** The tab that "For this site" and Fill mean; null where there is none (no web page open). */
  tab: { id: number; origin: string; host: string } | null;
  /** Set while an intent waits for a ceremony or an unlock (for example a fill that began locked). */
  intent: Intent | null;
  /** Null where this vault belongs to no account. */
  account: AccountState | null;
}

/** How the person likes the pages; kept outside the vault, so that it holds on the lock screen. */
export interface Prefs {
  theme: 'system' | 'light' | 'dark';
  language: 'system' | 'en' | 'it';
}

/** A password slot as the auth worker needs it to derive the stretched key. */
export interface PasswordSlot {
  slotId: SlotId;
  kdfId: 1 | 2 | 3;
  salt: B64;
}

/** A master password that was replaced: enough to recognise it, not to open anything with it. */
export interface RetiredPassword {
  index: number;
  kdfId: 1 | 2 | 3;
  salt: B64;
  replacedAt: TimeMs;
}

export interface LockedView {
  vaultName: string;
  createdAt: TimeMs;
  hasHint: boolean;
  passwordSetAt: TimeMs;
  passwordSlots: PasswordSlot[];
  retired: RetiredPassword[];
  passkeys: LockedPasskey[];
  /** A recovery slot exists / the person proved to have the code. */
  recovery: { exists: boolean; confirmed: boolean; createdAt: TimeMs | null };
  /** Which parts could not be read, with what is safe; empty when all is well. */
  damage: Damage[];
}

export interface LockedPasskey {
  slotId: SlotId;
  credentialId: B64;
  salt: B64;
  /** WebAuthn backup-eligible / backup-state flags at creation. */
  synced: boolean;
  backupEligible: boolean;
  /** Made in, or used at least once from, this browser. */
  usedHere: boolean;
  lastUsedAt: TimeMs | null;
  /** Set when the last ceremony here answered without the key (PRF) or with another one. */
  lastProblem: PasskeyProblem | null;
}

export type PasskeyProblem = 'no-prf' | 'key-changed' | 'no-user-verification' | 'not-allowed';

/** A part of the stored vault that cannot be read. `title` only while unlocked. */
export interface Damage {
  part: 'header' | 'manifest' | 'anchor' | 'local' | 'index' | 'item';
  itemId?: ItemId;
  title?: string;
  /** What Sesame can do about it by itself. */
  repair: 'previous-copy' | 'rebuild' | 'none';
}

export interface OpenView {
  itemCount: number;
  binCount: number;
  lockAfter: LockAfter;
  waysBack: WaysBack;
  practiceDue: boolean;
  /** How this session was opened, and when a factor was last shown (ms). */
  openedBy: Factor;
  freshUntil: TimeMs;
  damage: Damage[];
}

export type Factor = 'password' | 'recovery' | 'passkey';
/** Minutes without using Sesame; 0 = only when the browser closes. */
export type LockAfter = 1 | 5 | 15 | 60 | 0;

export interface WaysBack {
  password: { setAt: TimeMs; lastProvedAt: TimeMs | null };
  recovery: { exists: boolean; confirmed: boolean; lastProvedAt: TimeMs | null };
  passkeys: PasskeyView[];
  backup: { lastSavedAt: TimeMs | null };
  /** How many ways have been proved; below 2 the foot of the list says so. */
  provedCount: number;
}

export interface PasskeyView {
  slotId: SlotId;
  name: string;
  addedAt: TimeMs;
  lastUsedAt: TimeMs | null;
  backupEligible: boolean;
  synced: boolean;
  usedHere: boolean;
}

// ---------------------------------------------------------------- items

export type ItemKind = 'login' | 'card' | 'identity' | 'note';

/** A row of a list. No secret in it. */
export interface ItemSummary {
  id: ItemId;
  kind: ItemKind;
  name: string;
  /** User name of a login; otherwise a short second line (masked card number, full name). */
  detail: string;
  /** Host of the first address, for the row's tooltip. */
  host: string;
  favourite: boolean;
  tags: string[];
  hasPassword: boolean;
  hasTotp: boolean;
  modifiedAt: TimeMs;
  deletedAt: TimeMs | null;
  /** Last month of a card, as `2026-03`. */
  expires: string | null;
}

export interface ListQuery {
  text: string;
  in: 'items' | 'bin';
  kind?: ItemKind;
  tag?: string;
  favourites?: boolean;
  offset: number;
  limit: number;
}
export interface ListPage {
  total: number;
  offset: number;
  rows: ItemSummary[];
}

export type MatchMode = 'site' | 'host' | 'exact' | 'starts-with' | 'regex' | 'never';
export interface Website {
  url: string;
  match: MatchMode;
}
export interface CustomField {
  name: string;
  kind: 'text' | 'hidden' | 'boolean';
  /** Boolean: "true" or "false". Hidden values are empty in an ItemView. */
  value: string;
}

/** An item as its page shows it: secrets only as "there is one". */
export interface ItemView {
  id: ItemId;
  kind: ItemKind;
  name: string;
  username: string;
  hasPassword: boolean;
  passwordChangedAt: TimeMs | null;
  websites: Website[];
  totp: { digits: number; periodSeconds: number } | null;
  notes: string;
  custom: CustomField[];
  /** Card and identity fields by key (`cardNumber`, `givenName`, ...); secret ones empty, named in `secretKeys`. */
  fields: Record<string, string>;
  secretKeys: string[];
  tags: string[];
  favourite: boolean;
  createdAt: TimeMs;
  modifiedAt: TimeMs;
  deletedAt: TimeMs | null;
  history: { index: number; replacedAt: TimeMs }[];
  /** Values that lost against another browser's change of the same field, newest first: never dropped silently (S-33). */
  others: { index: number; field: string; at: TimeMs }[];
}

/** An item as its editor holds it, secrets included. Unknown fields of newer versions stay in the vault. */
export interface ItemEdit {
  /** Empty for a new item. */
  id: ItemId | '';
  kind: ItemKind;
  name: string;
  username: string;
  password: string;
  websites: Website[];
  /** otpauth:// URI or bare base32 secret; empty for none. */
  totp: string;
  notes: string;
  custom: CustomField[];
  fields: Record<string, string>;
  tags: string[];
  favourite: boolean;
}

/** Which secret of an item: `password`, `totp`, `history:N`, `custom:N`, `other:N`, or a key of `fields`. */
export type SecretRef = string;
export interface TotpCode {
  code: string;
  periodSeconds: number;
  /** When this code stops being current. */
  expiresAt: TimeMs;
  next: string;
}

export type GeneratorOptions =
  | {
      mode: 'characters';
      length: number;
      lower: boolean;
      upper: boolean;
      digits: boolean;
      symbols: boolean;
      avoidAmbiguous: boolean;
      minDigits: number;
      minSymbols: number;
    }
  | { mode: 'passphrase'; words: number; separator: string; capitalise: boolean; digit: boolean };

export interface AuditReport {
  checked: number;
  reused: { ids: ItemId[]; count: number }[];
  old: ItemId[];
  missingPassword: ItemId[];
  insecureAddress: ItemId[];
  /** Cards with their last month (`2026-03`), the earliest first. */
  cards: { id: ItemId; expires: string }[];
}

// ---------------------------------------------------------------- filling

export type FillOutcome =
  | { result: 'filled'; fields: number; next?: 'submit' | 'next-step' }
  /** Something the person must see first; call `fill` again with `confirm: reason`. */
  | { result: 'confirm'; reason: FillConfirm; origin: string; target: string }
  | { result: 'refused'; reason: FillRefusal; origin: string };

/** The target of `cross-origin-frame`: the frame's own origin, then the others above it from the top down, with spaces. */
export type FillConfirm = 'action-elsewhere' | 'method-get' | 'cross-origin-frame';
export type FillRefusal =
  | 'no-page'
  | 'no-form'
  | 'no-match'
  | 'cross-origin-frame'
  | 'insecure-page'
  | 'opaque-origin'
  | 'page-changed'
  | 'not-visible'
  | 'page-not-reachable';

// ---------------------------------------------------------------- saving

/** A sign-in that waits to be saved. There is no password in it: that stays sealed until it is saved. */
export interface CaptureView {
  /** `same` and `never` are dropped and not shown. */
  verdict: 'new' | 'update' | 'same' | 'never';
  /** Where it was typed (S-80). */
  origin: string;
  host: string;
  /** What the item is, or would be, called. */
  name: string;
  /** Empty where none was seen. */
  username: string;
  /** The password is one that Sesame made. */
  generated: boolean;
  /** Items that could take the password, the closest first. */
  candidates: ItemSummary[];
  /** Which of them is meant, as far as that is certain. */
  itemId: ItemId | null;
}

/** The same with the name that the other calls know it by. */
export type WaitingCapture = CaptureView & { id: string };

/** A server that asks for a user name and a password before it shows a page. */
export interface HttpAuthView {
  id: string;
  origin: string;
  host: string;
  /** What the server calls the place: its own words, whatever they claim. */
  realm: string;
  /** Null while the vault is locked. */
  rows: ItemSummary[] | null;
}

// ---------------------------------------------------------------- intents and ceremonies

/** What the person was doing when a ceremony or a lock came between; kept in session memory only. */
export type Intent =
  | { kind: 'open' }
  /**
   * `itemId` null: whatever fits best once the vault is open. It holds only for the page's `origin` at that time.
   * `outcome`: of a fill that was tried where the person chose it; it is said, and not tried elsewhere. Only the background sets it.
   */
  | { kind: 'fill'; itemId: ItemId | null; tabId: number; origin?: string; outcome?: FillOutcome }
  | { kind: 'set-up-passkey' }
  | { kind: 'unlock-passkey' }
  /** A fresh user-verified assertion, and what it stands in front of (S-117, S-173). */
  | ({ kind: 'prove-passkey' } & ProvedAct)
  | { kind: 'view'; route: string };

/** What a person began in the toolbar popup and proves in the ceremony window, with all that it takes to finish it there. */
export type ProvedAct =
  | { then: 'set-password'; ready: NewPassword; account?: Upload & { signOutOthers: boolean } }
  | { then: 'new-recovery-code' }
  | { then: 'export'; format: 'csv' | 'json'; typed: string };

/** A new master password as the auth worker stretched it. */
export interface NewPassword {
  kdfId: 1 | 2 | 3;
  salt: B64;
  stretched: B64;
  hint: string;
}

export interface PasskeyEnrolment {
  credentialId: B64;
  salt: B64;
  prf: B64;
  backupEligible: boolean;
  synced: boolean;
  name: string;
}

// ---------------------------------------------------------------- backup, import, export

export interface BackupInfo {
  /** Kept in the background under this handle until closed or used. */
  handle: string;
  vaultName: string;
  savedAt: TimeMs;
  itemCount: number;
  passwordSetAt: TimeMs;
  hint: string;
  passwordSlots: PasswordSlot[];
  recovery: boolean;
  recoveryCreatedAt: TimeMs | null;
  passkeys: LockedPasskey[];
  sameVault: boolean;
}

export type Opener =
  | { by: 'password'; slotId: SlotId; stretched: B64 }
  | { by: 'recovery'; code: string }
  | { by: 'passkey'; slotId: SlotId; prf: B64 };

export interface ImportReport {
  added: number;
  merged: number;
  skipped: number;
  problems: { line: number; reason: string }[];
}

export interface SettingsView {
  lockAfter: LockAfter;
  vaultName: string;
  hint: string;
  filling: FillingSettings;
}

/** How pages are filled; part of the encrypted settings item. */
export interface FillingSettings {
  /** Shows the icon in fields. */
  icon: boolean;
  /** Puts the one-time code on the clipboard after a sign-in was filled (S-84: off at first). */
  copyCode: boolean;
  /** The person's own groups of equivalent sites: registrable domains, two at least. */
  equivalents: string[][];
  /** Built-in groups (`builtinEquivalents`) that don't hold, by their first domain. */
  builtInOff: string[];
  /** Origins where saving is never offered. */
  never: string[];
}

/** The calls. Names say what the person wants; a screen is one or two of them. */
export interface UiApi extends AccountApi {
  status(): Status;
  setPrefs(prefs: Prefs): void;
  /** Resets the idle deadline; sent at most once in 10 s while the person uses a page. */
  touch(): void;
  lock(): void;

  // Creating and unlocking. `stretched` = 32 bytes from the auth worker (Argon2id).
  createVault(input: { vaultName: string; hint: string; kdfId: 1 | 2 | 3; salt: B64; stretched: B64 }): { recoveryCode: string };
  hint(): string;
  unlock(opener: Opener): { openedBy: Factor; newRecoveryCode: string | null; hiddenDamage: number };
  /** After a wrong password: which replaced password this was, if any. */
  wasReplaced(input: { index: number; stretched: B64 }): boolean;
  notePasskeyProblem(input: { slotId: SlotId; problem: PasskeyProblem }): void;

  // Ways back in
  /**
   * Needs a fresh factor, `proof`, except within 60 s of one. With an account, `account` brings its new
   * registration along; without it the account keeps the old password until `bringPassword`.
   */
  setMasterPassword(input: NewPassword & { proof: Opener | null; account?: Upload & { signOutOthers: boolean } }): void;
  setHint(input: { hint: string }): void;
  newRecoveryCode(input: { proof: Opener | null }): { recoveryCode: string };
  /** One group, chosen at random, by number from 1 (docs/decisions/0007). */
  confirmRecoveryCode(input: { group: number; text: string }): { confirmed: boolean };
  addPasskey(input: PasskeyEnrolment): { slotId: SlotId };
  renamePasskey(input: { slotId: SlotId; name: string }): void;
  removePasskey(input: { slotId: SlotId }): void;
  /** The person typed the master password to keep it in mind. `more`: another slot is tried next, so that a miss does not count. */
  practice(input: { slotId: SlotId; stretched: B64; more?: boolean }): { right: boolean; misses: number };
  skipPractice(): void;
  /** Ends the vault here after a sealed backup was saved; `typed` is the vault's name, typed by hand. */
  startOver(input: { savedBackup: true; typed: string }): void;
  repair(): { repaired: Damage[]; left: Damage[] };

  // Items
  list(query: ListQuery): ListPage;
  forThisSite(): { tabId: number; origin: string; host: string; rows: ItemSummary[] } | null;
  item(input: { id: ItemId }): ItemView;
  edit(input: { id: ItemId }): ItemEdit;
  save(input: ItemEdit): { id: ItemId };
  reveal(input: { id: ItemId; secret: SecretRef }): string;
  totp(input: { id: ItemId }): TotpCode;
  /** Puts it on the clipboard and clears it after 30 s if it is still there. */
  copy(input: { id: ItemId; secret: SecretRef | 'username' }): { clearsAt: TimeMs };
  copyText(input: { text: string }): { clearsAt: TimeMs };
  moveToBin(input: { id: ItemId }): void;
  restore(input: { id: ItemId }): void;
  deleteForever(input: { id: ItemId }): void;
  emptyBin(): { deleted: number };
  tags(): string[];
  generate(options: GeneratorOptions): { value: string; entropyBits: number };
  generatorHistory(): { value: string; at: TimeMs }[];
  rememberGenerated(input: { value: string }): void;
  audit(): AuditReport;
  settings(): SettingsView;
  saveSettings(settings: { lockAfter: LockAfter; vaultName: string }): void;
  /** `invalid` for what is no registrable domain ("co.uk", "www.example.com") or no origin. */
  saveFilling(settings: FillingSettings): void;
  builtinEquivalents(): string[][];

  // Filling
  /** After a `confirm` answer: its reason and target again, so that a page can't swap the target meanwhile. */
  fill(input: { id: ItemId; tabId: number; confirm?: FillConfirm; target?: string }): FillOutcome;
  /** Does the fill that waited for the vault to open; null if none did, or nothing fits its page any more. */
  resumeFill(): { id: ItemId; tabId: number; outcome: FillOutcome } | null;

  // Saving what was typed into a page
  /** The sign-in that waits to be saved: of the tab in front, or else the newest. */
  waitingCapture(): WaitingCapture | null;
  /** `itemId`: the item that gets the password (its name and user name stay); null for a new item. */
  saveCapture(input: { id: string; itemId: ItemId | null; name: string; username: string }): { itemId: ItemId };
  /** Not now; with `never` no sign-in of this origin is asked about again. */
  dropCapture(input: { id: string; never: boolean }): void;
  /** Takes back what `saveCapture` did with this one: a new item goes to the bin, an old password comes back. */
  undoCapture(input: { id: string }): void;

  // HTTP authentication
  /** The request that this window was opened for; null where none waits (any more). */
  httpAuth(): HttpAuthView | null;
  /** Sends the item's user name and password to the server; null leaves it to the browser's own dialog. */
  answerHttpAuth(input: { id: string; itemId: ItemId | null }): { sent: boolean };

  /** The tab's forms as Sesame sees them, redacted, for a report; null where there is no page to look at. */
  describePage(): { host: string; text: string } | null;

  // Drafts: any form's JSON, sealed under the vault's local key while one is open.
  saveDraft(input: { form: string; value: string }): void;
  loadDraft(input: { form: string }): string | null;
  dropDraft(input: { form: string }): void;

  // Backup, import, export
  saveBackup(): { fileName: string; file: B64 };
  /** Without unlocking: the sealed vault as it lies here, for "start over" and for damage. */
  saveSealedCopy(): { fileName: string; file: B64 };
  readBackup(input: { file: B64 }): BackupInfo;
  /** `newRecoveryCode`: in the place of the one that opened a file which is this browser's vault now. */
  openBackup(input: { handle: string; opener: Opener; mode: 'adopt' | 'merge' }): ImportReport & { newRecoveryCode: string | null };
  closeBackup(input: { handle: string }): void;
  importItems(input: { items: ItemEdit[] }): ImportReport;
  /** Readable export; needs a fresh factor and the word typed by hand (S-38, S-117). */
  exportReadable(input: { format: 'csv' | 'json'; proof: Opener | null; typed: string }): { fileName: string; text: string };

  // Intents
  setIntent(intent: Intent | null): void;
  /** Opens the ceremony page in a window of its own, for `intent`. */
  openCeremony(intent: Intent): void;
  /** Called by the ceremony page when done: runs or restores the intent. */
  ceremonyDone(input: { ok: boolean }): void;
}

/** What the background tells all open pages. `account`: of the status, only `account` is another. */
export type UiEvent = { event: 'locked' } | { event: 'unlocked' } | { event: 'changed' } | { event: 'intent' } | { event: 'account' };
