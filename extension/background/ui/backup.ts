import type { BackupInfo, ImportReport, ItemEdit, Opener, UiApi, VaultState } from '../../shared/api.ts';
import { fromB64, toB64 } from '../../shared/bytes.ts';
import { SesameError } from '../../shared/errors.ts';
import { accountEngine } from '../account/desk.ts';
import { endSession } from '../autolock.ts';
import { backup, closeBackup, keepBackup } from '../backups.ts';
import { list, oneOf, shape, text } from '../check.ts';
import { type EngineDesk, run } from '../engine.ts';
import { tell } from '../pages.ts';
import { type Rows, readAll, replaceAll, type Writes } from '../storage.ts';
import { joinWrites } from '../writes.ts';
import { changed, type Handlers, keepFreshness, onChange, onOpen, parse, startSession } from './desk.ts';
import { handle, itemEdit, opener, proof as proofOf } from './inputs.ts';
import { open, prove } from './open.ts';
import { withReadAddresses } from './website.ts';

/** Base64url of 45 MB: what fits into one message, and more than 20,000 items of usual size. */
const MAX_FILE_TEXT = 60_000_000;
/** The word that the export screen asks for, in each language of the pages (S-38). */
const EXPORT_WORDS = ['export', 'esporta'];

type Taken = ReturnType<UiApi['openBackup']>;
type BackupCalls = 'saveBackup' | 'saveSealedCopy' | 'readBackup' | 'openBackup' | 'closeBackup' | 'importItems' | 'exportReadable';

function fileName(kind: string, extension: string): string {
  return `sesame-${kind}-${new Date().toISOString().slice(0, 10)}.${extension}`;
}

/** "Start over" has to know that there is a copy; that one was tried has to do where none can be made. */
async function noteCopy(): Promise<void> {
  await chrome.storage.session.set({ copySaved: true });
}

export const backups: Handlers<BackupCalls> = {
  saveBackup: async () => {
    const file = await onOpen(async ({ engine, commit }) => {
      const made = engine.backup(await readAll('items'));
      await commit(engine.noteBackupSaved() as Writes);
      return made;
    });
    await noteCopy();
    changed();
    return { fileName: fileName('backup', 'sesame'), file: toB64(file) };
  },
  saveSealedCopy: async () => {
    await noteCopy();
    const file = await run(async ({ engine, state }) => {
      if (state === 'absent') throw new SesameError('absent');
      return engine.backup(await readAll('items'));
    });
    return { fileName: fileName('sealed-vault', 'sesame'), file: toB64(file) };
  },
  readBackup: async (input) => {
    const { file } = shape<{ file: string }>({ file: text(MAX_FILE_TEXT) })(input);
    const bytes = fromB64(file);
    return run(({ engine, state }) => {
      const kept = keepBackup(bytes);
      const info = parse<Omit<BackupInfo, 'handle' | 'sameVault'>>(kept.engine.backupInfo());
      return { ...info, handle: kept.handle, sameVault: state !== 'absent' && engine.isSameVault(kept.engine) };
    });
  },
  openBackup: async (input) => {
    const wanted = shape<{ handle: string; opener: Opener; mode: 'adopt' | 'merge' }>({
      handle,
      opener,
      mode: oneOf('adopt', 'merge'),
    })(input);
    const taken = await (wanted.mode === 'adopt' ? adopt : merge)(wanted.handle, wanted.opener);
    closeBackup(wanted.handle);
    if (wanted.mode === 'adopt') {
      tell('unlocked');
      changed();
    }
    return taken;
  },
  closeBackup: async (input) => {
    closeBackup(shape<{ handle: string }>({ handle })(input).handle);
  },
  importItems: async (input) => {
    const { items } = shape<{ items: ItemEdit[] }>({ items: list(itemEdit, 20_000) })(input);
    return take(({ engine }, rows) => engine.importItems(JSON.stringify(items.map(withReadAddresses)), rows));
  },
  exportReadable: async (input) => {
    const wanted = shape<Parameters<UiApi['exportReadable']>[0]>({
      format: oneOf('csv', 'json'),
      proof: proofOf,
      typed: text(40),
    })(input);
    if (!EXPORT_WORDS.includes(wanted.typed.trim().toLowerCase())) throw new SesameError('invalid');
    const content = await onOpen(async (desk) => {
      if (wanted.proof !== null) {
        await desk.commit(prove(desk.engine, wanted.proof));
        await keepFreshness(desk);
      }
      return desk.engine.exportReadable(await readAll('items'), wanted.format);
    });
    return { fileName: fileName('export', wanted.format), text: content };
  },
};

/** The rows that are here tell what is here already. */
function take(read: (desk: EngineDesk, rows: Rows) => { writes: Writes; report: string }): Promise<ImportReport> {
  return onChange(async (desk) => {
    const { writes, report } = read(desk, await readAll('items'));
    await desk.commit(writes);
    return parse<ImportReport>(report);
  });
}

/** The file's items beside the vault's own; the file itself is only read. */
async function merge(name: string, by: Opener): Promise<Taken> {
  const report = await take(({ engine }, rows) => {
    const other = backup(name);
    open(other, by);
    return engine.mergeBackup(other, rows);
  });
  return { ...report, newRecoveryCode: null };
}

/** The file becomes this browser's vault. One that is here already is never replaced silently. */
function adopt(name: string, by: Opener): Promise<Taken> {
  return run(async (desk) => {
    if (desk.state !== 'absent') throw new SesameError('exists');
    const other = accountEngine(backup(name));
    const { writes } = open(other, by);
    const adopted = other.adopt() as Writes;
    // The file stays as it is: it goes on opening with the code that was used.
    const coded = other.replaceUsedCode();
    await replaceAll(joinWrites([writes, adopted, coded?.writes ?? []]));
    await startSession({ ...desk, engine: other, opened: () => undefined });
    await desk.reload();
    // `reload` gave the desk another state than the one that was checked above.
    if ((desk.state as VaultState) !== 'unlocked') {
      endSession();
      throw new SesameError('damaged');
    }
    const added = parse<{ itemCount: number }>(desk.engine.openView()).itemCount;
    return { added, merged: 0, skipped: 0, problems: [], newRecoveryCode: coded?.recoveryCode ?? null };
  });
}
