/** Vaults that were put aside: copies in this browser, and those that the account keeps after a reset. */

import { Engine, SealedPages } from '../../../build/wasm/engine/engine.js';
import type { AccountApi, SealedProof, SealedView } from '../../shared/account.ts';
import type { BackupInfo } from '../../shared/api.ts';
import { toB64 } from '../../shared/bytes.ts';
import { SesameError } from '../../shared/errors.ts';
import { accountEngine, theAccount } from '../account/desk.ts';
import type { VaultIds } from '../account/engine-api.ts';
import { readCopyName } from '../account/replace.ts';
import { hear, say } from '../account/speech.ts';
import { session } from '../account/sync.ts';
import { backup, keepBackup } from '../backups.ts';
import { none, oneOf, shape, text, variant } from '../check.ts';
import { currentInstance, run } from '../engine.ts';
import { readAll, readRow } from '../storage.ts';
import { shown } from './account.ts';
import { generation, ke1, ke3, loginId, nonce } from './account-inputs.ts';
import { type Handlers, parse } from './desk.ts';
import { code, handle, opener, proof as proofOf } from './inputs.ts';
import { open } from './open.ts';

type Input<K extends keyof AccountApi> = Parameters<AccountApi[K]>[0];
type SealedCalls =
  | 'sealedVaults'
  | 'openSealed'
  | 'saveSealed'
  | 'dropSealed'
  | 'sealedProveStart'
  | 'fetchSealed'
  | 'eraseSealed'
  | 'keepSealed';

/** The word that the screen asks for, in each language of the pages. */
const ERASE_WORDS = ['erase', 'cancella'];
const copyId = text(60, /^[0-9a-f]{32}-\d{1,16}$/);
const HOW = { password: 1, recovery: 2, vault: 3 } as const;

const proving = variant<SealedProof>('how', {
  password: shape({ how: oneOf('password'), loginId, nonce, ke3 }),
  recovery: shape({ how: oneOf('recovery'), code }),
  vault: shape({ how: oneOf('vault'), handle, by: opener }),
});

async function copy(id: string): Promise<Uint8Array> {
  const file = await readRow('sealed', id);
  if (file.length === 0) throw new SesameError('not-found');
  return file;
}

function preview(file: Uint8Array): Promise<BackupInfo> {
  return run(({ engine, state }) => {
    const kept = keepBackup(file);
    const info = parse<Omit<BackupInfo, 'handle' | 'sameVault'>>(kept.engine.backupInfo());
    return { ...info, handle: kept.handle, sameVault: state !== 'absent' && engine.isSameVault(kept.engine) };
  });
}

/** What can be said of a copy without opening it. One that can't be read is listed all the same: it can be saved. */
function described(id: string, file: Uint8Array): SealedView[] {
  const name = readCopyName(id);
  if (!name) return [];
  const view: SealedView = { id, where: 'browser', ...name, eraseAt: null, undoUntil: null, items: null, fingerprint: '' };
  try {
    const engine = Engine.fromBackup(file);
    view.items = parse<{ itemCount: number }>(engine.backupInfo()).itemCount;
    view.fingerprint = parse<VaultIds>(accountEngine(engine).vaultIds()).fingerprint;
    engine.lock();
    engine.free();
  } catch {
    // Damaged.
  }
  return [view];
}

async function ofAccount(): Promise<SealedView[]> {
  try {
    const { sealed } = await hear('account', await session.ask('account', new Uint8Array(0)));
    return sealed.map((line) => ({ ...line, id: line.gen, where: 'account' }));
  } catch {
    // Locked, without an account, or it can't be reached: those in this browser are here anyway.
    return [];
  }
}

export const sealedVaults: Handlers<SealedCalls> = {
  sealedVaults: async (input) => {
    none(input);
    const copies = await readAll('sealed');
    const here = await run(() => [...copies].flatMap(([id, file]) => described(id, file)));
    const there = await ofAccount();
    // A copy of the vault that a reset took the place of can undo it.
    for (const view of here) view.undoUntil = there.find(({ gen }) => gen === view.gen)?.undoUntil ?? null;
    return [...here, ...there].sort((one, other) => other.at - one.at);
  },
  openSealed: async (input) => preview(await copy(shape<Input<'openSealed'>>({ id: copyId })(input).id)),
  saveSealed: async (input) => {
    const { id } = shape<Input<'saveSealed'>>({ id: copyId })(input);
    const day = new Date(readCopyName(id)?.at ?? 0).toISOString().slice(0, 10);
    return { fileName: `sesame-sealed-vault-${day}.sesame`, file: toB64(await copy(id)) };
  },
  dropSealed: async (input) => {
    const { id, typed, proof } = shape<Input<'dropSealed'>>({ id: copyId, typed: text(200), proof: proofOf })(input);
    if (!ERASE_WORDS.includes(typed.trim().toLowerCase())) throw new SesameError('invalid');
    await shown(proof);
    await run(({ commit }) => commit([['sealed', id, null]]));
  },
  sealedProveStart: async (input) => {
    const wanted = shape<Input<'sealedProveStart'>>({ gen: generation, ke1 })(input);
    const { serverKey: pinned } = await theAccount();
    const body = await say('sealedStart', { ...wanted, how: HOW.password });
    return { ...(await hear('sealedStarted', await session.ask('sealed/start', body))), pinned };
  },
  fetchSealed: async (input) => {
    const { gen, proof } = shape<Input<'fetchSealed'>>({ gen: generation, proof: proving })(input);
    const { grant } = await hear('grant', await session.ask('sealed/prove', await proofBody(gen, proof)));
    return preview(await fetchPages(gen, grant));
  },
  eraseSealed: async (input) => {
    const { gen, proof } = shape<Input<'eraseSealed'>>({ gen: generation, proof: proofOf })(input);
    await shown(proof);
    return hear('eraseAt', await session.ask('sealed/erase', await say('sealedErase', { gen }), true));
  },
  keepSealed: async (input) => {
    const wanted = shape<Input<'keepSealed'>>({ gen: generation })(input);
    await session.ask('sealed/keep', await say('sealedKeep', wanted));
  },
};

async function proofBody(gen: string, proof: SealedProof): Promise<Uint8Array> {
  if (proof.how === 'password')
    return say('sealedProve', { gen, how: HOW.password, loginId: proof.loginId, nonce: proof.nonce, proof: proof.ke3 });
  const started = await session.ask('sealed/start', await say('sealedStart', { gen, how: HOW[proof.how], ke1: null }));
  const { account, server } = await theAccount();
  return run(() => {
    if (proof.how === 'recovery') return Engine.sealedRecoveryProof(proof.code, started, account, gen, server);
    const other = backup(proof.handle);
    open(other, proof.by);
    return accountEngine(other).sealedVaultProof(started, server);
  });
}

async function fetchPages(gen: string, grant: string): Promise<Uint8Array> {
  const { account } = await theAccount();
  const begun = await run(() => ({ pages: new SealedPages(account, gen), instance: currentInstance() }));
  for (let after: string | null = null; ; ) {
    const answer = await session.ask('sealed/pull', await say('sealedPull', { gen, grant, after }));
    const next: { after: string } | { file: Uint8Array } = await run(() => {
      // What was collected went with the memory that it was in.
      if (currentInstance() !== begun.instance) throw new SesameError('locked');
      const more = begun.pages.add(answer);
      return more === undefined ? { file: begun.pages.finish() } : { after: more };
    });
    if ('file' in next) return next.file;
    after = next.after;
  }
}
