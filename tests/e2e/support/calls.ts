/** The background's calls, from inside a page of ours, for tests of what lies behind the screens. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import type { ItemEdit, UiApi } from '../../../extension/shared/api.ts';
import type { Browser } from './launch.ts';

/** Rejects with an error whose message is the code. */
export async function call<K extends keyof UiApi>(page: Page, name: K, ...input: Parameters<UiApi[K]>): Promise<ReturnType<UiApi[K]>> {
  const answer = await page.evaluate((request) => chrome.runtime.sendMessage(request) as Promise<{ ok?: unknown; error?: string }>, {
    to: 'background',
    call: name,
    input: input[0] ?? null,
  });
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.ok as ReturnType<UiApi[K]>;
}

/** What the auth worker would have made of a master password: the engine can't tell the difference. */
export const KEY = Buffer.alloc(32, 7).toString('base64url');
const SALT = Buffer.alloc(32, 9).toString('base64url');

export function makeVault(page: Page): Promise<{ recoveryCode: string }> {
  return call(page, 'createVault', { vaultName: 'Test vault', hint: '', kdfId: 1, salt: SALT, stretched: KEY });
}

export async function unlock(page: Page): Promise<void> {
  const { locked } = await call(page, 'status');
  const slotId = locked?.passwordSlots[0]?.slotId ?? '';
  await call(page, 'unlock', { by: 'password', slotId, stretched: KEY });
}

export function login(name: string, change: Partial<ItemEdit> = {}): ItemEdit {
  return {
    id: '',
    kind: 'login',
    name,
    username: `${name}@example.com`,
    password: `secret of ${name}`,
    websites: [{ url: `https://${name}.example`, match: 'host' }],
    totp: '',
    notes: '',
    custom: [],
    fields: {},
    tags: [],
    favourite: false,
    ...change,
  };
}

export const ALL = { text: '', in: 'items', offset: 0, limit: 100_000 } as const;

/** All rows of a store of the extension's database, values as hex. */
export function rowsOf(page: Page, store: string): Promise<Record<string, string>> {
  return page.evaluate(async (name) => {
    const db = await new Promise<IDBDatabase>((done, fail) => {
      const request = indexedDB.open('sesame');
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    const all = db.transaction(name).objectStore(name);
    const read = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    const [keys, values] = await Promise.all([read(all.getAllKeys()), read(all.getAll() as IDBRequest<Uint8Array[]>)]);
    db.close();
    const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return Object.fromEntries(keys.map((key, at) => [String(key), hex(values[at] as Uint8Array)]));
  }, store);
}

/** Writes a row behind Sesame's back, as a failing disk would; null deletes it. */
export async function spoil(page: Page, store: string, key: string, hex: string | null): Promise<void> {
  await page.evaluate(
    async ([name, row, value]) => {
      const db = await new Promise<IDBDatabase>((done, fail) => {
        const request = indexedDB.open('sesame');
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
      const tx = db.transaction(name as string, 'readwrite');
      const rows = tx.objectStore(name as string);
      if (value === null) rows.delete(row as string);
      else
        rows.put(
          Uint8Array.from((value as string).match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
          row as string,
        );
      await new Promise<void>((done, fail) => {
        tx.oncomplete = () => done();
        tx.onabort = () => fail(tx.error);
      });
      db.close();
    },
    [store, key, hex] as const,
  );
}

/** Stops the service worker in the middle of its work; calls that wait for it wake the next one at once. */
export async function stopBusyWorker({ cdp, extensionId }: Browser): Promise<void> {
  const worker = (await cdp.targets()).find(({ type, url }) => type === 'service_worker' && url.includes(extensionId));
  if (worker) await cdp.send('Target.closeTarget', { targetId: worker.targetId });
}

interface Manifest {
  version: string;
  permissions: string[];
}

/** A copy of what ships with another manifest, as a folder for `--load-extension`. */
export async function changedDist(info: TestInfo, change: (manifest: Manifest) => void): Promise<string> {
  const dist = info.outputPath('dist');
  const shipped = resolve(import.meta.dirname, '../../..', process.env['SESAME_DIST'] ?? 'dist/chromium');
  await cp(shipped, dist, { recursive: true });
  const manifest = JSON.parse(await readFile(`${dist}/manifest.json`, 'utf8')) as Manifest;
  change(manifest);
  await writeFile(`${dist}/manifest.json`, JSON.stringify(manifest));
  return dist;
}
