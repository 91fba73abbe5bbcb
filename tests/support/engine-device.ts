/**
 * A browser of Sesame's without the browser: the built engine and the built password room, the background's
 * own rounds and its own door to the server, on a disk of maps. What the product adds to it is Chrome.
 */
import { readFileSync } from 'node:fs';
import { Engine, initSync } from '../../build/wasm/engine/engine.js';
import type { AccountEngine } from '../../extension/background/account/desk.ts';
import type { AccountView, SyncReport } from '../../extension/background/account/engine-api.ts';
import { round, type Turn } from '../../extension/background/account/round.ts';
import { isDue } from '../../extension/background/account/schedule.ts';
import { AccountSession, type Held } from '../../extension/background/account/session.ts';
import { asking, type Path } from '../../extension/background/server/ask.ts';
import type { Rows, Writes } from '../../extension/background/storage.ts';
import type { ItemEdit, ListPage } from '../../extension/shared/api.ts';
import { fromB64, toB64 } from '../../extension/shared/bytes.ts';
import { Disk } from './disk.ts';
import { Flow, SALT, utf8 } from './password.ts';
import type { TestServer } from './server.ts';

initSync({ module: readFileSync('build/wasm/engine/engine_bg.wasm') });

const PASSWORD = utf8('toasted seeds on warm bread');
/** What the password's room would have made of it for the vault's own slot: the engine can't tell the difference. */
const KEY = Buffer.alloc(32, 7);

const ask = asking((url, init) => fetch(url, init));

interface Joined {
  session: Uint8Array;
  credId: Uint8Array;
  serverKey: Uint8Array;
}

export class Device {
  engine: AccountEngine = new Engine() as AccountEngine;
  readonly disk = new Disk();
  private held: Held | null = null;
  private readonly session: AccountSession<AccountEngine>;

  constructor(
    readonly server: TestServer,
    readonly email: string,
  ) {
    this.session = new AccountSession({
      step: (job) => this.step(job),
      ask,
      account: async () => ({ server: this.view.server, gen: this.view.generation }),
      recall: async () => this.held,
      keep: async (held) => {
        this.held = held;
      },
      opened: async () => undefined,
      now: () => Date.now(),
    });
  }

  get view(): AccountView {
    return JSON.parse(this.engine.accountView() ?? '') as AccountView;
  }

  private turn(): Turn<AccountEngine> {
    return { engine: this.engine, bases: async () => this.disk.store('bases'), commit: async (writes) => this.disk.apply(writes) };
  }

  async step<T>(job: (turn: Turn<AccountEngine>) => T | Promise<T>): Promise<T> {
    return job(this.turn());
  }

  /** A vault here, and an account for it. */
  async signUp(): Promise<this> {
    const input = JSON.stringify({ vaultName: 'Test vault', hint: '', kdfId: 1, salt: SALT });
    this.disk.apply((this.engine.create(input, KEY) as { writes: Writes }).writes);
    await this.plain('register/begin', 'registerBegin', { email: this.email, lang: 'en' });
    const code = await this.server.codeFor(this.email);
    const flow = new Flow(PASSWORD);
    const request = toB64(flow.registerStart());
    const started = await this.hear<{ credId: string; response: string }>(
      'registerStarted',
      await this.plain('register/start', 'registerStart', { email: this.email, code, request }),
    );
    const credId = fromB64(started.credId);
    const { message, serverKey } = flow.registerFinish(fromB64(started.response), credId, this.server.origin);
    const body = this.engine.registerBody(JSON.stringify({ email: this.email, code, lang: 'en', hint: 'none of use' }), message);
    const session = await ask(this.server.origin, 'register/finish', body);
    this.disk.apply(this.engine.attach(this.attachment('first'), session, credId, serverKey));
    return this;
  }

  /** The account's vault, in a browser that has none. */
  async signIn(name = 'second'): Promise<this> {
    const { session, credId, serverKey } = await this.login();
    const token = (await this.hear<{ token: string }>('session', session)).token;
    let next: Uint8Array | undefined = this.engine.joinPullBody(session);
    next = this.engine.joinPulled(await ask(this.server.origin, 'v/pull', next, token));
    while (next) next = this.engine.joinRows(await ask(this.server.origin, 'v/rows', next, token));
    const [slot] = (JSON.parse(this.engine.accountPreview()) as { passwordSlots: { slotId: string }[] }).passwordSlots;
    const opened = this.engine.unlockPassword(slot?.slotId ?? '', KEY) as Writes;
    this.disk.apply([...opened, ...(this.engine.adopt() as typeof opened)]);
    this.disk.apply(this.engine.attachJoined(this.attachment(name), session, credId, serverKey));
    return this;
  }

  /** OPAQUE with the server; a new device is registered with it. */
  async login(): Promise<Joined> {
    const flow = new Flow(PASSWORD);
    const ke1 = toB64(flow.loginStart());
    const started = await this.hear<{ loginId: string; credId: string; ke2: string }>(
      'loginStarted',
      await this.plain('login/start', 'loginStart', { email: this.email, ke1 }),
    );
    const credId = fromB64(started.credId);
    const { message, serverKey } = flow.loginFinish(fromB64(started.ke2), credId, this.server.origin, undefined);
    const device = toB64(this.engine.newDevice());
    const session = await this.plain('login/finish', 'loginFinish', { loginId: started.loginId, ke3: toB64(message), device });
    return { session, credId, serverKey };
  }

  /** A new beginning, by the link of a mail, in a browser that has no vault. */
  async reset(link: string): Promise<this> {
    const flow = new Flow(PASSWORD);
    const code = new URL(link).hash.slice('#t='.length);
    const started = await this.hear<{ account: string; credId: string; response: string }>(
      'resetStarted',
      await this.plain('reset/start', 'resetStart', { token: code, request: toB64(flow.registerStart()) }),
    );
    const credId = fromB64(started.credId);
    const { message, serverKey } = flow.registerFinish(fromB64(started.response), credId, this.server.origin);
    const input = JSON.stringify({ account: started.account, vaultName: 'Test vault', hint: '', kdfId: 1, salt: SALT });
    const made = this.engine.newGeneration(input, KEY).writes;
    const session = await ask(this.server.origin, 'reset/finish', this.engine.resetBody(Engine.resetToken(code), message, ''));
    this.disk.apply(made);
    this.disk.apply(this.engine.attach(this.attachment('reset'), session, credId, serverKey));
    return this;
  }

  /** What anybody may ask for who names an address. */
  async mailed(what: 'hint' | 'reset'): Promise<void> {
    const whom = { email: this.email, lang: 'en' };
    await (what === 'hint' ? this.plain('hint/send', 'hintSend', whom) : this.plain('reset/request', 'resetRequest', whom));
  }

  private attachment(deviceName: string): string {
    return JSON.stringify({ origin: this.server.origin, email: this.email, mode: 'auto', deviceName });
  }

  private plain(path: Path, name: string, fields: object): Promise<Uint8Array> {
    return ask(this.server.origin, path, Engine.say(name, JSON.stringify(fields)));
  }

  private async hear<T>(name: string, answer: Uint8Array): Promise<T> {
    return JSON.parse(Engine.hear(name, answer)) as T;
  }

  sync(): Promise<SyncReport> {
    return round({
      step: (job) => this.step(job),
      ask: (path, body, fresh) => this.session.ask(path, body, fresh),
      items: async (ids) => this.disk.some('items', ids),
      waitingPassword: async () => null,
      passwordTaken: async () => undefined,
    });
  }

  /** What a person decides when sync has stopped. */
  resolve(how: 'retry' | 'merge' | 'push'): void {
    this.disk.apply(this.engine.resolveSuspended(how));
  }

  /** What no person asked for: an edit, a timer, an unlock, an opened popup. Whether anything was done at all. */
  async syncByItself(): Promise<boolean> {
    let due = false;
    for (const occasion of ['edit', 'timer', 'unlock', 'popup'] as const) {
      if (!isDue(occasion, this.view, null, 0, Date.now())) continue;
      due = true;
      await this.sync();
    }
    return due;
  }

  /** The browser is started again: only what is on the disk, or on this copy of it, is left. */
  restart(copy?: Map<string, Rows>): void {
    if (copy) this.disk.restore(copy);
    const secret = this.engine.sessionSecret();
    const state = this.engine.sessionState();
    this.engine = new Engine() as AccountEngine;
    this.engine.load(this.disk.store('vault'), this.disk.store('shards'));
    this.engine.resume(secret, state);
  }

  save(edit: ItemEdit): string {
    const row = edit.id === '' ? undefined : this.disk.store('items').get(edit.id);
    const { writes, id } = this.engine.save(JSON.stringify(edit), row) as { writes: Writes; id: string };
    this.disk.apply(writes);
    return id;
  }

  remove(id: string): void {
    this.disk.apply(this.engine.deleteForever(id) as Writes);
  }

  edit(id: string): ItemEdit {
    return JSON.parse(this.engine.itemEdit(id, this.disk.store('items').get(id) ?? new Uint8Array(0))) as ItemEdit;
  }

  /** Every item, as a person would type it in: what two browsers that agree have in common. */
  get items(): ItemEdit[] {
    const { rows } = JSON.parse(this.engine.list(JSON.stringify({ text: '', in: 'items', offset: 0, limit: 10_000 }))) as ListPage;
    return rows.map(({ id }) => this.edit(id)).sort((a, b) => a.id.localeCompare(b.id));
  }

  get names(): string[] {
    return this.items.map(({ name }) => name).sort();
  }

  get waiting(): number {
    return this.disk.store('bases').size;
  }
}
