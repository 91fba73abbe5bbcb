/** A Firefox of its own, with a fresh profile and the extension exactly as it ships, and its tabs. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../e2e/support/cdp.ts';
import { Bidi } from './bidi.ts';

const DIST = resolve(import.meta.dirname, '../..', process.env['SESAME_FIREFOX_DIST'] ?? 'dist/firefox');
/** Firefox draws this at random for each profile; a fixed one gives the pages an address. */
const UUID = '6f5e4d3c-2b1a-4987-8765-43210fedcba9';

const PREFS: Record<string, boolean | number | string> = {
  'extensions.webextensions.uuids': JSON.stringify({ 'sesame@password-manager': UUID }),
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'signon.rememberSignons': false,
  'intl.locale.requested': 'en-US',
};

export interface Firefox {
  bidi: Bidi;
  /** moz-extension://.../ of a file of the extension. */
  url(path: string): string;
  open(url: string): Promise<Tab>;
  tabs(): Promise<{ context: string; url: string }[]>;
  close(): Promise<void>;
}

export async function launchFirefox(): Promise<Firefox> {
  if (!existsSync(join(DIST, 'manifest.json'))) throw new Error('dist/firefox is not there: run ./build.sh build first');
  const profile = await mkdtemp(join(tmpdir(), 'sesame-firefox-'));
  const lines = Object.entries(PREFS).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const child = spawn(
    process.env['FIREFOX'] ?? 'firefox-esr',
    // System access is what lets a test open a page of an extension by its address.
    ['--headless', '--no-remote', '--profile', profile, '--remote-allow-system-access', '--remote-debugging-port', '0', 'about:blank'],
    { env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const close = async (): Promise<void> => {
    child.kill();
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const address = await until('Firefox to listen', async () => /BiDi listening on (ws:\S+)/.exec(said)?.[1], 30_000);
    const bidi = await Bidi.connect(address);
    await bidi.send('webExtension.install', { extensionData: { type: 'path', path: DIST } });
    return {
      bidi,
      url: (path) => `moz-extension://${UUID}/${path}`,
      open: async (url) => {
        const { context } = await bidi.send<{ context: string }>('browsingContext.create', { type: 'tab' });
        const tab = new Tab(bidi, context);
        await tab.goto(url);
        return tab;
      },
      tabs: async () => (await bidi.send<{ contexts: { context: string; url: string }[] }>('browsingContext.getTree')).contexts,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Node {
  sharedId: string;
  value?: { localName?: string };
}

/** A tab, or a frame of one. */
export class Tab {
  readonly bidi: Bidi;
  readonly context: string;

  constructor(bidi: Bidi, context: string) {
    this.bidi = bidi;
    this.context = context;
  }

  goto(url: string): Promise<unknown> {
    return this.bidi.send('browsingContext.navigate', { context: this.context, url, wait: 'complete' });
  }

  activate(): Promise<unknown> {
    return this.bidi.send('browsingContext.activate', { context: this.context });
  }

  /** The value of an expression, which goes over as JSON. */
  async evaluate<T>(expression: string): Promise<T> {
    const answer = await this.bidi.send<{ type: string; result?: { value?: string }; exceptionDetails?: { text: string } }>(
      'script.evaluate',
      {
        expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
        target: { context: this.context },
        awaitPromise: true,
        userActivation: true,
      },
    );
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text ?? 'the page threw');
    return JSON.parse(answer.result?.value ?? 'null') as T;
  }

  /** Waits for the one element of this role and name, as a screen reader finds it. */
  byRole(role: string, name: string): Promise<Node> {
    return this.find({ type: 'accessibility', value: { role, name } }, `${role} "${name}"`);
  }

  /** Password fields have no role of their own in Firefox: found by name alone. */
  byLabel(name: string): Promise<Node> {
    return this.find({ type: 'accessibility', value: { name } }, `field "${name}"`, 'input');
  }

  bySelector(selector: string): Promise<Node> {
    return this.find({ type: 'css', value: selector }, selector);
  }

  private find(locator: object, what: string, localName?: string): Promise<Node> {
    return until(what, async () => {
      const { nodes } = await this.bidi.send<{ nodes: Node[] }>('browsingContext.locateNodes', { context: this.context, locator });
      return nodes.find(({ value }) => localName === undefined || value?.localName === localName);
    });
  }

  /** A trusted click, in the middle of it or `dx` px to the side. The pointer reaches only what is in sight. */
  async click(node: Node, dx = 0): Promise<void> {
    await this.bidi.send('script.callFunction', {
      functionDeclaration: "(node) => node.scrollIntoView({ block: 'nearest', behavior: 'instant' })",
      arguments: [{ sharedId: node.sharedId }],
      target: { context: this.context },
      awaitPromise: false,
    });
    const origin = { type: 'element', element: { sharedId: node.sharedId } };
    await this.act('pointer', [
      { type: 'pointerMove', x: dx, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]);
  }

  async type(text: string): Promise<void> {
    const keys = [...text].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await this.act('key', keys);
  }

  private act(type: 'pointer' | 'key', actions: object[]): Promise<unknown> {
    return this.bidi.send('input.performActions', { context: this.context, actions: [{ type, id: type, actions }] });
  }

  /** The frames of this tab, of whatever origin, closed shadow roots or not. */
  async frames(): Promise<{ context: string; url: string }[]> {
    interface Tree {
      context: string;
      url: string;
      children: Tree[];
    }
    const { contexts } = await this.bidi.send<{ contexts: Tree[] }>('browsingContext.getTree', { root: this.context });
    const all = (trees: Tree[]): Tree[] => trees.flatMap((tree) => [tree, ...all(tree.children)]);
    return all(contexts[0]?.children ?? []);
  }
}
