/** A vault takes the place of the one that is here, which is kept, sealed, in the same transaction. */
import type { Engine } from '../../../build/wasm/engine/engine.js';
import type { VaultState } from '../../shared/api.ts';
import { SesameError } from '../../shared/errors.ts';
import { toError } from '../actor.ts';
import { endSession } from '../autolock.ts';
import type { EngineDesk } from '../engine.ts';
import { readAll, replaceAll, type Writes } from '../storage.ts';
import { startSession } from '../ui/desk.ts';
import { type AccountEngine, accountEngine } from './desk.ts';
import type { VaultIds } from './engine-api.ts';

/** The name of a copy: of which vault, and when it was made. */
const copyName = (generation: string, at: number): string => `${generation}-${at}`;

export function readCopyName(name: string): { gen: string; at: number } | null {
  const read = /^([0-9a-f]{32})-(\d{1,16})$/.exec(name);
  return read ? { gen: read[1] ?? '', at: Number(read[2]) } : null;
}

/** Of a vault that can't be read nobody knows which it is; a copy of it is kept all the same. */
const UNKNOWN = '0'.repeat(32);

export function generationOf(engine: Engine): string {
  try {
    return (JSON.parse(accountEngine(engine).vaultIds()) as VaultIds).generation;
  } catch (failure) {
    if (toError(failure).code !== 'damaged') throw failure;
    return UNKNOWN;
  }
}

/** Works while locked, and of a damaged vault. Empty where there is none. */
export async function sealedCopy({ engine, state }: EngineDesk): Promise<Writes> {
  if (state === 'absent') return [];
  return [['sealed', copyName(generationOf(engine), Date.now()), engine.backup(await readAll('items'))]];
}

/** `other` is open; it goes on as the browser's own, unlocked. */
export async function replaceVault(desk: EngineDesk, other: AccountEngine, writes: Writes): Promise<void> {
  await replaceAll([...writes, ...(await sealedCopy(desk))]);
  await startSession({ ...desk, engine: other, opened: () => undefined });
  await desk.reload();
  if ((desk.state as VaultState) !== 'unlocked') {
    endSession();
    throw new SesameError('damaged');
  }
}
