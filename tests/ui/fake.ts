/**
 * A background of make-believe, so that every screen can be drawn and looked at without a vault. Put in
 * the place of shared/rpc.ts by tests/ui/serve.mjs; nothing that ships imports it.
 */
import type { AccountState } from '../../extension/shared/account.ts';
import type { FillRefusal, ItemSummary, LockedView, OpenView, Status, UiApi, UiEvent } from '../../extension/shared/api.ts';
import { type ErrorCode, SesameError } from '../../extension/shared/errors.ts';
import { go, type Route, reset } from '../../extension/ui/route.ts';
import { accountAnswers } from './fake-account.ts';
import { itemEdit, items, itemView } from './fake-items.ts';
import { account, elsewhere, resetAnswers } from './fake-reset.ts';

interface Scene {
  state: Status['state'];
  theme: Status['prefs']['theme'];
  language: Status['prefs']['language'];
  passkeys: number;
  problem: LockedView['passkeys'][number]['lastProblem'];
  practice: boolean;
  damage: boolean;
  proved: number;
  count: number;
  unlock: ErrorCode | null;
  /** How filling ends, after any confirmation. */
  fill: 'filled' | 'confirm' | 'confirm-frame' | FillRefusal;
  /** A sign-in that waits to be saved. */
  waiting: 'new' | 'update' | null;
  routes: Route[];
  /** The account that the vault belongs to, with what is special about it. */
  account: Partial<AccountState> | 'reset' | null;
}

const scene: Scene = {
  state: 'unlocked',
  theme: 'light',
  language: 'en',
  passkeys: 1,
  problem: null,
  practice: false,
  damage: false,
  proved: 2,
  count: 12,
  unlock: 'wrong-secret',
  fill: 'filled',
  waiting: null,
  routes: [],
  account: null,
  ...(JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}') as Partial<Scene>),
};

const day = 86_400_000;
const now = Date.now();
const CODE = '7KQ2-M9DX-4TVA-0HRN-ZB8E-1WGS-P6JC-3FY5';
const listeners = new Set<(event: UiEvent) => void>();
let state = scene.state;

const locked = (): LockedView => ({
  vaultName: scene.language === 'it' ? 'La mia cassaforte' : 'My vault',
  createdAt: now - 300 * day,
  hasHint: true,
  passwordSetAt: now - 120 * day,
  passwordSlots: [{ slotId: '00'.repeat(16), kdfId: 1, salt: 'A'.repeat(43) }],
  retired: [{ index: 0, kdfId: 1, salt: 'B'.repeat(43), replacedAt: Date.UTC(2026, 2, 3) }],
  passkeys: Array.from({ length: scene.passkeys }, (_, n) => ({
    slotId: `${n}1`.repeat(16),
    credentialId: 'AAAA',
    salt: 'C'.repeat(43),
    synced: n > 0,
    backupEligible: n > 0,
    usedHere: true,
    lastUsedAt: now - 3 * day,
    lastProblem: scene.problem,
  })),
  recovery: { exists: true, confirmed: scene.proved > 1, createdAt: now - 120 * day },
  damage: scene.damage
    ? [
        { part: 'index', repair: 'rebuild' },
        { part: 'item', repair: 'none' },
      ]
    : [],
});

const open = (): OpenView => ({
  itemCount: scene.count,
  binCount: 2,
  lockAfter: 15,
  practiceDue: scene.practice,
  openedBy: 'passkey',
  freshUntil: now + 60_000,
  damage: scene.damage ? [{ part: 'item', title: 'Library card', repair: 'none' }] : [],
  waysBack: {
    password: { setAt: now - 120 * day, lastProvedAt: now - 5 * day },
    recovery: { exists: true, confirmed: scene.proved > 1, lastProvedAt: scene.proved > 1 ? now - 120 * day : null },
    passkeys: Array.from({ length: scene.passkeys }, (_, n) => ({
      slotId: `${n}1`.repeat(16),
      name: n === 0 ? 'This Linux device' : 'Phone',
      addedAt: now - 90 * day,
      lastUsedAt: now - n * day,
      backupEligible: n > 0,
      synced: n > 0,
      usedHere: n === 0,
    })),
    backup: { lastSavedAt: scene.proved > 1 ? now - 9 * day : null },
    provedCount: scene.proved,
  },
});

const rows = (): ItemSummary[] => items(scene.count);
const clears = () => ({ clearsAt: Date.now() + 30_000 });
const fail = (code: ErrorCode): never => {
  throw new SesameError(code);
};
const drafts = new Map<string, string>();

const answers: { [K in keyof UiApi]?: (input: never) => ReturnType<UiApi[K]> } = {
  status: () => ({
    state,
    locked: state === 'absent' ? null : locked(),
    open: state === 'unlocked' ? open() : null,
    prefs: { theme: scene.theme, language: scene.language },
    tab: { id: 1, origin: 'https://github.com', host: 'github.com' },
    intent: null,
    account: scene.account && account(scene.account === 'reset' ? elsewhere : scene.account),
  }),
  hint: () => 'What we had for breakfast at the old house',
  unlock: () => (scene.unlock ? fail(scene.unlock) : { openedBy: 'password', newRecoveryCode: null, hiddenDamage: 0 }),
  wasReplaced: () => true,
  createVault: () => {
    state = 'unlocked';
    return { recoveryCode: CODE };
  },
  confirmRecoveryCode: ({ group, text }: { group: number; text: string }) => ({
    confirmed: CODE.split('-')[group - 1] === text.toUpperCase(),
  }),
  newRecoveryCode: () => ({ recoveryCode: CODE }),
  practice: () => ({ right: false, misses: 2 }),
  list: (query: Parameters<UiApi['list']>[0]) => {
    const all = rows().filter(
      (row) =>
        (query.kind === undefined || row.kind === query.kind) &&
        `${row.name} ${row.detail}`.toLowerCase().includes(query.text.toLowerCase()),
    );
    const wanted = query.in === 'bin' ? all.slice(0, 2).map((row) => ({ ...row, deletedAt: now - 4 * day })) : all;
    return { total: wanted.length, offset: query.offset, rows: wanted.slice(query.offset, query.offset + query.limit) };
  },
  forThisSite: () => ({ tabId: 1, origin: 'https://github.com', host: 'github.com', rows: rows().slice(0, 1) }),
  item: ({ id }: { id: string }) => itemView(id, now),
  edit: ({ id }: { id: string }) => itemEdit(id),
  save: () => ({ id: 'a0' }),
  reveal: () => 'oD4!kel-8mR0',
  totp: () => ({ code: '492817', periodSeconds: 30, expiresAt: Math.ceil(Date.now() / 30_000) * 30_000, next: '118204' }),
  copy: clears,
  copyText: clears,
  tags: () => ['work', 'family'],
  emptyBin: () => ({ deleted: 2 }),
  generate: (options: Parameters<UiApi['generate']>[0]) =>
    options.mode === 'passphrase'
      ? { value: 'toasted-lantern-quilt-harbor-7-meadow', entropyBits: 68 }
      : { value: 'tR7$wq0O-1lIxZ9!eHk2', entropyBits: 128 },
  generatorHistory: () => [{ value: 'oD4!kel-8mR0', at: now - day }],
  audit: () => ({
    checked: 42,
    reused: [{ ids: ['a0', 'a1'], count: 2 }],
    old: ['a2'],
    missingPassword: [],
    insecureAddress: ['a3'],
    cards: [],
  }),
  settings: () => ({
    lockAfter: 15,
    vaultName: 'My vault',
    hint: 'breakfast',
    filling: {
      icon: true,
      copyCode: false,
      equivalents: [['garden.example', 'seeds.example']],
      builtInOff: [],
      never: ['https://intranet.example'],
    },
  }),
  builtinEquivalents: () => [
    ['example.com', 'example.net'],
    ['lantern.example', 'lantern-pay.example'],
  ],
  waitingCapture: () =>
    scene.waiting && {
      id: 'c0',
      verdict: scene.waiting,
      origin: 'https://github.com',
      host: 'github.com',
      name: 'GitHub',
      username: 'alice@example.org',
      generated: false,
      candidates: scene.waiting === 'update' ? rows().slice(0, 2) : [],
      itemId: scene.waiting === 'update' ? 'a0' : null,
    },
  httpAuth: () => ({
    id: 'h0',
    origin: 'https://wiki.example.org',
    host: 'wiki.example.org',
    realm: 'Staff only',
    rows: rows().slice(0, 2),
  }),
  answerHttpAuth: () => ({ sent: true }),
  describePage: () => ({
    host: 'github.com',
    text: `page: language “en”, path /*, title means Login, headings mean Login
form 1: login
    called “panel”; headings mean Login; links mean Password Forgot
    sends: “Sign in” called “”
    login +7.5 words: sign in
  field 1: username
    input text, name “login”, label “User name”
    username +9.0 autocomplete username
  field 2: current-password
    input password, name “password”, label “Password”
    current-password +9.0 autocomplete current-password`,
  }),
  saveDraft: ({ form, value }: { form: string; value: string }) => void drafts.set(form, value),
  loadDraft: ({ form }: { form: string }) => drafts.get(form) ?? null,
  dropDraft: ({ form }: { form: string }) => void drafts.delete(form),
  readBackup: () => ({
    handle: 'h',
    vaultName: 'My vault',
    savedAt: now - 40 * day,
    itemCount: 212,
    passwordSetAt: Date.UTC(2026, 2, 3),
    hint: 'Breakfast at the old house',
    passwordSlots: [],
    recovery: true,
    recoveryCreatedAt: Date.UTC(2026, 0, 12),
    passkeys: [],
    sameVault: false,
  }),
  saveBackup: () => ({ fileName: 'vault.sesame', file: 'AAAA' }),
  saveSealedCopy: () => ({ fileName: 'vault.sesame', file: 'AAAA' }),
  fill: ({ confirm }: Parameters<UiApi['fill']>[0]) => {
    const origin = 'https://github.com';
    if (scene.fill === 'filled' || confirm) return { result: 'filled', fields: 2 };
    if (scene.fill === 'confirm')
      return { result: 'confirm', reason: 'action-elsewhere', origin, target: 'https://login.collector.example' };
    if (scene.fill === 'confirm-frame')
      return { result: 'confirm', reason: 'cross-origin-frame', origin: 'https://pay.example', target: `https://pay.example ${origin}` };
    return { result: 'refused', reason: scene.fill, origin };
  },
  ...accountAnswers,
  ...resetAnswers,
  repair: () => ({ repaired: [], left: [] }),
};

export const ui = new Proxy({} as never, {
  get: (_, call: string) => async (input: unknown) => {
    const answer = answers[call as keyof UiApi] as ((input: unknown) => unknown) | undefined;
    return structuredClone(answer?.(input) ?? null);
  },
});

export function onEvent(listener: (event: UiEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// The first screen is the product's own; a scene may then lead deeper.
const wait = setInterval(() => {
  if (!document.querySelector('.screen')) return;
  clearInterval(wait);
  const [first, ...rest] = scene.routes;
  if (first && state === 'absent') go(first);
  else if (first) reset({ name: state === 'unlocked' ? 'list' : 'locked' }, first, ...rest);
  document.documentElement.dataset['ready'] = '';
}, 10);
