/**
 * A master password on its way through a form that talks to an account server: one worker, which
 * alone holds it, for as long as the form needs it. The server gets OPAQUE's messages and never
 * anything that the password could be guessed from without the server's own secret (S-23).
 *
 * Each step has 20 s; a step that hangs, and a session that nobody goes on with, end the worker.
 */
import type { B64, PasswordSlot } from '../shared/api.ts';
import { fromB64, toB64 } from '../shared/bytes.ts';
import { SesameError } from '../shared/errors.ts';
import { CALIBRATE_UNDER_MS, type Calibrated, type KdfId, KILL_AFTER_MS, type Password, SALT_LEN, secret, takeWorker } from './auth.ts';
import type { FlowCall, WithServerKey } from './auth-flow.ts';
import type { AuthCall } from './auth-worker.ts';
import { ask, WorkerError } from './worker.ts';

/** A mailed code may take its time; then the password is asked for again. */
const HELD_FOR_MS = 10 * 60_000;
/** For wiping what is held. The end of the worker does not wait longer. */
const END_AFTER_MS = 1000;

/** How the two sides of a registration name each other: the server's origin and its name for the record. */
interface Party {
  server: string;
  credId: B64;
}

export class AuthSession {
  #worker: Worker | null;
  #begun: Promise<unknown>;
  #busy = 0;
  #over = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(password: Password, signal?: AbortSignal) {
    this.#worker = takeWorker();
    const bytes = secret(password);
    this.#begun = this.#ask({ call: 'begin', password: bytes }, [bytes.buffer]);
    // Whoever asks for a step hears of it.
    this.#begun.catch(() => undefined);
    signal?.addEventListener('abort', () => this.end(), { once: true, signal: this.#over.signal });
  }

  /** Whether the password is held no longer: it must be typed again. */
  get ended(): boolean {
    return this.#worker === null;
  }

  /** The request of a registration. */
  async registerStart(): Promise<B64> {
    return toB64(await this.#step<Uint8Array>({ call: 'register-start' }));
  }

  /** The record for the server, and its key, to be pinned. */
  async registerFinish({ response, credId, server }: Party & { response: B64 }): Promise<{ upload: B64; serverKey: B64 }> {
    const call: FlowCall = { call: 'register-finish', response: fromB64(response), credId: fromB64(credId), server };
    const { message, serverKey } = await this.#step<WithServerKey>(call);
    return { upload: toB64(message), serverKey: toB64(serverKey) };
  }

  /** The first message of a sign-in. */
  async loginStart(): Promise<B64> {
    return toB64(await this.#step<Uint8Array>({ call: 'login-start' }));
  }

  /**
   * The last message of a sign-in: made only once the server's answer was found good, and only for the
   * server with the pinned key where there is one. `wrong-secret` where it was not, whatever the reason.
   */
  async loginFinish({ ke2, credId, server, serverKey }: Party & { ke2: B64; serverKey?: B64 | undefined }): Promise<{
    ke3: B64;
    serverKey: B64;
  }> {
    const pinned = serverKey === undefined ? null : fromB64(serverKey);
    const call: FlowCall = { call: 'login-finish', ke2: fromB64(ke2), credId: fromB64(credId), server, serverKey: pinned };
    const done = await this.#step<WithServerKey>(call);
    return { ke3: toB64(done.message), serverKey: toB64(done.serverKey) };
  }

  /** The 32 bytes that open a password slot. Wipe them after use. */
  stretch(slot: { kdfId: KdfId; salt: B64 }): Promise<Uint8Array<ArrayBuffer>> {
    return this.#step({ call: 'stretch-held', salt: fromB64(slot.salt), kdfId: slot.kdfId });
  }

  /** Stretches it with a fresh salt and the parameters that suit this device. */
  async calibrate(): Promise<Calibrated> {
    const salt = crypto.getRandomValues(new Uint8Array(SALT_LEN));
    const call: AuthCall = { call: 'calibrate-held', salt, underMs: CALIBRATE_UNDER_MS };
    const made = await this.#step<{ kdfId: PasswordSlot['kdfId']; stretched: Uint8Array<ArrayBuffer> }>(call);
    return { ...made, salt: toB64(salt) };
  }

  /** Wipes the password and ends the worker. Call it whatever came of the form. */
  end(): void {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = null;
    if (!worker) return;
    if (this.#busy > 0) {
      // In the middle of a derivation it would not hear. This ends it, and whoever waits is told.
      this.#over.abort(new SesameError('not-fresh'));
      return;
    }
    ask(worker, { call: 'end' }, { timeoutMs: END_AFTER_MS })
      .catch(() => undefined)
      .finally(() => worker.terminate());
  }

  async #step<Value>(call: AuthCall): Promise<Value> {
    await this.#begun;
    return this.#ask<Value>(call, []);
  }

  async #ask<Value>(call: AuthCall, transfer: Transferable[]): Promise<Value> {
    const worker = this.#worker;
    if (!worker) throw new SesameError('not-fresh');
    clearTimeout(this.#timer);
    this.#busy += 1;
    try {
      return await ask<Value>(worker, call, { transfer, signal: this.#over.signal, timeoutMs: KILL_AFTER_MS });
    } catch (failure) {
      // One that named its reason goes on, after a wrong password for instance.
      if (!(failure instanceof WorkerError)) {
        worker.terminate();
        this.#worker = null;
      }
      throw failure;
    } finally {
      this.#busy -= 1;
      if (this.#worker) this.#timer = setTimeout(() => this.end(), HELD_FOR_MS);
    }
  }
}
