/** What of the engine an account needs: its shape, so that the rounds below can be tried without Wasm. */
import type { Rows, Writes } from '../storage.ts';

type Bytes = Uint8Array;

/** What has to be asked next while the account's state is taken in. */
export type PullNext = { next: 'chain' | 'rows'; body: Bytes } | { next: 'apply'; locals: string[] };

/** Taking in what the account has, and sending what it has not. All of it needs an open vault. */
export interface SyncEngine {
  pullBody(bases: Rows): Bytes;
  pulled(answer: Bytes, bases: Rows): PullNext;
  chain(answer: Bytes, bases: Rows): PullNext;
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
export interface SessionEngine {
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
