import type { Opener, SlotId, UiApi } from '../../shared/api.ts';
import { type AccountEngine, accountEngine, viewOf } from '../account/desk.ts';
import type { AccountView } from '../account/engine-api.ts';
import { keepHint, keepPassword, PASSWORD_SENT, pinning } from '../account/outbox.ts';
import { syncNow } from '../account/sync.ts';
import { toError } from '../actor.ts';
import { flag, id, none, optional, shape, text, whole } from '../check.ts';
import type { EngineDesk } from '../engine.ts';
import type { Writes } from '../storage.ts';
import { joinWrites } from '../writes.ts';
import { serverKey, upload } from './account-inputs.ts';
import { changed, type Handlers, keepFreshness, onOpen, parse, withBytes } from './desk.ts';
import { enrolment, hint, kdfId, proof as proofOf, salt, secret32 } from './inputs.ts';
import { prove } from './open.ts';

/** A change to how the vault opens, after the factor that came with it. One transaction for both. */
async function guarded<T>(
  proof: Opener | null,
  act: (desk: EngineDesk) => { writes: Writes; value: T } | Promise<{ writes: Writes; value: T }>,
): Promise<T> {
  const value = await onOpen(async (desk) => {
    const proved = proof === null ? [] : prove(desk.engine, proof);
    const done = await act(desk);
    await desk.commit(joinWrites([proved, done.writes]));
    await keepFreshness(desk);
    return done.value;
  });
  changed();
  return value;
}

const plainChange = (act: (desk: EngineDesk) => Writes): Promise<void> =>
  guarded(null, (desk) => ({ writes: act(desk), value: undefined }));

type WayCalls =
  | 'setMasterPassword'
  | 'setHint'
  | 'newRecoveryCode'
  | 'confirmRecoveryCode'
  | 'addPasskey'
  | 'renamePasskey'
  | 'removePasskey'
  | 'practice'
  | 'skipPractice';

type Brought = NonNullable<Parameters<UiApi['setMasterPassword']>[0]['account']>;

const replacing = shape<Parameters<UiApi['setMasterPassword']>[0]>({
  kdfId,
  salt,
  stretched: secret32,
  hint,
  proof: proofOf,
  account: optional(shape<Brought>({ upload, serverKey, signOutOthers: flag })),
});

/** The header and the account's own record of the password change together there; until then both wait, sealed (docs/ARCHITECTURE.md). */
async function forAccount(engine: AccountEngine, known: AccountView, brought: Brought | undefined): Promise<Writes> {
  // A registration that still waits is an earlier password's: with this one's header it would shut everybody out.
  if (!brought) return joinWrites([keepHint(engine), PASSWORD_SENT]);
  return joinWrites([await pinning(engine, known, brought.serverKey), keepHint(engine), keepPassword(engine, brought)]);
}

const typedAgain = shape<Parameters<UiApi['practice']>[0]>({ slotId: id, stretched: secret32, more: optional(flag) });

export const ways: Handlers<WayCalls> = {
  setMasterPassword: async (input) => {
    const { proof, stretched, account, ...rest } = replacing(input);
    const member = await guarded(proof, async ({ engine }) => {
      const known = viewOf(engine);
      const writes = withBytes(stretched, (bytes) => engine.setMasterPassword(JSON.stringify(rest), bytes)) as Writes;
      return { writes: joinWrites([writes, known ? await forAccount(accountEngine(engine), known, account) : []]), value: known !== null };
    });
    // Here it holds from now on, whatever becomes of that; the state line says when the account has it.
    if (member && account) void syncNow().catch(() => undefined);
  },
  setHint: async (input) => {
    const wanted = shape<{ hint: string }>({ hint })(input);
    await plainChange(({ engine }) =>
      joinWrites([engine.setHint(wanted.hint) as Writes, viewOf(engine) ? keepHint(accountEngine(engine)) : []]),
    );
  },
  newRecoveryCode: async (input) => {
    const { proof } = shape<{ proof: Opener | null }>({ proof: proofOf })(input);
    return guarded(proof, ({ engine }) => {
      const { writes, recoveryCode } = engine.newRecoveryCode() as { writes: Writes; recoveryCode: string };
      return { writes, value: { recoveryCode } };
    });
  },
  confirmRecoveryCode: async (input) => {
    const typed = shape<{ group: number; text: string }>({ group: whole(1, 8), text: text(40) })(input);
    return guarded(null, ({ engine }) => {
      const { writes, confirmed } = engine.confirmRecoveryCode(typed.group, typed.text) as {
        writes: Writes;
        confirmed: boolean;
      };
      return { writes, value: { confirmed } };
    });
  },
  addPasskey: async (input) => {
    const { prf, ...rest } = enrolment(input);
    return guarded(null, ({ engine }) => {
      const before = slots(engine);
      const writes = withBytes(prf, (bytes) => engine.addPasskey(JSON.stringify(rest), bytes)) as Writes;
      const slotId = slots(engine).find((slot) => !before.includes(slot)) ?? '';
      return { writes, value: { slotId } };
    });
  },
  renamePasskey: async (input) => {
    const wanted = shape<{ slotId: SlotId; name: string }>({ slotId: id, name: text(200) })(input);
    await plainChange(({ engine }) => engine.renamePasskey(wanted.slotId, wanted.name) as Writes);
  },
  removePasskey: async (input) => {
    const { slotId } = shape<{ slotId: SlotId }>({ slotId: id })(input);
    await plainChange(({ engine }) => engine.removePasskey(slotId) as Writes);
  },
  practice: async (input) => {
    const { slotId, stretched, more } = typedAgain(input);
    return guarded(null, ({ engine }) => {
      if (more === true) return tried(engine, { by: 'password', slotId, stretched });
      const { writes, right, misses } = withBytes(stretched, (bytes) => engine.practice(slotId, bytes)) as {
        writes: Writes;
        right: boolean;
        misses: number;
      };
      return { writes, value: { right, misses } };
    });
  },
  skipPractice: async (input) => {
    none(input);
    await plainChange(({ engine }) => engine.skipPractice() as Writes);
  },
};

/** Practice counts every wrong answer as a miss; a proof counts none, and moves the next date just the same. */
function tried(engine: EngineDesk['engine'], opener: Opener): { writes: Writes; value: { right: boolean; misses: number } } {
  try {
    return { writes: prove(engine, opener), value: { right: true, misses: 0 } };
  } catch (failure) {
    if (toError(failure).code !== 'wrong-secret') throw failure;
    return { writes: [], value: { right: false, misses: 0 } };
  }
}

type SlotHolder = { lockedView(): string };
const slots = (engine: SlotHolder): SlotId[] =>
  parse<{ passkeys: { slotId: SlotId }[] }>(engine.lockedView()).passkeys.map(({ slotId }) => slotId);
