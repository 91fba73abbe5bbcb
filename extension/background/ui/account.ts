/** A vault that belongs to an account: its sync, its other browsers, its address, its end. */
import type { AccountApi } from '../../shared/account.ts';
import type { Opener } from '../../shared/api.ts';
import { SesameError } from '../../shared/errors.ts';
import { forgetBrowsers, keepBrowsers } from '../account/browsers.ts';
import { step, theAccount } from '../account/desk.ts';
import { keepPassword, pinning } from '../account/outbox.ts';
import { forgetAccount, remember, rememberDeletion } from '../account/remember.ts';
import { hear, say } from '../account/speech.ts';
import { session, stopSyncing, syncNow, syncOn } from '../account/sync.ts';
import { flag, none, oneOf, shape, text, whole } from '../check.ts';
import { tell } from '../pages.ts';
import { joinWrites } from '../writes.ts';
import { device, email, mailCode, mode, request, serverKey, upload } from './account-inputs.ts';
import { changed, type Handlers, keepFreshness, onOpen, parse } from './desk.ts';
import { proof as proofOf } from './inputs.ts';
import { prove } from './open.ts';

type Input<K extends keyof AccountApi> = Parameters<AccountApi[K]>[0];
const EMPTY = new Uint8Array(0);

type MemberCalls =
  | 'syncNow'
  | 'setSyncMode'
  | 'leaveAccount'
  | 'resolveSuspended'
  | 'accountInfo'
  | 'renameDevice'
  | 'removeDevice'
  | 'changeEmailBegin'
  | 'changeEmailFinish'
  | 'setSealedDays'
  | 'deleteAccount'
  | 'keepAccount'
  | 'passwordStart'
  | 'bringPassword';

/** A factor shown now or within the last 60 s: for what can't be undone by the next press (S-117, S-142). */
export async function shown(proof: Opener | null): Promise<void> {
  await onOpen(async (desk) => {
    if (proof !== null) {
      await desk.commit(prove(desk.engine, proof));
      await keepFreshness(desk);
    } else if (parse<{ freshUntil: number }>(desk.engine.openView()).freshUntil <= Date.now()) throw new SesameError('not-fresh');
  });
}

async function info() {
  const account = await hear('account', await session.ask('account', EMPTY));
  await rememberDeletion(account.deleteAt);
  await keepBrowsers(account.devices);
  await step(async ({ engine, commit }) => {
    // Changed in another browser.
    if (parse<{ email: string }>(engine.accountView() ?? '{}').email !== account.email) await commit(engine.setEmail(account.email));
  });
  return account;
}

export const members: Handlers<MemberCalls> = {
  syncNow: async (input) => {
    none(input);
    // What came of a failed verification is for `resolveSuspended` to decide, not for a button that is pressed every day.
    if ((await theAccount()).state === 'suspended') throw new SesameError('sync-suspended');
    await syncNow();
  },
  setSyncMode: async (input) => {
    const wanted = shape<Input<'setSyncMode'>>({ mode })(input);
    await step(({ engine, commit }) => commit(engine.setMode(wanted.mode)));
    tell('account');
    syncOn('edit');
  },
  leaveAccount: async (input) => {
    none(input);
    const { device: own } = await theAccount();
    // So that the account's list of browsers is right; a server that does not answer keeps nobody.
    await session.ask('device/remove', await say('deviceRemove', { device: own }), true).catch(() => undefined);
    await step(({ engine, commit }) => commit(engine.detach()));
    await Promise.all([forgetAccount(), forgetBrowsers(), stopSyncing()]);
    changed();
  },
  resolveSuspended: async (input) => {
    const { how } = shape<Input<'resolveSuspended'>>({ how: oneOf('retry', 'merge', 'push') })(input);
    await step(({ engine, commit }) => commit(engine.resolveSuspended(how)));
    await syncNow();
  },
  accountInfo: async (input) => {
    none(input);
    const { sealed: _, devices, ...account } = await info();
    const names = await step(({ engine }) => parse<{ device: string; name: string }[]>(engine.devices()));
    return {
      ...account,
      devices: devices.map(({ createdAt, ...line }) => ({
        ...line,
        addedAt: createdAt,
        name: names.find((each) => each.device === line.id)?.name ?? '',
      })),
    };
  },
  renameDevice: async (input) => {
    const wanted = shape<Input<'renameDevice'>>({ device, name: text(100) })(input);
    await step(({ engine, commit }) => commit(engine.nameDevice(wanted.device, wanted.name)));
    changed();
  },
  removeDevice: async (input) => {
    const { proof, ...wanted } = shape<Input<'removeDevice'>>({ device, proof: proofOf })(input);
    await shown(proof);
    await session.ask('device/remove', await say('deviceRemove', wanted), true);
    await step(({ engine, commit }) => commit(engine.forgetDevice(wanted.device)));
    changed();
  },
  changeEmailBegin: async (input) => {
    const { proof, ...wanted } = shape<Input<'changeEmailBegin'>>({ email, proof: proofOf })(input);
    await shown(proof);
    await session.ask('email/begin', await say('emailBegin', wanted), true);
  },
  changeEmailFinish: async (input) => {
    const wanted = shape<Input<'changeEmailFinish'>>({ code: mailCode })(input);
    await session.ask('email/finish', await say('emailFinish', wanted), true);
    await info();
    tell('account');
  },
  setSealedDays: async (input) => {
    const { days } = shape<Input<'setSealedDays'>>({ days: whole(30, 365) })(input);
    const { lang } = await info();
    await session.ask('settings', await say('accountSettings', { lang, sealedDays: days }), true);
  },
  deleteAccount: async (input) => {
    const { typed, proof } = shape<Input<'deleteAccount'>>({ typed: text(300), proof: proofOf })(input);
    const account = await theAccount();
    if (typed.trim().toLowerCase() !== account.email) throw new SesameError('invalid');
    await shown(proof);
    const answer = await session.ask('account/delete', await say('accountDelete', { email: account.email }), true);
    const { eraseAt } = await hear('eraseAt', answer);
    await rememberDeletion(eraseAt);
    tell('account');
    return { eraseAt };
  },
  keepAccount: async (input) => {
    none(input);
    await session.ask('account/keep', EMPTY);
    await rememberDeletion(null);
    tell('account');
    syncOn('person');
  },
  passwordStart: async (input) => {
    const wanted = shape<Input<'passwordStart'>>({ request })(input);
    const { serverKey: pinned } = await theAccount();
    const answer = await session.ask('password/start', await say('passwordStart', wanted), true);
    const started = await hear('registerStarted', answer);
    await remember('accountCredId', started.credId);
    return { ...started, pinned };
  },
  bringPassword: async (input) => {
    const wanted = shape<Input<'bringPassword'>>({ upload, serverKey, signOutOthers: flag })(input);
    const known = await theAccount();
    await step(async ({ engine, commit }) => {
      await commit(joinWrites([await pinning(engine, known, wanted.serverKey), keepPassword(engine, wanted)]));
    });
    await syncNow();
  },
};
