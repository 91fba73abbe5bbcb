/**
 * A certificate authority that lives as long as the test run, and a web of our own behind it: every
 * host name there is, on http and https, answered by one server on this machine. So a test has
 * https://bank.test and https://evil.test with the origins and the secure context that they would have.
 */
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Authority {
  key: Buffer;
  /** The leaf, then the authority that signed it. */
  chain: Buffer;
  /** SHA-256 of the authority's public key, as Chromium's list of exceptions takes it. */
  pin: string;
}

/** Names that the leaf stands for; what else a test calls a host, the exception by key lets through. */
const NAMES = ['bank.test', '*.bank.test', 'evil.test', '*.evil.test', 'localhost'];

async function makeAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'sesame-authority-'));
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    openssl('req', '-x509', ...key, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '2', '-subj', '/CN=Sesame test authority');
    openssl('req', ...key, '-keyout', at('leaf.key'), '-out', at('leaf.csr'), '-subj', '/CN=bank.test');
    writeFileSync(at('leaf.ext'), `subjectAltName=${NAMES.map((name) => `DNS:${name}`).join(',')}\nextendedKeyUsage=serverAuth\n`);
    const signed = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', at('leaf.ext')];
    openssl('x509', '-req', '-in', at('leaf.csr'), ...signed, '-out', at('leaf.pem'));
    const ca = readFileSync(at('ca.pem'));
    const spki = new X509Certificate(ca).publicKey.export({ type: 'spki', format: 'der' });
    return {
      key: readFileSync(at('leaf.key')),
      chain: Buffer.concat([readFileSync(at('leaf.pem')), ca]),
      pin: createHash('sha256').update(spki).digest('base64'),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Asked {
  /** Scheme, host, path and query, as the browser asked. */
  url: string;
  method: string;
  body: string;
}

/** A page, or what else is to be said about it. */
export type Answer = string | { status?: number; headers?: Record<string, string>; body?: string };

export interface Web {
  /** What Chromium needs to find and to trust this web. */
  args: string[];
  /** Answers from here on by this; what it leaves out is an empty page. */
  serve(answer: (url: URL, asked: Asked) => Answer | undefined): void;
  /** Every request since `serve`. */
  readonly asked: Asked[];
  close(): Promise<void>;
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => done(text));
    request.on('error', fail);
  });
}

export async function startWeb(): Promise<Web> {
  const { key, chain, pin } = await makeAuthority();
  let answer: Parameters<Web['serve']>[0] = () => undefined;
  let asked: Asked[] = [];
  const listener =
    (scheme: 'http' | 'https'): RequestListener =>
    async (request, response) => {
      const url = new URL(request.url ?? '/', `${scheme}://${request.headers.host ?? 'none.test'}`);
      const mine = { url: url.href, method: request.method ?? '', body: await bodyOf(request) };
      asked.push(mine);
      const found = answer(url, mine) ?? '<!doctype html><title>Empty</title>';
      const { status = 200, headers = {}, body = '' } = typeof found === 'string' ? { body: found } : found;
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers });
      response.end(body);
    };
  const plain = createHttpServer(listener('http'));
  const secure = createTlsServer({ key, cert: chain }, listener('https'));
  const sockets = new Set<Socket>();
  // One port for both: a TLS greeting begins with byte 22, a request with a letter.
  const door = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first = socket.read(1) as Buffer | null;
      if (!first) return socket.destroy();
      socket.unshift(first);
      (first[0] === 22 ? secure : plain).emit('connection', socket);
    });
  });
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  const { port } = door.address() as AddressInfo;
  return {
    // The browser's own errands are not the tests' business.
    args: [
      `--host-resolver-rules=MAP *.google.com ~NOTFOUND, MAP *.googleapis.com ~NOTFOUND, MAP * 127.0.0.1:${port}`,
      `--ignore-certificate-errors-spki-list=${pin}`,
    ],
    serve: (next) => {
      answer = next;
      asked = [];
    },
    get asked() {
      return asked;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => door.close(done));
    },
  };
}
