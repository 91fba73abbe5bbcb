/** An account of make-believe: what a signed-in browser knows of it, and what signing in finds. */
import type { AccountInfo, SignInView } from '../../extension/shared/account.ts';
import type { UiApi } from '../../extension/shared/api.ts';

const day = 86_400_000;
const id = (digit: string): string => digit.repeat(32);

const view = (): SignInView => ({
  handle: 'h1',
  passwordSlots: [{ slotId: id('0'), kdfId: 1, salt: 'A'.repeat(43) }],
  recovery: true,
  passkeys: [],
  items: 212,
  changedAt: Date.now() - 2 * day,
  devices: 3,
  vaultFingerprint: '4TVA-0HRN',
  hasLocalVault: location.hash.includes('unlocked'),
  localOpen: location.hash.includes('unlocked'),
  sameVault: false,
});

const info = (): AccountInfo => ({
  email: 'alice@example.org',
  createdAt: Date.now() - 200 * day,
  lang: 'en',
  sealedDays: 90,
  devices: [
    { id: id('1'), name: 'Chromium · Linux', addedAt: Date.now() - 200 * day, lastUsedAt: Date.now() - 120_000, current: true },
    { id: id('2'), name: 'Firefox in the kitchen', addedAt: Date.now() - 90 * day, lastUsedAt: Date.now() - 3 * day, current: false },
    { id: id('3'), name: '', addedAt: Date.now() - 400 * day, lastUsedAt: Date.now() - 160 * day, current: false },
  ],
  pendingEmail: null,
  deleteAt: null,
});

export const accountAnswers: { [K in keyof UiApi]?: (input: never) => ReturnType<UiApi[K]> } = {
  accountInfo: info,
  signInStart: () => ({ loginId: 'AA', credId: 'AA', ke2: 'AA', pinned: null }),
  signInFinish: view,
  recoverSignIn: view,
  signInLook: () => ({ changedAt: Date.now() - 2 * day, deviceNames: ['Chromium · Linux', 'Firefox in the kitchen'] }),
  passwordStart: () => ({ credId: 'AA', response: 'AA', pinned: 'AA' }),
};
