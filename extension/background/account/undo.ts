/** A reset is taken back: the vault from before it is the account's again, and its hint, too (S-135). */
import type { AccountApi } from '../../shared/account.ts';
import type { Opener } from '../../shared/api.ts';
import { backup, closeBackup } from '../backups.ts';
import { run } from '../engine.ts';
import { tell } from '../pages.ts';
import { ask } from '../server/ask.ts';
import type { Writes } from '../storage.ts';
import { parse } from '../ui/desk.ts';
import { open } from '../ui/open.ts';
import { itemsOf, joinWrites, layered } from '../writes.ts';
import { type AccountEngine, accountEngine, step, theAccount } from './desk.ts';
import { attachment, beginJoining, closeJoining, fetchVault, joiningEngine } from './join.ts';
import { keepHint } from './outbox.ts';
import { replaceVault } from './replace.ts';
import { hear } from './speech.ts';
import { joinedAnew } from './sync.ts';

type Undone = ReturnType<AccountApi['undoReset']>;

/** By the vault that is open here: the one from before the reset. */
export async function undoHere(): Promise<Undone> {
  const { server: at } = await theAccount();
  const start = await step(({ engine }) => engine.undoStartBody());
  const started = await ask(at, 'undo/start', start);
  const body = await step(({ engine }) => engine.undoBody(started, at));
  const answer = await ask(at, 'undo/finish', body);
  await step(({ engine, commit }) => commit([...engine.undone(answer), ...keepHint(engine)]));
  await joinedAnew(answer);
  return { newRecoveryCode: null };
}

/** What the server answered to a copy, where something failed after that: it undoes a reset once. */
const answers = new WeakMap<AccountEngine, Uint8Array>();

/** By a sealed copy of it. What the account has of that vault is fetched anew; the vault that is here is kept, sealed. */
export async function undoFromCopy(handle: string, opener: Opener): Promise<Undone> {
  const here = await theAccount();
  const copy = (): AccountEngine => accountEngine(backup(handle));
  const before = await run(() => {
    open(copy(), opener);
    return answers.get(copy());
  });
  const answer = before ?? (await undoBy(copy, here.server));
  const begun = await beginJoining();
  let newRecoveryCode: string | null;
  try {
    const { token } = await hear('session', answer);
    await fetchVault(begun.handle, { server: here.server, session: answer, token });
    newRecoveryCode = await run(async (desk) => {
      const own = joiningEngine(begun.handle);
      own.offerCopy(copy());
      const { writes } = open(own, opener);
      const names = parse<{ device: string; name: string }[]>(accountEngine(desk.engine).devices());
      const known = {
        server: here.server,
        email: here.email,
        deviceName: names.find(({ device }) => device === here.device)?.name ?? '',
        session: answer,
        token,
        credId: here.credId,
        serverKey: here.serverKey,
      };
      const adopted = joinWrites([writes, own.adopt() as Writes]);
      // What this browser had not sent before the reset is in the copy only.
      const back = own.takeBack(copy(), itemsOf(adopted));
      own.takeDeviceOf(copy());
      const attached = own.attachJoined(...attachment(known, here.mode));
      const coded = own.replaceUsedCode();
      await replaceVault(desk, own, layered(adopted, [back, attached, coded?.writes ?? [], keepHint(own)]));
      return coded?.recoveryCode ?? null;
    });
  } finally {
    closeJoining(begun.handle);
  }
  closeBackup(handle);
  tell('unlocked');
  await joinedAnew(answer);
  return { newRecoveryCode };
}

async function undoBy(copy: () => AccountEngine, server: string): Promise<Uint8Array> {
  const start = await run(() => copy().undoStartBody());
  const started = await ask(server, 'undo/start', start);
  const body = await run(() => copy().undoBody(started, server));
  const answer = await ask(server, 'undo/finish', body);
  await run(() => answers.set(copy(), answer));
  return answer;
}
