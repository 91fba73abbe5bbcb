/** In the place of ui/auth-session.ts: answers at once, with nothing in it. */
import { SesameError } from '../../extension/shared/errors.ts';

export class AuthSession {
  readonly #password: string;
  constructor(password: string) {
    this.#password = password;
  }
  get ended(): boolean {
    return false;
  }
  async registerStart(): Promise<string> {
    return 'AAAA';
  }
  async registerFinish(): Promise<{ upload: string; serverKey: string }> {
    return { upload: 'AAAA', serverKey: 'AAAA' };
  }
  async loginStart(): Promise<string> {
    return 'AAAA';
  }
  async loginFinish(): Promise<{ ke3: string; serverKey: string }> {
    if (this.#password.includes('wrong')) throw new SesameError('wrong-secret');
    return { ke3: 'AAAA', serverKey: 'AAAA' };
  }
  async stretch(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(32);
  }
  async calibrate(): Promise<{ kdfId: 1; salt: string; stretched: Uint8Array<ArrayBuffer> }> {
    return { kdfId: 1, salt: 'A'.repeat(43), stretched: new Uint8Array(32) };
  }
  end(): void {}
}
