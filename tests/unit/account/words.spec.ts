/** How it stands with the account, in words: texts stand for themselves here, without a table of them. */
import { expect, test } from '@playwright/test';
import type { AccountState } from '../../../extension/shared/account.ts';
import { hostOf, looksLikeEmail } from '../../../extension/ui/account/address.ts';
import { syncWords } from '../../../extension/ui/account/state-words.ts';

const fine: AccountState = {
  server: 'https://sesame.example:8443',
  email: 'alice@example.org',
  gen: '0'.repeat(32),
  fingerprint: 'AAAA-AAAA',
  mode: 'auto',
  state: 'ok',
  reason: null,
  lastSyncAt: 1,
  waiting: 0,
  syncing: false,
  problem: null,
  retryAt: null,
  passwordBehind: false,
  reset: null,
  emailPending: false,
  undoPossible: false,
  deleteAt: null,
  others: [],
};
const words = (change: Partial<AccountState>) => syncWords({ ...fine, ...change });

test('what needs somebody is said before what runs by itself', () => {
  const busy = { waiting: 3, syncing: true, problem: 'offline' } as const;
  expect(words({ ...busy, state: 'suspended', reason: 'fork' })).toEqual({ text: 'sync_suspended', warn: true });
  expect(words({ ...busy, state: 'signed-out' })).toEqual({ text: 'sync_signed_out', warn: true });
  expect(words({ ...busy, state: 'reset-elsewhere' })).toEqual({ text: 'sync_reset', warn: true });
  expect(words(busy)).toEqual({ text: 'sync_running', warn: false });
});

test('a change that waits is counted, also while the server is away', () => {
  expect(words({ waiting: 3 })).toEqual({ text: 'sync_waiting_other', warn: false });
  expect(words({ waiting: 1 })).toEqual({ text: 'sync_waiting_one', warn: false });
  expect(words({ waiting: 1, problem: 'offline' })).toEqual({ text: 'sync_offline', more: 'sync_waiting_one', warn: true });
  expect(words({ problem: 'over-quota', waiting: 2 })).toEqual({ text: 'sync_full', more: 'sync_waiting_other', warn: true });
});

test('each trouble has its words', () => {
  const said = (['offline', 'server', 'slow-down', 'storage', 'over-quota', 'update'] as const).map((problem) => words({ problem }));
  expect(new Set(said.map(({ text }) => text)).size).toBe(6);
  expect(said.every(({ warn }) => warn)).toBe(true);
  expect(words({ problem: 'slow-down', retryAt: 5 }).text).toBe('sync_slow_until');
});

test('all is well: quiet', () => {
  expect(words({})).toEqual({ text: 'sync_done', warn: false });
  expect(words({ lastSyncAt: null })).toEqual({ text: 'sync_never', warn: false });
});

test('a server by the name that a person would say', () => {
  expect(hostOf('https://sesame.example')).toBe('sesame.example');
  expect(hostOf('http://localhost:8484')).toBe('localhost:8484');
  expect(hostOf('nothing')).toBe('nothing');
});

test('only what is surely no address is refused before the server is asked', () => {
  for (const good of ['a@b', 'alice@example.org', ' alice+x@sub.example.org ']) expect(looksLikeEmail(good), good).toBe(true);
  for (const bad of ['', 'alice', '@example.org', 'alice@', 'a b@example.org', 'a@b@c', 'a@b,c@d', '<a@b>']) {
    expect(looksLikeEmail(bad), bad).toBe(false);
  }
});
