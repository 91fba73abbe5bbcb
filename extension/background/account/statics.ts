/** What of the engine needs no instance. */
import * as wasm from '../../../build/wasm/engine/engine.js';

interface Statics {
  say(name: string, fields: string): Uint8Array;
  hear(name: string, answer: Uint8Array): string;
  resetToken(typed: string): Uint8Array;
  recoverBody(code: string, started: Uint8Array, origin: string, device: Uint8Array): Uint8Array;
  sealedRecoveryProof(code: string, started: Uint8Array, account: string, gen: string, origin: string): Uint8Array;
}

/** The pages of a sealed vault become one file. */
interface Pages {
  add(answer: Uint8Array): string | undefined;
  finish(now: number): Uint8Array;
}

export const statics = wasm.Engine as unknown as Statics;

export const sealedPages = (account: string, gen: string): Pages => {
  const { SealedPages } = wasm as unknown as { SealedPages: new (account: string, gen: string) => Pages };
  return new SealedPages(account, gen);
};
