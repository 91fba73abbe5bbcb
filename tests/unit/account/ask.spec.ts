import { expect, test } from '@playwright/test';
import { asking, MAX_BODY } from '../../../extension/background/server/ask.ts';
import { isRefusal, Refusal, readRefusal } from '../../../extension/background/server/refusal.ts';
import { serverOrigin } from '../../../extension/shared/server-address.ts';

const SERVER = 'https://sesame.example';
const body = Uint8Array.of(1, 2, 3);
const TYPE = 'application/sesame1';

const answer = (bytes: Uint8Array | string, init: ResponseInit & { type?: string } = {}): Response =>
  new Response(bytes as BodyInit, { ...init, headers: { 'Content-Type': init.type ?? TYPE, ...init.headers } });

const refusal = (code: number, detail: number[] = []): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([code >> 8, code & 255, 0, 0, 0, detail.length, ...detail]);

/** What became of one request that was answered like this. */
async function outcome(response: () => Response | Promise<Response>): Promise<string | number> {
  try {
    return (await asking(async () => response(), 50)(SERVER, 'v/pull', body)).length;
  } catch (failure) {
    return (failure as { code?: string }).code ?? String(failure);
  }
}

test('S-20, S-32: a request carries bytes and a token, and nothing of the browser', async () => {
  const seen: { url: string; init: RequestInit }[] = [];
  const ask = asking(async (url, init) => {
    seen.push({ url, init });
    return answer(Uint8Array.of(9));
  });
  expect(await ask(SERVER, 'v/commit', body, 'dG9rZW4')).toEqual(Uint8Array.of(9));
  await ask(SERVER, 'register/begin', body);
  expect(seen.map(({ url }) => url)).toEqual([`${SERVER}/v1/v/commit`, `${SERVER}/v1/register/begin`]);
  const [first, second] = seen.map(({ init: { signal, ...rest } }) => rest);
  const common = { method: 'POST', body, credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer' };
  expect(first).toEqual({ ...common, headers: { 'Content-Type': TYPE, Authorization: 'Bearer dG9rZW4' } });
  expect(second).toEqual({ ...common, headers: { 'Content-Type': TYPE } });
});

test('S-19: only the origin itself is asked, and only paths from the list', async () => {
  let asked = 0;
  const ask = asking(async () => {
    asked += 1;
    return answer(body);
  });
  const odd = [`${SERVER}/`, `${SERVER}/x`, 'http://sesame.example', 'https://a@sesame.example', 'javascript:alert(1)', ''];
  for (const server of odd) await expect(ask(server, 'v/pull', body), server).rejects.toMatchObject({ code: 'server-address-invalid' });
  const path = '../admin' as 'v/pull';
  await expect(ask(SERVER, path, body)).rejects.toMatchObject({ code: 'server-address-invalid' });
  expect(asked).toBe(0);
});

test('a server address is https, or http on this computer, and nothing but an origin', () => {
  const taken: [string, string][] = [
    ['sesame.example', 'https://sesame.example'],
    [' HTTPS://Sesame.Example:443/ ', 'https://sesame.example'],
    ['sesame.example:8443', 'https://sesame.example:8443'],
    ['localhost:8484', 'http://localhost:8484'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
  ];
  for (const [typed, origin] of taken) expect(serverOrigin(typed), typed).toBe(origin);
  const refused = [
    '',
    'http://sesame.example',
    'https://sesame.example/path',
    'https://sesame.example?q',
    'https://sesame.example#t=1',
    'https://u:p@sesame.example',
    'ftp://sesame.example',
    'file:///etc/passwd',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'https://',
    'a b',
  ];
  for (const typed of refused) expect(() => serverOrigin(typed), typed).toThrow('server-address-invalid');
});

test('S-19, S-31: whatever comes back ends as bytes or as one of our codes', async () => {
  expect(await outcome(() => answer(body))).toBe(3);
  expect(await outcome(() => new Response(null, { status: 202 }))).toBe(0);
  expect(await outcome(() => answer(body, { type: 'Application/Sesame1; charset=binary' }))).toBe(3);
  expect(await outcome(() => answer('<html>Call this number</html>', { type: 'text/html' }))).toBe('not-a-server');
  expect(await outcome(() => answer('<html>', { type: 'text/html', status: 404 }))).toBe('not-a-server');
  expect(await outcome(() => answer('bad gateway', { type: 'text/plain', status: 502 }))).toBe('server-error');
  expect(await outcome(() => answer(body, { status: 400 }))).toBe('server-error');
  expect(await outcome(() => answer(refusal(5), { status: 401 }))).toBe('denied');
  expect(await outcome(() => answer(refusal(999), { status: 400 }))).toBe('server-error');
  expect(await outcome(() => answer(refusal(0), { status: 400 }))).toBe('server-error');
  expect(await outcome(() => Promise.reject(new TypeError('Failed to fetch')))).toBe('offline');
});

test('an answer over the limit is given up while it comes', async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  expect(await outcome(() => new Response(endless, { headers: { 'Content-Type': TYPE } }))).toBe('server-error');
  expect(pulled * 64 * 1024).toBeLessThan(MAX_BODY + 512 * 1024);
});

test('a server that never answers is as good as none', async () => {
  const never = asking(
    (_, { signal }) => new Promise((_done, fail) => signal?.addEventListener('abort', () => fail(new Error('aborted')))),
    1,
  );
  await expect(never(SERVER, 'v/pull', body)).rejects.toMatchObject({ code: 'offline' });
});

test('refusals: the detail has its length, waits and times are within reason', () => {
  expect(readRefusal(refusal(7))?.refusal).toBe('conflict');
  expect(readRefusal(refusal(10, [0, 0, 0, 90]))?.waitSeconds).toBe(90);
  expect(readRefusal(refusal(10, [255, 255, 255, 255]))?.waitSeconds).toBe(86_400);
  expect(readRefusal(refusal(10))?.waitSeconds).toBe(60);
  expect(readRefusal(refusal(13, [255, 255, 255, 255, 255, 255, 255, 255]))?.time).toBe(8.64e15);
  expect(readRefusal(Uint8Array.of(0, 7, 0, 0, 0, 9))).toBeNull();
  expect(readRefusal(Uint8Array.of(0, 7))).toBeNull();
  expect(isRefusal(new Refusal('conflict'), 'conflict')).toBe(true);
  expect(isRefusal(new Error('conflict'), 'conflict')).toBe(false);
});
