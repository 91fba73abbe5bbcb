/** WebDriver BiDi, the part that the tests need: Firefox speaks it by itself, without a driver beside it. */
import { WebSocket } from 'ws';

type Params = Record<string, unknown>;

interface Answer {
  id?: number;
  type?: string;
  result?: unknown;
  error?: string;
  message?: string;
}

export class Bidi {
  private readonly socket: WebSocket;
  private nextId = 1;
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.receive(JSON.parse(String(data)) as Answer));
    socket.on('close', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('the browser closed'));
      this.waiting.clear();
    });
  }

  /** `address` is what the browser says it listens on. */
  static async connect(address: string): Promise<Bidi> {
    const socket = new WebSocket(`${address}/session`, { perMessageDeflate: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    const bidi = new Bidi(socket);
    await bidi.send('session.new', { capabilities: {} });
    return bidi;
  }

  private receive(answer: Answer): void {
    if (answer.id === undefined) return;
    const call = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (answer.type === 'error') call?.reject(new Error(`${answer.error}: ${answer.message}`));
    else call?.resolve(answer.result);
  }

  send<T = Params>(method: string, params: Params = {}): Promise<T> {
    const id = this.nextId++;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, {
        resolve: resolve as (value: unknown) => void,
        reject: (error) => reject(new Error(`${method}: ${error.message}`)),
      });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close(): void {
    this.socket.close();
  }
}
