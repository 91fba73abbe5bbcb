/**
 * The content script by itself: the shipped bundle in an isolated world of a page, as the browser
 * would put it there, with the background played by the test. For what Sesame sees and does in
 * pages; who may be filled is the engine's affair and is tested there and end to end.
 */
import { resolve } from 'node:path';
import { type Browser, test as base, type CDPSession, chromium, expect, type Page } from '@playwright/test';
import { build } from 'esbuild';
import type { FieldSnapshot, FillGrant, FillReport, FillStep, FromPage, Snapshot, ToPage } from '../../extension/shared/page.ts';
import { chromiumPath } from '../e2e/support/launch.ts';
import { startSampleSite } from './server.mjs';

const entry = resolve(import.meta.dirname, '../../extension/content/index.ts');

async function bundle(): Promise<string> {
  const result = await build({ entryPoints: [entry], bundle: true, minify: true, format: 'iife', write: false });
  return result.outputFiles[0]?.text ?? '';
}

/** The background's end of the port. */
const BACKGROUND = `
  globalThis.said = globalThis.said ?? [];
  globalThis.ports = globalThis.ports ?? [];
  globalThis.chrome = { runtime: { id: 'sesame', connect: ({ name }) => {
    const listeners = [];
    const port = {
      name, open: true,
      onMessage: { addListener: (listener) => listeners.push(listener) },
      onDisconnect: { addListener: () => undefined },
      postMessage: (message) => {
        if (!port.open) throw new Error('Attempting to use a disconnected port object');
        said.push(JSON.parse(JSON.stringify(message)));
      },
      disconnect: () => { port.open = false; },
      hear: (message) => listeners.forEach((listener) => listener(message)),
    };
    ports.push(port);
    return port;
  } } };`;

class PageScript {
  readonly #session: CDPSession;
  readonly #context: number;
  readonly #code: string;
  #calls = 0;

  private constructor(session: CDPSession, context: number, code: string) {
    this.#session = session;
    this.#context = context;
    this.#code = code;
  }

  static async into(page: Page, code: string): Promise<PageScript> {
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send('Page.getFrameTree');
    const world = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'sesame' });
    const script = new PageScript(session, world.executionContextId, code);
    await script.evaluate(BACKGROUND);
    await script.inject();
    return script;
  }

  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression,
      contextId: this.#context,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Once more, as every fill does. */
  async inject(): Promise<void> {
    await this.evaluate(this.#code);
  }

  async said(): Promise<FromPage[]> {
    return (await this.evaluate('said')) as FromPage[];
  }

  async describe(): Promise<Snapshot> {
    const answer = await this.#ask((call) => ({ type: 'describe', call }));
    if (answer.type !== 'snapshot') throw new Error(answer.type);
    return answer.snapshot;
  }

  async send(grant: FillGrant): Promise<FillReport> {
    const answer = await this.#ask((call) => ({ type: 'fill', call, grant }));
    if (answer.type !== 'filled') throw new Error(answer.type);
    return answer.report;
  }

  /** Describes, picks fields, fills them: `alice` and a password unless said otherwise. */
  async fill(
    pick: (snapshot: Snapshot) => [FieldSnapshot | undefined, FillStep['action'], string][],
    more: Partial<FillGrant> = {},
  ): Promise<FillReport> {
    const snapshot = await this.describe();
    return this.send(grantFor(snapshot, pick(snapshot), more));
  }

  async #ask(message: (call: number) => ToPage): Promise<FromPage> {
    this.#calls += 1;
    const call = this.#calls;
    await this.evaluate(`ports.at(-1).hear(${JSON.stringify(message(call))})`);
    let found: FromPage | undefined;
    await expect
      .poll(async () => {
        found = (await this.said()).find((one) => 'call' in one && one.call === call);
        return found !== undefined;
      })
      .toBe(true);
    if (!found) throw new Error('no answer');
    return found;
  }
}

export function grantFor(
  snapshot: Snapshot,
  wanted: [FieldSnapshot | undefined, FillStep['action'], string][],
  more: Partial<FillGrant> = {},
): FillGrant {
  const steps = wanted.map(([field, action, value]) => ({ field: field ? snapshot.fields.indexOf(field) : -1, action, value }));
  const group = wanted[0]?.[0]?.group ?? 0;
  const targets = [new URL(snapshot.groups[group]?.action || 'http://none.invalid').origin];
  return {
    frame: 0,
    documentId: '',
    origin: '',
    snapshot: snapshot.id,
    mintedAt: Date.now(),
    group,
    steps,
    targets,
    next: null,
    ...more,
  };
}

/** The usual two steps of a sign-in form, whatever the page calls its fields. */
export function signIn(snapshot: Snapshot): [FieldSnapshot | undefined, FillStep['action'], string][] {
  const seen = snapshot.fields.filter((field) => field.visibility === 'yes');
  const password = seen.find((field) => field.type === 'password');
  const user = seen.find((field) => field.group === password?.group && field.type !== 'password');
  return [
    [user, 'text', 'alice@bank.test'],
    [password, 'secret', 'correct horse'],
  ];
}

interface Fixtures {
  /** Puts the script into the page's top document. */
  script: (page: Page) => Promise<PageScript>;
}
interface WorkerFixtures {
  plain: Browser;
  code: string;
  site: { origin: string; otherOrigin: string };
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  plain: [
    async ({}, use) => {
      const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  code: [async ({}, use) => use(await bundle()), { scope: 'worker' }],
  site: [
    async ({}, use) => {
      const site = await startSampleSite();
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ plain }, use) => {
    const page = await plain.newPage();
    await use(page);
    await page.close();
  },
  script: async ({ code }, use) => use((page) => PageScript.into(page, code)),
});
export { expect };
