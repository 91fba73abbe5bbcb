/** Vaults besides the browser's own, read from files or from an account and not yet used or closed: engines of their own, under a handle. */
import { Engine } from '../../build/wasm/engine/engine.js';
import { SesameError } from '../shared/errors.ts';
import { currentInstance } from './engine.ts';

const LIFE_MS = 10 * 60 * 1000;
/** An extension call at this interval keeps the worker, and with it the file, from being stopped. */
const KEEP_AWAKE_MS = 20_000;

interface Backup {
  engine: Engine;
  /** The Wasm instance that it lives in; a lock or a panic takes it away. */
  instance: number;
  until: number;
  /** Nobody came back for it. */
  expired: (handle: string) => void;
}

const backups = new Map<string, Backup>();
let awake: ReturnType<typeof setInterval> | null = null;

function sweep(): void {
  for (const [handle, { until, expired }] of backups) {
    if (until > Date.now()) continue;
    closeBackup(handle);
    expired(handle);
  }
}

export const keepBackup = (file: Uint8Array): { handle: string; engine: Engine } => keepEngine(Engine.fromBackup(file));

export function keepEngine(engine: Engine, expired: Backup['expired'] = () => undefined): { handle: string; engine: Engine } {
  const handle = crypto.randomUUID();
  backups.set(handle, { engine, instance: currentInstance(), until: Date.now() + LIFE_MS, expired });
  awake ??= setInterval(() => {
    sweep();
    void chrome.runtime.getPlatformInfo();
  }, KEEP_AWAKE_MS);
  return { handle, engine };
}

export function backup(handle: string): Engine {
  sweep();
  const kept = backups.get(handle);
  if (!kept || kept.instance !== currentInstance()) throw new SesameError('not-found');
  return kept.engine;
}

export function closeBackup(handle: string): void {
  const kept = backups.get(handle);
  backups.delete(handle);
  if (kept?.instance === currentInstance()) kept.engine.lock();
  if (backups.size === 0 && awake !== null) {
    clearInterval(awake);
    awake = null;
  }
}

export function closeBackups(): void {
  for (const handle of backups.keys()) closeBackup(handle);
}
