/** For somebody who can't get in: the hint by mail, a new beginning that keeps what was, and the way back from it (S-134). */

import { Engine } from '../../../build/wasm/engine/engine.js';
import type { AccountApi } from '../../shared/account.ts';
import { fromB64 } from '../../shared/bytes.ts';
import { SesameError } from '../../shared/errors.ts';
import { accountEngine } from '../account/desk.ts';
import { attachment, joiningEngine } from '../account/join.ts';
import { generationOf, readCopyName, replaceVault, sealedCopy } from '../account/replace.ts';
import { hear, resetToken, tellServer } from '../account/speech.ts';
import { joinedAnew } from '../account/sync.ts';
import { undoFromCopy, undoHere } from '../account/undo.ts';
import { closeBackup, keepEngine } from '../backups.ts';
import { none, orNull, shape, text } from '../check.ts';
import { type EngineDesk, run } from '../engine.ts';
import { tell } from '../pages.ts';
import { ask } from '../server/ask.ts';
import type { Writes } from '../storage.ts';
import { forgetReset, takenReset } from '../takeover.ts';
import { layered } from '../writes.ts';
import { credId, deviceName, email, lang, mode, request, server, serverKey, upload } from './account-inputs.ts';
import { changed, type Handlers, withBytes } from './desk.ts';
import { handle, hint, kdfId, opener, salt, secret32, vaultName } from './inputs.ts';

type Input<K extends keyof AccountApi> = Parameters<AccountApi[K]>[0];
type ResetCalls = 'sendHint' | 'requestReset' | 'resetStart' | 'resetFinish' | 'pendingReset' | 'dropPendingReset' | 'undoReset';

/** A reset code as typed, or a whole link as pasted. */
const token = text(2048);

export const resetting: Handlers<ResetCalls> = {
  sendHint: async (input) => {
    const { server: at, ...whom } = shape<Input<'sendHint'>>({ server, email, lang })(input);
    await tellServer(at, 'hint/send', 'hintSend', whom);
  },
  requestReset: async (input) => {
    const { server: at, ...whom } = shape<Input<'requestReset'>>({ server, email, lang })(input);
    // The copy first: whatever becomes of the request, what is here can be opened again (S-134).
    const kept = await run(async (desk) => {
      const writes = await sealedCopy(desk);
      await desk.commit([...(await earlierCopies(desk)), ...writes]);
      await chrome.storage.session.set({ resetCopies: writes.map(([, name]) => name) });
      return writes.length > 0;
    });
    await tellServer(at, 'reset/request', 'resetRequest', whom);
    await chrome.storage.session.set({ resetAsked: { server: at, email: whom.email.trim().toLowerCase(), at: Date.now() } });
    return { sealedCopy: kept ? 'kept' : 'none' };
  },
  resetStart: async (input) => {
    const { server: at, ...fields } = shape<Input<'resetStart'>>({ server, token, request })(input);
    const { account: _, ...started } = await hear('resetStarted', await tellServer(at, 'reset/start', 'resetStart', fields));
    await chrome.storage.session.set({ resetStarted: { account: _, email: started.email } });
    return started;
  },
  resetFinish: async (input) => {
    const wanted = shape<Input<'resetFinish'>>({
      server,
      token,
      upload,
      serverKey,
      credId,
      vaultName,
      hint,
      kdfId,
      salt,
      stretched: secret32,
      deviceName,
      mode,
    })(input);
    const { resetStarted } = (await chrome.storage.session.get('resetStarted')) as { resetStarted?: { account: string; email: string } };
    if (!resetStarted) throw new SesameError('not-found');
    const { vaultName: name, hint: typed, kdfId: kdf, salt: salted } = wanted;
    const fields = JSON.stringify({ account: resetStarted.account, vaultName: name, hint: typed, kdfId: kdf, salt: salted });
    const redeemed = await resetToken(wanted.token);
    const begun = await run(() => {
      const kept = keepEngine(new Engine());
      const engine = accountEngine(kept.engine);
      const made = withBytes(wanted.stretched, (stretched) => engine.newGeneration(fields, stretched));
      return { handle: kept.handle, made, body: engine.resetBody(redeemed, fromB64(wanted.upload), typed) };
    });
    // The server first. If all ends here, this browser still has its old vault, the account has the new one, and the new
    // master password signs in to it; the old one is sealed there and here.
    const answer = await ask(wanted.server, 'reset/finish', begun.body);
    const known = { ...wanted, email: resetStarted.email, session: answer, token: '' };
    await run(async (desk) => {
      const own = joiningEngine(begun.handle);
      const made = layered(begun.made.writes, [own.attach(...attachment(known, wanted.mode))]);
      await replaceVault(desk, own, [...made, ...(await earlierCopies(desk))]);
    });
    closeBackup(begun.handle);
    await chrome.storage.session.remove(['resetStarted', 'resetCopies']);
    await forgetReset();
    tell('unlocked');
    await joinedAnew(answer);
    return { recoveryCode: begun.made.recoveryCode };
  },
  pendingReset: async (input) => {
    none(input);
    const taken = await takenReset();
    return taken && { server: taken.server, token: taken.token, asked: taken.email };
  },
  dropPendingReset: async (input) => {
    none(input);
    await forgetReset();
  },
  undoReset: async (input) => {
    const { from } = shape<Input<'undoReset'>>({ from: orNull(shape({ handle, opener })) })(input);
    const undone = await (from === null ? undoHere() : undoFromCopy(from.handle, from.opener));
    changed();
    return undone;
  },
};

/** Asked for more than once, and then done: of the vault that is here one copy is enough, the newest. */
async function earlierCopies({ engine, state }: EngineDesk): Promise<Writes> {
  if (state === 'absent') return [];
  const generation = generationOf(engine);
  const { resetCopies = [] } = (await chrome.storage.session.get('resetCopies')) as { resetCopies?: string[] };
  return resetCopies.filter((name) => readCopyName(name)?.gen === generation).map((name) => ['sealed', name, null]);
}
