/** S-98, S-99: locking leaves nothing of the vault in the memory of WebAssembly. */
import { expect, type Sesame, test } from './fixtures.ts';
import { ALL, call, login, makeVault } from './support/calls.ts';

const CANARY = 'canary-9Zk4-of-memory';

/** How often each of these bytes (hex) occur in every Wasm memory that the service worker still holds. */
async function count(sesame: Sesame, needles: string[]): Promise<number[]> {
  await sesame.worker();
  const target = (await sesame.cdp.targets()).find(({ type, url }) => type === 'service_worker' && url.includes(sesame.extensionId));
  const worker = await sesame.cdp.attach(target?.targetId ?? '');
  type Remote = { result: { objectId: string } };
  const { result } = await worker.send<Remote>('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' });
  // Collects garbage first: what can't be reached any more is not what the test is about.
  const { objects } = await worker.send<{ objects: { objectId: string } }>('Runtime.queryObjects', {
    prototypeObjectId: result.objectId,
  });
  const counted = await worker.send<{ result: { value: number[] } }>('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    returnByValue: true,
    arguments: [{ value: needles }],
    functionDeclaration: `function (needles) {
      const memories = this.map((memory) => new Uint8Array(memory.buffer));
      return needles.map((hex) => {
        const needle = Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
        let found = 0;
        for (const bytes of memories) {
          for (let at = bytes.indexOf(needle[0]); at >= 0; at = bytes.indexOf(needle[0], at + 1)) {
            if (needle.every((byte, offset) => bytes[at + offset] === byte)) found += 1;
          }
        }
        return found;
      });
    }`,
  });
  return counted.result.value;
}

test('the vault key and item texts are in memory while unlocked, and nowhere after locking', async ({ sesame }) => {
  const page = await sesame.openPopup();
  await makeVault(page);
  const { id } = await call(page, 'save', login(CANARY, { password: `${CANARY}-password` }));
  await call(page, 'edit', { id });
  await call(page, 'list', ALL);
  const { session } = await (await sesame.worker()).evaluate(() => chrome.storage.session.get<{ session: { secret: string } }>('session'));
  const key = Buffer.from(session.secret, 'base64url').subarray(0, 32).toString('hex');
  const needles = [key, Buffer.from(CANARY).toString('hex')];
  const [keys, texts] = await count(sesame, needles);
  expect(keys).toBeGreaterThan(0);
  expect(texts).toBeGreaterThan(0);
  await call(page, 'lock');
  expect(await count(sesame, needles)).toEqual([0, 0]);
});
