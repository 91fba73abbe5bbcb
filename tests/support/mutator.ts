/**
 * A hostile server: the real one, behind somebody who changes, drops, repeats, delays, cuts and swaps
 * what goes through. The client knows only the address of this one, which is also the server's own
 * (its base URL), so that every origin in a signature fits.
 */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { listen } from './ports.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
  /** Say this length, send the body, and hang up: an answer that ends too early. */
  claimed?: number;
}

export interface Call {
  path: string;
  body: Buffer;
  headers: IncomingMessage['headers'];
  /** The real server's answer to this call, or to another body in its place. Each use is a request. */
  pass(body?: Buffer): Promise<Answer>;
}

/** `null` hangs up without a word. */
export type Handler = (call: Call) => Promise<Answer | null> | Answer | null;

export interface Exchange {
  path: string;
  request: Buffer;
  authorization: string;
  /** What the client got; null where the line was cut. */
  answer: Answer | null;
  /** What the real server said to what was passed on, in order. */
  real: Answer[];
}

async function whole(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export class Mutator {
  /** Where the real server listens; set once it is started. */
  target = 0;
  readonly exchanges: Exchange[] = [];
  private readonly handlers: { match: RegExp; handle: Handler }[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<Mutator> {
    const server = createServer();
    const port = await listen(server);
    const mutator = new Mutator(server, port);
    server.on('request', (incoming, outgoing) => {
      mutator.serve(incoming, outgoing).catch(() => outgoing.destroy());
    });
    return mutator;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** From now on this answers the calls whose path fits; the newest that fits does. Returns the way to take it back. */
  on(match: RegExp, handle: Handler): () => void {
    const entry = { match, handle };
    this.handlers.unshift(entry);
    return () => {
      const at = this.handlers.indexOf(entry);
      if (at >= 0) this.handlers.splice(at, 1);
    };
  }

  /** The same, for one call only; resolves when that call was answered. */
  once(match: RegExp, handle: Handler): Promise<void> {
    return new Promise((done) => {
      const off = this.on(match, async (call) => {
        off();
        try {
          return await handle(call);
        } finally {
          done();
        }
      });
    });
  }

  honest(): void {
    this.handlers.length = 0;
  }

  /** How often something was asked for. */
  count(match: RegExp): number {
    return this.exchanges.filter(({ path }) => match.test(path)).length;
  }

  /** The newest real answer to such a call. */
  last(match: RegExp): Answer {
    const real = this.exchanges.filter(({ path }) => match.test(path)).flatMap((exchange) => exchange.real);
    const found = real.at(-1);
    if (!found) throw new Error(`nothing was asked like ${match}`);
    return copied(found);
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const path = incoming.url ?? '/';
    const body = await whole(incoming);
    const real: Answer[] = [];
    const exchange: Exchange = { path, request: body, authorization: incoming.headers.authorization ?? '', answer: null, real };
    this.exchanges.push(exchange);
    const pass = async (other: Buffer = body): Promise<Answer> => {
      const answer = await this.forward(incoming, other);
      real.push(copied(answer));
      return answer;
    };
    const handle = this.handlers.find(({ match }) => match.test(path))?.handle ?? ((call: Call) => call.pass());
    const answer = await handle({ path, body, headers: incoming.headers, pass });
    exchange.answer = answer;
    if (answer === null) {
      outgoing.destroy();
      return;
    }
    const headers = { ...answer.headers, 'content-length': String(answer.claimed ?? answer.body.length) };
    outgoing.writeHead(answer.status, headers);
    if (answer.claimed === undefined) outgoing.end(answer.body);
    else outgoing.write(answer.body, () => outgoing.destroy());
  }

  private async forward(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    const { 'transfer-encoding': _, ...headers } = incoming.headers;
    return new Promise((done, failed) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.target,
          method: incoming.method,
          path: incoming.url,
          // Host stays what the client wrote: the server answers to its base URL only (S-126).
          headers: { ...headers, connection: 'close', 'content-length': String(body.length) },
        },
        (answer) => {
          whole(answer).then((bytes) => {
            const { connection: _c, 'keep-alive': _k, 'transfer-encoding': _t, ...rest } = answer.headers;
            const kept = Object.entries(rest).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined);
            done({ status: answer.statusCode ?? 0, headers: Object.fromEntries(kept), body: bytes });
          }, failed);
        },
      );
      outgoing.once('error', failed);
      outgoing.end(body);
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((done) => this.server.close(() => done()));
  }
}

const copied = (answer: Answer): Answer => ({ ...answer, headers: { ...answer.headers }, body: Buffer.from(answer.body) });
