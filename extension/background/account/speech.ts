/** Requests and answers that hold no key, made and read by the engine's code (S-31), which is started for it. */
import { Engine } from '../../../build/wasm/engine/engine.js';
import type { AccountLang } from '../../shared/account.ts';
import type { B64 } from '../../shared/api.ts';
import { run } from '../engine.ts';
import { ask, type Path, type Token } from '../server/ask.ts';

/** What each request takes. An address or a code that is none ends in its own code. */
interface Requests {
  registerBegin: { email: string; lang: AccountLang };
  registerStart: { email: string; code: string; request: B64 };
  loginStart: { email: string; ke1: B64 };
  loginFinish: { loginId: B64; ke3: B64; device: B64 };
  recoverStart: { email: string };
  passwordStart: { request: B64 };
  setHint: { hint: string };
  hintSend: { email: string; lang: AccountLang };
  accountSettings: { lang: AccountLang; sealedDays: number };
  deviceRemove: { device: string };
  emailBegin: { email: string };
  emailFinish: { code: string };
  accountDelete: { email: string };
  resetRequest: { email: string; lang: AccountLang };
  resetStart: { token: string; request: B64 };
  sealedStart: { gen: string; how: number; ke1: B64 | null };
  sealedProve: { gen: string; how: number; loginId: B64; nonce: B64; proof: B64 };
  sealedPull: { gen: string; grant: B64; after: string | null };
  sealedErase: { gen: string };
  sealedKeep: { gen: string };
}

/** What each answer says. */
interface Answers {
  registerStarted: { credId: B64; response: B64 };
  loginStarted: { loginId: B64; credId: B64; ke2: B64 };
  session: { token: string; ttl: number; account: string; gen: string; flags: number };
  account: {
    email: string;
    createdAt: number;
    lang: AccountLang;
    sealedDays: number;
    devices: { id: string; createdAt: number; lastUsedAt: number; current: boolean }[];
    sealed: { gen: string; at: number; eraseAt: number | null; undoUntil: number | null; items: number; fingerprint: string }[];
    pendingEmail: string | null;
    deleteAt: number | null;
  };
  resetStarted: { account: string; credId: B64; response: B64; email: string; undoDays: number; sealedDays: number };
  sealedStarted: { nonce: B64; loginId: B64; credId: B64; ke2: B64 };
  grant: { grant: B64 };
  eraseAt: { eraseAt: number };
}

export const say = <K extends keyof Requests>(name: K, fields: Requests[K]): Promise<Uint8Array> =>
  run(() => Engine.say(name, JSON.stringify(fields)));

export const hear = <K extends keyof Answers>(name: K, answer: Uint8Array): Promise<Answers[K]> =>
  run(() => JSON.parse(Engine.hear(name, answer)) as Answers[K]);

/** The bytes of a mailed reset code or link. */
export const resetToken = (typed: string): Promise<Uint8Array> => run(() => Engine.resetToken(typed));

/** A request that needs no vault, with its answer's bytes. */
export async function tellServer<K extends keyof Requests>(
  server: string,
  path: Path,
  name: K,
  fields: Requests[K],
  token?: Token,
): Promise<Uint8Array> {
  return ask(server, path, await say(name, fields), token);
}
