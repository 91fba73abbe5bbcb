/** Opening an engine by whatever the person showed, the vault's own or a backup's. */
import type { Engine } from '../../../build/wasm/engine/engine.js';
import type { Opener } from '../../shared/api.ts';
import { toError } from '../actor.ts';
import type { Writes } from '../storage.ts';
import { withBytes, withText } from './desk.ts';

export interface Opened {
  writes: Writes;
  /** Takes the place of a recovery code that was just used. */
  recoveryCode: string | null;
}

/** One that is open already, because what followed failed and is tried again, only has the secret shown again. */
export function open(engine: Engine, opener: Opener): Opened {
  try {
    return unlock(engine, opener);
  } catch (failure) {
    if (toError(failure).code !== 'exists') throw failure;
    prove(engine, opener);
    return { writes: [], recoveryCode: null };
  }
}

function unlock(engine: Engine, opener: Opener): Opened {
  switch (opener.by) {
    case 'password':
      return withBytes(opener.stretched, (stretched) => ({
        writes: engine.unlockPassword(opener.slotId, stretched) as Writes,
        recoveryCode: null,
      }));
    case 'passkey':
      return withBytes(opener.prf, (prf) => ({
        writes: engine.unlockPasskey(opener.slotId, prf) as Writes,
        recoveryCode: null,
      }));
    case 'recovery':
      return engine.unlockRecovery(opener.code) as Opened;
  }
}

/** Shows a factor again on an open vault: fresh for the next 60 s (S-117). */
export function prove(engine: Engine, opener: Opener): Writes {
  switch (opener.by) {
    case 'password':
      return withBytes(
        opener.stretched,
        (stretched) => engine.prove(JSON.stringify({ by: opener.by, slotId: opener.slotId }), stretched) as Writes,
      );
    case 'passkey':
      return withBytes(opener.prf, (prf) => engine.prove(JSON.stringify({ by: opener.by, slotId: opener.slotId }), prf) as Writes);
    case 'recovery':
      return withText(opener.code, (code) => engine.prove(JSON.stringify({ by: opener.by, code: opener.code }), code) as Writes);
  }
}
