/** What a page asks of the tools worker (tools-worker.ts). Two megabytes: loaded only when asked. */
import type { ItemEdit } from '../shared/api.ts';
import { utf8 } from '../shared/bytes.ts';
import { SesameError } from '../shared/errors.ts';
import type { ToolsCall } from './tools-worker.ts';
import { ask, startWorker, WorkerError } from './worker.ts';

export interface Strength {
  /** 0 found at once, 4 not in years. */
  score: 0 | 1 | 2 | 3 | 4;
  guessesLog10: number;
  /** For somebody who has the stored vault and tries ten thousand passwords a second. */
  crackSeconds: number;
  warning: StrengthWarning | null;
  suggestions: StrengthSuggestion[];
}

export const STRENGTH_WARNINGS = [
  'straight-row',
  'short-pattern',
  'repeated-characters',
  'repeated-sequence',
  'top-10',
  'top-100',
  'common',
  'similar-to-common',
  'sequence',
  'recent-year',
  'single-word',
  'date',
  'name',
  'common-name',
] as const;
export type StrengthWarning = (typeof STRENGTH_WARNINGS)[number];

export const STRENGTH_SUGGESTIONS = [
  'use-words',
  'no-need-for-symbols',
  'add-word',
  'capitals-help-little',
  'all-capitals-help-little',
  'reversed-helps-little',
  'substitutions-help-little',
  'longer-pattern',
  'avoid-repeats',
  'avoid-sequences',
  'avoid-recent-years',
  'avoid-own-years',
  'avoid-own-dates',
] as const;
export type StrengthSuggestion = (typeof STRENGTH_SUGGESTIONS)[number];

export type ImportFormat =
  | 'sesame-json'
  | 'sesame-csv'
  | 'bitwarden-json'
  | '1password-1pux'
  | 'keepass-xml'
  | 'chrome-csv'
  | 'firefox-csv'
  | 'safari-csv'
  | 'bitwarden-csv'
  | '1password-csv'
  | 'lastpass-csv'
  | 'keepass-csv'
  | 'proton-csv'
  | 'dashlane-csv'
  | 'nordpass-csv'
  | 'csv';

/** What could not be taken over as it was. The first four mean that the item is not among `items`. */
export const IMPORT_PROBLEMS = [
  'unreadable', // the row or entry makes no sense
  'empty', // nothing in it
  'too-large', // more than an item can hold
  'too-many', // beyond 20,000 items; this and all after it
  'deleted', // was in the other manager's bin; left there
  'odd-code', // its one-time code secret is none; kept as a hidden field
  'odd-address', // its address is no web address; kept as a text field
  'other-kind', // a kind that Sesame has not; imported as a secure note with its fields
  'attachment', // its files were left out
  'passkey', // its passkey was left out
] as const;
export type ImportProblem = (typeof IMPORT_PROBLEMS)[number];

export interface ImportResult {
  format: ImportFormat;
  items: ItemEdit[];
  /** `line`: line of a CSV file, otherwise number of the entry; from 1. */
  problems: { line: number; reason: ImportProblem }[];
}

/** Why a whole file can't be read; `too-large` (64 MiB) is a SesameError code of its own. */
export const IMPORT_REFUSALS = ['empty', 'not-recognised', 'encrypted', 'not-text', 'damaged'] as const;
export type ImportRefusal = (typeof IMPORT_REFUSALS)[number];

const KILL_AFTER_MS = 20_000;
const IMPORT_KILL_AFTER_MS = 60_000;
const IMPORT_MAX_BYTES = 64 * 1024 * 1024;
/** Starting it takes a quarter of a second, and a meter asks again and again. */
const IDLE_MS = 10_000;

let adviser: Worker | null = null;
let adviserTimer: ReturnType<typeof setTimeout> | undefined;

/** How hard a password is to guess. `userInputs`: words that an attacker would try first. */
export function strength(password: string, userInputs: string[] = [], signal?: AbortSignal): Promise<Strength> {
  return advise({ call: 'strength', password: utf8(password), userInputs }, signal);
}

/** Whether knowing the hint makes the password fall within 2^40 guesses (S-137). */
export function hintHelps(password: string, hint: string, signal?: AbortSignal): Promise<boolean> {
  return advise({ call: 'hint-helps', password: utf8(password), hint }, signal);
}

/** Ends the worker. Call it when a form with a master password goes away. */
export function releaseTools(): void {
  clearTimeout(adviserTimer);
  adviser?.terminate();
  adviser = null;
}

/** Reads a file of another password manager, in a worker of its own that ends with it. */
export async function readImport(file: File, signal?: AbortSignal): Promise<ImportResult> {
  if (file.size > IMPORT_MAX_BYTES) throw new SesameError('too-large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const worker = startWorker('tools-worker.js');
  try {
    const call: ToolsCall = { call: 'import', file: bytes };
    return await ask<ImportResult>(worker, call, { transfer: [bytes.buffer], signal, timeoutMs: IMPORT_KILL_AFTER_MS });
  } finally {
    worker.terminate();
  }
}

/** The reason behind a rejected `readImport`, if the file was to blame. */
export function importRefusalOf(failure: unknown): ImportRefusal | null {
  if (!(failure instanceof WorkerError)) return null;
  return IMPORT_REFUSALS.find((known) => known === failure.reason) ?? null;
}

async function advise<Value>(call: ToolsCall & { password: Uint8Array<ArrayBuffer> }, signal: AbortSignal | undefined): Promise<Value> {
  clearTimeout(adviserTimer);
  adviser ??= startWorker('tools-worker.js');
  const worker = adviser;
  try {
    return await ask<Value>(worker, call, { transfer: [call.password.buffer], signal, shared: true, timeoutMs: KILL_AFTER_MS });
  } catch (failure) {
    if (failure instanceof SesameError && worker === adviser) releaseTools();
    throw failure;
  } finally {
    clearTimeout(adviserTimer);
    adviserTimer = setTimeout(releaseTools, IDLE_MS);
  }
}
