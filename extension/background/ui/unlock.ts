import type { Damage, OpenView, PasskeyProblem, SlotId, UiApi } from '../../shared/api.ts';
import { SesameError } from '../../shared/errors.ts';
import { forgetBrowsers } from '../account/browsers.ts';
import { endSession } from '../autolock.ts';
import { refreshAllBadges } from '../badge.ts';
import { b64, id, none, oneOf, shape, text, whole } from '../check.ts';
import { checkRowsSoon, knownDamage, without } from '../damage.ts';
import { type EngineDesk, run } from '../engine.ts';
import { lockNow } from '../lock.ts';
import { tell } from '../pages.ts';
import { readAll, replaceAll, type Writes } from '../storage.ts';
import { changed, type Handlers, onOpen, parse, startSession, withBytes } from './desk.ts';
import { hint as hintOf, kdfId, opener as openerOf, salt, secret32, vaultName } from './inputs.ts';
import { type Opened, open, prove } from './open.ts';

const creation = shape<Parameters<UiApi['createVault']>[0]>({
  vaultName,
  hint: hintOf,
  kdfId,
  salt,
  stretched: secret32,
});

/**
 * The session first, then the disk: a full disk must not keep anybody out. What could not be written
 * is when this secret was last shown, or a new recovery code: then the used one goes on being valid.
 */
async function settle(desk: EngineDesk, { writes, recoveryCode }: Opened): Promise<string | null> {
  await startSession(desk);
  try {
    await desk.commit(writes);
    return recoveryCode;
  } catch {
    await desk.reload();
    if (desk.state !== 'unlocked') throw new SesameError('storage');
    return null;
  }
}

function announce(): void {
  tell('unlocked');
  void refreshAllBadges();
  checkRowsSoon();
}

type UnlockCalls = 'createVault' | 'hint' | 'unlock' | 'wasReplaced' | 'notePasskeyProblem' | 'startOver' | 'repair';

export const unlocking: Handlers<UnlockCalls> = {
  createVault: async (input) => {
    const { stretched, ...rest } = creation(input);
    const made = await run(async (desk) => {
      if (desk.state !== 'absent') throw new SesameError('exists');
      const created = withBytes(stretched, (bytes) => desk.engine.create(JSON.stringify(rest), bytes)) as {
        writes: Writes;
        recoveryCode: string;
      };
      await desk.commit(created.writes);
      await startSession(desk);
      return { recoveryCode: created.recoveryCode };
    });
    announce();
    return made;
  },
  hint: async (input) => {
    none(input);
    return run(({ engine }) => engine.hint());
  },
  unlock: async (input) => {
    const opener = openerOf(input);
    const result = await run(async (desk) => {
      if (desk.state === 'absent') throw new SesameError('absent');
      let newRecoveryCode: string | null = null;
      if (desk.state === 'unlocked') {
        // Another page was quicker; the secret still has to be right.
        await desk.commit(prove(desk.engine, opener));
      } else {
        newRecoveryCode = await settle(desk, open(desk.engine, opener));
      }
      const view = parse<OpenView>(desk.engine.openView());
      return { openedBy: view.openedBy, newRecoveryCode, hiddenDamage: view.damage.length };
    });
    announce();
    return result;
  },
  wasReplaced: async (input) => {
    const { index, stretched } = shape<{ index: number; stretched: string }>({
      index: whole(0, 1000),
      stretched: b64(32),
    })(input);
    return run(({ engine }) => withBytes(stretched, (bytes) => engine.wasReplaced(index, bytes)));
  },
  notePasskeyProblem: async (input) => {
    const { slotId, problem } = shape<{ slotId: SlotId; problem: PasskeyProblem }>({
      slotId: id,
      problem: oneOf('no-prf', 'key-changed', 'no-user-verification', 'not-allowed'),
    })(input);
    await run(({ engine, commit }) => commit(engine.notePasskeyProblem(slotId, problem) as Writes));
  },
  startOver: async (input) => {
    const { typed } = shape<{ savedBackup: true; typed: string }>({ savedBackup: oneOf(true), typed: text(200) })(input);
    const { copySaved } = await chrome.storage.session.get('copySaved');
    if (copySaved !== true) throw new SesameError('invalid');
    await run(async (desk) => {
      if (desk.state === 'absent') throw new SesameError('absent');
      const name = readableName(desk);
      if (name !== null && typed.trim() !== name.trim()) throw new SesameError('invalid');
      await replaceAll([]);
      endSession();
      await desk.reload();
    });
    await forgetBrowsers();
    await lockNow();
    changed();
  },
  repair: async (input) => {
    none(input);
    const known = await knownDamage();
    const result = await onOpen(async ({ engine, commit }) => {
      const before = [...parse<OpenView>(engine.openView()).damage, ...known];
      const rebuilt = engine.rebuild(await readAll('items')) as { writes: Writes; damage: string };
      await commit(rebuilt.writes);
      const left = parse<Damage[]>(rebuilt.damage);
      return { repaired: without(before, left), left };
    });
    await chrome.storage.session.set({ rowDamage: result.left.filter(({ part }) => part === 'item') });
    changed();
    return result;
  },
};

/** Null where even the name can't be read any more. */
function readableName({ engine }: EngineDesk): string | null {
  try {
    return parse<{ vaultName: string }>(engine.lockedView()).vaultName || null;
  } catch {
    return null;
  }
}
