/** What the make-believe background says of resets and sealed vaults. */
import type { AccountState, SealedView } from '../../extension/shared/account.ts';
import type { BackupInfo, UiApi } from '../../extension/shared/api.ts';

const day = 86_400_000;
const now = Date.now();

export const account = (more: Partial<AccountState>): AccountState => ({
  server: 'https://account.sesame.example',
  email: 'alice@example.org',
  gen: '0a'.repeat(16),
  fingerprint: '7KQ2-M9DX',
  mode: 'auto',
  state: 'ok',
  reason: null,
  lastSyncAt: now - 2 * 60_000,
  waiting: 0,
  syncing: false,
  problem: null,
  retryAt: null,
  passwordBehind: false,
  reset: null,
  emailPending: false,
  undoPossible: false,
  deleteAt: null,
  others: [
    { name: 'Work laptop', lastUsedAt: now - day },
    { name: 'Phone', lastUsedAt: now - 12 * day },
  ],
  ...more,
});

/** The account was reset from another browser, three days ago. */
export const elsewhere: Partial<AccountState> = {
  state: 'reset-elsewhere',
  reset: { at: now - 3 * day, undoUntil: now + 11 * day, eraseAt: now + 87 * day },
};

const sealed: SealedView[] = [
  {
    id: 's0',
    where: 'account',
    gen: '0b'.repeat(16),
    at: now - 3 * day,
    eraseAt: now + 87 * day,
    undoUntil: now + 11 * day,
    items: 212,
    fingerprint: '4TVA-0HRN',
  },
  {
    id: 's1',
    where: 'account',
    gen: '0c'.repeat(16),
    at: now - 80 * day,
    eraseAt: now + 5 * day,
    undoUntil: null,
    items: 3,
    fingerprint: '',
  },
  {
    id: 's2',
    where: 'browser',
    gen: '0b'.repeat(16),
    at: now - 3 * day,
    eraseAt: null,
    undoUntil: now + 11 * day,
    items: null,
    fingerprint: '',
  },
];

const file = (): BackupInfo => ({
  handle: 'h',
  vaultName: 'My vault',
  savedAt: now - 3 * day,
  itemCount: 212,
  passwordSetAt: Date.UTC(2026, 2, 3),
  hint: 'Breakfast at the old house',
  passwordSlots: [{ slotId: '00'.repeat(16), kdfId: 1, salt: 'A'.repeat(43) }],
  recovery: true,
  recoveryCreatedAt: Date.UTC(2026, 0, 12),
  passkeys: [],
  sameVault: false,
});

export const resetAnswers: { [K in keyof UiApi]?: (input: never) => ReturnType<UiApi[K]> } = {
  signInStart: () => ({ loginId: 'AAAA', credId: 'AAAA', ke2: 'AAAA', pinned: null }),
  requestReset: () => ({ sealedCopy: 'kept' }),
  pendingReset: () => ({ server: 'https://account.sesame.example', token: 'A'.repeat(52), asked: null }),
  resetStart: ({ token }: { token: string }) => ({
    credId: 'AAAA',
    response: 'AAAA',
    email: token.startsWith('A') ? 'alice@example.org' : 'mallory@example.net',
    undoDays: 14,
    sealedDays: 90,
  }),
  sealedVaults: () => sealed,
  openSealed: file,
  fetchSealed: file,
  sealedProveStart: () => ({ loginId: 'AAAA', nonce: 'AAAA', credId: 'AAAA', ke2: 'AAAA', pinned: 'AAAA' }),
  eraseSealed: () => ({ eraseAt: now + 7 * day }),
};
