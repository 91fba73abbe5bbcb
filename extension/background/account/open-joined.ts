/** The vault that a sign-in found is opened, and goes on as this browser's own. */
import type { AccountApi } from '../../shared/account.ts';
import type { ImportReport, Opener } from '../../shared/api.ts';
import { SesameError } from '../../shared/errors.ts';
import type { EngineDesk } from '../engine.ts';
import { readAll, type Writes } from '../storage.ts';
import { parse } from '../ui/desk.ts';
import { type Opened, open } from '../ui/open.ts';
import { itemsOf, joinWrites, layered } from '../writes.ts';
import { type AccountEngine, accountEngine } from './desk.ts';
import type { AccountPreview } from './engine-api.ts';
import { attachment, type Joining, joining, joiningEngine } from './join.ts';
import { replaceVault } from './replace.ts';

type Wanted = Parameters<AccountApi['signInOpen']>[0];
type Taken = ReturnType<AccountApi['signInOpen']>;

export async function openJoined(desk: EngineDesk, known: Joining, wanted: Wanted): Promise<Taken> {
  const own = joiningEngine(wanted.handle);
  const same = desk.state !== 'absent' && desk.engine.isSameVault(own);
  if (wanted.local === 'merge' || same) {
    // What waits here to be sent can be read only with this vault's own key.
    if (desk.state === 'locked') throw new SesameError('locked');
  }
  const { writes } = known.opened ?? opened(own, wanted.opener);
  if (same && wanted.mode !== 'copy') {
    const engine = accountEngine(desk.engine);
    engine.takeDeviceOf(own);
    const rejoined = engine.rejoin(...attachment(known, wanted.mode));
    const coded = engine.replaceUsedCode();
    await desk.commit(joinWrites([rejoined, coded?.writes ?? []]));
    return { newRecoveryCode: coded?.recoveryCode ?? null, report: null };
  }
  const adopted = joinWrites([writes, own.adopt() as Writes]);
  const attached = wanted.mode === 'copy' ? [] : own.attachJoined(...attachment(known, wanted.mode));
  const coded = own.replaceUsedCode();
  const brought = wanted.local === 'merge' ? own.takeItemsOf(desk.engine, await readAll('items'), itemsOf(adopted)) : null;
  const all = [attached, coded?.writes ?? [], brought?.writes ?? []];
  await replaceVault(desk, own, wanted.mode === 'copy' ? joinWrites([adopted, ...all]) : layered(adopted, all));
  return { newRecoveryCode: coded?.recoveryCode ?? null, report: brought && parse<ImportReport>(brought.report) };
}

function opened(own: AccountEngine, opener: Opener | null): Opened {
  if (opener === null) throw new SesameError('invalid');
  return open(own, opener);
}

/** A second look is the same as the first: a recovery code opens once. */
export function lookAt(handle: string, opener: Opener): ReturnType<AccountApi['signInLook']> {
  const known = joining(handle);
  const own = joiningEngine(handle);
  known.opened ??= open(own, opener);
  const { changedAt, devices } = JSON.parse(own.accountPreview()) as AccountPreview;
  return { changedAt, deviceNames: (devices ?? []).map(({ name }) => name) };
}
