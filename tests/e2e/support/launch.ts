/** A Chromium of its own, with a fresh profile and the extension exactly as it ships. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium, type Worker } from '@playwright/test';
import { Cdp, until } from './cdp.ts';

export interface LaunchOptions {
  /** The browser's own language, which chrome.i18n follows. */
  language?: 'en' | 'it';
  headless?: boolean;
  /** A profile to come back to (browser restart); made and removed by the caller. */
  profile?: string;
  args?: string[];
}

export interface Browser {
  context: BrowserContext;
  extensionId: string;
  profile: string;
  cdp: Cdp;
  close(): Promise<void>;
}

const DIST = resolve(import.meta.dirname, '../../..', process.env['SESAME_DIST'] ?? 'dist/chromium');

export function chromiumPath(): string {
  const named = process.env['CHROMIUM'];
  if (named) return named;
  return execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser'], { encoding: 'utf8' }).trim();
}

/** Chromium's rule: the first 128 bits of SHA-256 of the public key, written with a..p. */
function extensionIdOf(dist: string = DIST): string {
  const path = join(dist, 'manifest.json');
  if (!existsSync(path)) throw new Error('dist/chromium is not there: run ./build.sh build first');
  const { key } = JSON.parse(readFileSync(path, 'utf8')) as { key: string };
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

export async function launch(options: LaunchOptions = {}): Promise<Browser> {
  const own = options.profile === undefined;
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'sesame-profile-')));
  const language = options.language ?? 'en';
  // A profile that was used before still has the last run's file; ours must be this run's.
  await rm(join(profile, 'DevToolsActivePort'), { force: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    headless: options.headless ?? true,
    viewport: null,
    // Playwright's own --disable-extensions would block ours.
    ignoreDefaultArgs: ['--disable-extensions'],
    env: { ...process.env, LANGUAGE: language, LC_ALL: '' } as Record<string, string>,
    args: [
      `--load-extension=${DIST}`,
      '--remote-debugging-port=0',
      `--lang=${language}`,
      `--accept-lang=${language}`,
      '--window-size=1200,900',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Nothing leaves the machine; any name under .test is the sample site.
      '--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      ...(options.args ?? []),
    ],
  });
  const cdp = await Cdp.connect(profile);
  const close = async (): Promise<void> => {
    cdp.close();
    await context.close();
    if (own) await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const browser = { context, extensionId: extensionIdOf(), profile, cdp, close };
  try {
    await serviceWorker(browser);
  } catch (error) {
    await close();
    throw error;
  }
  return browser;
}

const isOurWorker = (extensionId: string) => (target: { type: string; url: string }) =>
  target.type === 'service_worker' && target.url.includes(extensionId);

/**
 * The running service worker. After a stop this waits until something has woken it: a call from a
 * page of ours, an alarm, a shortcut.
 */
export async function serviceWorker({ context, cdp, extensionId }: Browser): Promise<Worker> {
  return until('the service worker of the extension', async () => {
    // Playwright keeps its handle of a stopped worker, and uses it again for the next run.
    const runs = (await cdp.targets()).some(isOurWorker(extensionId));
    return runs ? context.serviceWorkers().find((worker) => worker.url().includes(extensionId)) : undefined;
  });
}

/**
 * Stops the service worker as the browser does when it is idle; the next event starts it again, which
 * may be at once, when a page of ours is waiting for an answer.
 */
export async function killServiceWorker({ context, cdp, extensionId }: Browser): Promise<void> {
  const worker = (await cdp.targets()).find(isOurWorker(extensionId));
  if (!worker) return;
  const handle = context.serviceWorkers().find((one) => one.url().includes(extensionId));
  await handle?.evaluate(() => Object.assign(globalThis, { beforeStop: true }));
  await cdp.send('Target.closeTarget', { targetId: worker.targetId });
  await until('the service worker to stop', async () => {
    if (!(await cdp.targets()).some(isOurWorker(extensionId))) return true;
    const asked = handle?.evaluate(() => 'beforeStop' in globalThis).catch(() => undefined);
    const same = await Promise.race([asked, new Promise<undefined>((done) => setTimeout(done, 500))]);
    return same === false ? true : undefined;
  });
}
