/** Signing up with the vault that is open here, and signing in to one that lies at the account. */

import { Engine } from '../../../build/wasm/engine/engine.js';
import type { AccountApi } from '../../shared/account.ts';
import { fromB64, toB64 } from '../../shared/bytes.ts';
import { SesameError } from '../../shared/errors.ts';
import { forgetBrowsers } from '../account/browsers.ts';
import { accountEngine, accountView, theAccount, viewOf } from '../account/desk.ts';
import { attachment, beginJoining, found, joining, takeOver } from '../account/join.ts';
import { lookAt, openJoined } from '../account/open-joined.ts';
import { forgetAccount } from '../account/remember.ts';
import { hear, tellServer } from '../account/speech.ts';
import { joined, joinedAnew, stopSyncing, syncNow } from '../account/sync.ts';
import { unsettled, withdraw } from '../account/unsettled.ts';
import { toError } from '../actor.ts';
import { oneOf, shape } from '../check.ts';
import { run } from '../engine.ts';
import { tell } from '../pages.ts';
import { ask } from '../server/ask.ts';
import { isRefusal } from '../server/refusal.ts';
import {
  credId,
  deviceName,
  email,
  ke1,
  ke3,
  lang,
  loginId,
  mailCode,
  mode,
  request,
  server,
  serverKey,
  upload,
} from './account-inputs.ts';
import { changed, type Handlers, onOpen, parse } from './desk.ts';
import { code, handle, hint, opener, proof } from './inputs.ts';

type Input<K extends keyof AccountApi> = Parameters<AccountApi[K]>[0];

type JoiningCalls =
  | 'accountBegin'
  | 'accountRegisterStart'
  | 'accountRegister'
  | 'signInStart'
  | 'signInFinish'
  | 'recoverSignIn'
  | 'signInLook'
  | 'signInOpen'
  | 'unlockThroughAccount';

export const joiningCalls: Handlers<JoiningCalls> = {
  accountBegin: async (input) => {
    const wanted = shape<Input<'accountBegin'>>({ server, email, lang })(input);
    await tellServer(wanted.server, 'register/begin', 'registerBegin', { email: wanted.email, lang: wanted.lang });
  },
  accountRegisterStart: async (input) => {
    const wanted = shape<Input<'accountRegisterStart'>>({ server, email, code: mailCode, request })(input);
    const { server: at, ...fields } = wanted;
    return hear('registerStarted', await tellServer(at, 'register/start', 'registerStart', fields));
  },
  accountRegister: async (input) => {
    const wanted = shape<Input<'accountRegister'>>({
      server,
      email,
      code: mailCode,
      lang,
      hint,
      upload,
      serverKey,
      credId,
      deviceName,
      mode,
    })(input);
    const begun = await onOpen((desk) => {
      if (viewOf(desk.engine)) throw new SesameError('exists');
      const fields = { email: wanted.email, code: wanted.code, lang: wanted.lang, hint: wanted.hint };
      return { engine: desk.engine, body: accountEngine(desk.engine).registerBody(JSON.stringify(fields), fromB64(wanted.upload)) };
    });
    const answer = await ask(wanted.server, 'register/finish', begun.body).catch((failure: unknown) => {
      // An account's id is its vault's: one that was left is still there.
      throw isRefusal(failure, 'conflict') ? new SesameError('account-taken') : failure;
    });
    await onOpen(async (desk) => {
      // The device's key went with the engine that made it. The account is there; signing in leads to it.
      if (desk.engine !== begun.engine) throw new SesameError('locked');
      await desk.commit(accountEngine(desk.engine).attach(...attachment({ ...wanted, session: answer, token: '' }, wanted.mode)));
    });
    await joined(answer);
    // Read again and compared before anybody is told that it is done (S-11). If it can't be, the state line says so,
    // and it is tried again: the vault is here and whole.
    await syncNow().catch((failure: unknown) => {
      if (toError(failure).code === 'sync-suspended') throw failure;
    });
  },
  signInStart: async (input) => {
    const wanted = shape<Input<'signInStart'>>({ server, email, ke1 })(input);
    const { server: at, ...fields } = wanted;
    const started = await hear('loginStarted', await tellServer(at, 'login/start', 'loginStart', fields));
    const here = await accountView();
    const known = here?.server === at && here.email === wanted.email.trim().toLowerCase();
    return { ...started, pinned: known && here.serverKey !== '' ? here.serverKey : null };
  },
  signInFinish: async (input) => {
    const {
      loginId: login,
      ke3: proof,
      ...known
    } = shape<Input<'signInFinish'>>({
      server,
      email,
      loginId,
      ke3,
      credId,
      serverKey,
      deviceName,
    })(input);
    const begun = await beginJoining();
    const fields = { loginId: login, ke3: proof, device: begun.device };
    return found(begun.handle, {
      ...known,
      device: begun.device,
      session: await tellServer(known.server, 'login/finish', 'loginFinish', fields),
    });
  },
  recoverSignIn: async (input) => {
    const wanted = shape<Input<'recoverSignIn'>>({ server, email, code, deviceName })(input);
    const { code: typed, ...known } = wanted;
    const begun = await beginJoining();
    const started = await tellServer(known.server, 'recover/start', 'recoverStart', { email: known.email });
    const body = await run(() => Engine.recoverBody(typed, started, known.server, fromB64(begun.device)));
    const opened = await ask(known.server, 'recover/finish', body);
    return found(begun.handle, { ...known, device: begun.device, session: opened, credId: '', serverKey: '' });
  },
  signInLook: async (input) => {
    const wanted = shape<Input<'signInLook'>>({ handle, opener })(input);
    return run(() => lookAt(wanted.handle, wanted.opener));
  },
  signInOpen: async (input) => {
    const wanted = shape<Input<'signInOpen'>>({
      handle,
      opener: proof,
      mode: oneOf('auto', 'ask', 'copy'),
      local: oneOf('none', 'merge'),
    })(input);
    const known = joining(wanted.handle);
    const result = await takeOver(wanted.handle, () => run((desk) => openJoined(desk, known, wanted)));
    tell('unlocked');
    if (wanted.mode === 'copy') {
      // Of an account that the vault here belonged to before nothing is left either.
      await Promise.all([forgetAccount(), forgetBrowsers(), stopSyncing()]);
      changed();
      await unsettled(known);
      withdraw(known);
    } else {
      await joinedAnew(known.session);
    }
    return result;
  },
  unlockThroughAccount: async (input) => {
    const wanted = shape<Input<'unlockThroughAccount'>>({ loginId, ke3, credId, serverKey })(input);
    const here = await theAccount();
    if (here.serverKey !== '' && here.serverKey !== wanted.serverKey) throw new SesameError('server-error');
    const device = await run(({ engine }) => accountEngine(engine).newDevice());
    const fields = { loginId: wanted.loginId, ke3: wanted.ke3, device: toB64(device) };
    const answer = await tellServer(here.server, 'login/finish', 'loginFinish', fields);
    const { token, gen } = await hear('session', answer);
    const registered = { server: here.server, token, device: toB64(device) };
    await unsettled(registered);
    try {
      // The password of the vault that a reset began: nothing is wrong with the account.
      if (gen !== here.generation) throw new SesameError('gen-changed');
      const body = await run(({ engine }) => accountEngine(engine).lockedPullBody(answer));
      const pulled = await ask(here.server, 'v/pull', body, token);
      const passwordSlots = await run(({ engine }) =>
        parse<ReturnType<AccountApi['unlockThroughAccount']>['passwordSlots']>(accountEngine(engine).lockedHeader(pulled)),
      );
      return { passwordSlots };
    } finally {
      // It was registered for this one question: the browser's own device stays what it was.
      withdraw(registered);
    }
  },
};
