/**
 * A DevTools connection of our own beside Playwright's. Playwright never shows the real action popup
 * nor lets a test stop the service worker; the browser's own socket does both.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WebSocket } from 'ws';

export interface Target {
  targetId: string;
  type: string;
  url: string;
}

type Params = Record<string, unknown>;
interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: Params;
  result?: unknown;
  error?: { message: string };
}

/** Calls on one attached target; `''` is the browser itself. */
export interface Session {
  send<T = Params>(method: string, params?: Params): Promise<T>;
  /** Resolves when the target is gone (a popup that closed). */
  readonly gone: Promise<void>;
}

export async function until<T>(what: string, look: () => Promise<T | undefined>, timeoutMs = 10_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

export class Cdp {
  private readonly socket: WebSocket;
  private nextId = 1;
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  private readonly gone = new Map<string, () => void>();

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.receive(JSON.parse(String(data)) as Message));
    socket.on('close', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('the browser closed'));
      this.waiting.clear();
    });
  }

  /** Needs a browser that was started with --remote-debugging-port=0 on this profile. */
  static async connect(profile: string): Promise<Cdp> {
    const address = await until('DevToolsActivePort', async () => {
      const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
      const [port, path] = text.split('\n');
      return port && path ? `ws://127.0.0.1:${port}${path.trim()}` : undefined;
    });
    const socket = new WebSocket(address, { perMessageDeflate: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    return new Cdp(socket);
  }

  private receive(message: Message): void {
    if (message.method === 'Target.detachedFromTarget') this.gone.get(String(message.params?.['sessionId']))?.();
    if (message.id === undefined) return;
    const call = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error) call?.reject(new Error(message.error.message));
    else call?.resolve(message.result);
  }

  send<T = Params>(method: string, params: Params = {}, sessionId?: string): Promise<T> {
    const id = this.nextId++;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, {
        resolve: resolve as (value: unknown) => void,
        reject: (error) => reject(new Error(`${method}: ${error.message}`)),
      });
      this.socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    });
  }

  async targets(): Promise<Target[]> {
    const { targetInfos } = await this.send<{ targetInfos: Target[] }>('Target.getTargets');
    return targetInfos;
  }

  async attach(targetId: string): Promise<Session> {
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    const gone = new Promise<void>((resolve) => this.gone.set(sessionId, resolve));
    return { gone, send: (method, params) => this.send(method, params, sessionId) };
  }

  close(): void {
    this.socket.close();
  }
}
