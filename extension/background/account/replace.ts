/** A vault takes the place of the one that is here, which is kept, sealed, in the same transaction. */
import type { VaultState } from '../../shared/api.ts';
import { SesameError } from '../../shared/errors.ts';
import { endSession } from '../autolock.ts';
import type { EngineDesk } from '../engine.ts';
import { readAll, replaceAll, type Writes } from '../storage.ts';
import { startSession } from '../ui/desk.ts';
import { type AccountEngine, accountEngine } from './desk.ts';
import type { VaultIds } from './engine-api.ts';

/** The name of a copy: of which vault, and when it was made. */
export const copyName = (generation: string, at: number): string => `${generation}-${at}`;

export function readCopyName(name: string): { gen: string; at: number } | null {
  const read = /^([0-9a-f]{32})-(\d{1,16})$/.exec(name);
  return read ? { gen: read[1] ?? '', at: Number(read[2]) } : null;
}

/** Works while locked. Empty where there is no vault. */
export async function sealedCopy({ engine, state }: EngineDesk): Promise<Writes> {
  if (state === 'absent') return [];
  const { generation } = JSON.parse(accountEngine(engine).vaultIds()) as VaultIds;
  return [['sealed', copyName(generation, Date.now()), engine.backup(await readAll('items'))]];
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
