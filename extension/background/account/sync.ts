/**
 * When rounds of sync are done, one at a time, and what is known about how the last one ended. Nobody waits
 * for them: a vault without its server is a whole vault.
 */
import type { SesameError } from '../../shared/errors.ts';
import { toError } from '../actor.ts';
import { seemsUnlocked } from '../autolock.ts';
import { refreshAllBadges } from '../badge.ts';
import { tell } from '../pages.ts';
import { ask } from '../server/ask.ts';
import { Refusal } from '../server/refusal.ts';
import { readItems } from '../storage.ts';
import { changed } from '../ui/desk.ts';
import { lookAtBrowsers } from './browsers.ts';
import { accountView, step, theAccount } from './desk.ts';
import { HINT_SENT, passwordLeft, waitingHint, waitingPassword } from './outbox.ts';
import { remember, rememberDeletion, remembered, rememberFlags } from './remember.ts';
import { judged, round } from './round.ts';
import { isDue, type Occasion } from './schedule.ts';
import { AccountSession, type SessionView } from './session.ts';
import { hear, say } from './speech.ts';
import { troubleAfter } from './trouble.ts';

const SYNC_ALARM = 'account-sync';
const EVERY_MINUTES = 5;
/** Several edits in a row are one; and a worker that is stopped before still comes to it. */
const EDIT_PAUSE_MS = 2_000;
const EDIT_ALARM = 'account-edit';
const RETRY_ALARM = 'account-retry';
const ALARM_MIN_MS = 30_000;

export const session = new AccountSession({
  step,
  ask,
  account: async () => {
    const { server, generation } = await theAccount();
    return { server, gen: generation };
  },
  recall: () => remembered('accountToken'),
  keep: (held) => remember('accountToken', held),
  opened: ({ flags }) => rememberFlags(flags),
  now: () => Date.now(),
});

let running: Promise<void> | null = null;
let last = 0;

export const isSyncing = (): boolean => running !== null;

/** After this browser became one of the account's, with the session that the server opened for it. */
export async function joined(answer: Uint8Array): Promise<void> {
  await session.renew(await hear('session', answer));
  await keepSyncing();
  changed();
}

/** The same, and the first round, which nobody waits for: if it fails the state line says so. */
export async function joinedAnew(answer: Uint8Array): Promise<void> {
  await joined(answer);
  void syncNow().catch(() => undefined);
}

/** For somebody who waits for it: ends when a round that began after this call has ended. */
export async function syncNow(): Promise<void> {
  await running?.catch(() => undefined);
  await begin();
}

/** Syncs if this occasion is one for it; never throws and never keeps anybody waiting. */
export function syncOn(occasion: Occasion): void {
  void (async () => {
    if (!(await seemsUnlocked())) return void stopSyncing();
    // The round that is on may have sent what there was before this change.
    if (occasion === 'edit') await running?.catch(() => undefined);
    const [account, trouble] = await Promise.all([accountView(), remembered('accountTrouble')]);
    if (account && isDue(occasion, account, trouble, last, Date.now())) await begin();
  })().catch(() => undefined);
}

function begin(): Promise<void> {
  running ??= once().finally(() => {
    running = null;
    tell('account');
  });
  return running;
}

async function once(): Promise<void> {
  last = Date.now();
  tell('account');
  try {
    const report = await round({
      step,
      ask: (path, body, fresh) => session.ask(path, body, fresh),
      items: async (ids) => (await readItems(ids)).items,
      waitingPassword,
      passwordTaken,
    });
    await sendHint();
    await remember('accountTrouble', null);
    const { generation } = await theAccount();
    await lookAtBrowsers(generation, (path, body) => session.ask(path, body)).catch(() => undefined);
    if (report.changed) {
      tell('changed');
      await refreshAllBadges();
    }
  } catch (failure) {
    await note(toError(failure));
    throw failure;
  }
}

async function passwordTaken(answer: Uint8Array): Promise<void> {
  const view = await step(async (turn) => {
    const { engine, commit } = turn;
    const writes = await judged(turn, () => engine.passwordDone(answer));
    await commit([...writes, ...passwordLeft(engine)]);
    return JSON.parse(engine.sessionOpened(answer)) as SessionView;
  });
  await session.renew(view);
}

async function sendHint(): Promise<void> {
  const hint = await waitingHint();
  if (hint === null) return;
  await session.ask('hint', await say('setHint', { hint }), true);
  await step(async ({ engine, commit }) => {
    // Changed again while it was on its way: then it goes out once more.
    if (engine.hint() === hint) await commit(HINT_SENT);
  });
}

async function note(error: SesameError): Promise<void> {
  // A locked vault is no trouble: it goes on with the next unlock.
  if (error.code === 'locked' || error.code === 'absent' || error.code === 'no-account') return;
  if (error instanceof Refusal && error.refusal === 'deleted') await rememberDeletion(error.time);
  const trouble = troubleAfter(error, await remembered('accountTrouble'), Date.now(), Math.random());
  await remember('accountTrouble', trouble);
  if (trouble) await chrome.alarms.create(RETRY_ALARM, { when: Math.max(trouble.retryAt, Date.now() + ALARM_MIN_MS) });
}

let pause: ReturnType<typeof setTimeout> | null = null;

/** After each change of the person's. */
export function onEdit(): void {
  if (pause !== null) clearTimeout(pause);
  pause = setTimeout(() => {
    pause = null;
    void chrome.alarms.clear(EDIT_ALARM);
    syncOn('edit');
  }, EDIT_PAUSE_MS);
  void accountView().then(async (account) => {
    if (account?.mode === 'auto') await chrome.alarms.create(EDIT_ALARM, { when: Date.now() + ALARM_MIN_MS });
  });
}

/** At an unlock; the alarm outlives the worker. */
export async function keepSyncing(): Promise<void> {
  const alarm = await chrome.alarms.get(SYNC_ALARM);
  if (!alarm && (await accountView())) await chrome.alarms.create(SYNC_ALARM, { periodInMinutes: EVERY_MINUTES });
}

export const stopSyncing = (): Promise<unknown> =>
  Promise.all([SYNC_ALARM, EDIT_ALARM, RETRY_ALARM].map((name) => chrome.alarms.clear(name)));

/** Whether the alarm was one of these. */
export function onSyncAlarm(name: string): boolean {
  if (name !== SYNC_ALARM && name !== EDIT_ALARM && name !== RETRY_ALARM) return false;
  syncOn(name === EDIT_ALARM ? 'edit' : 'timer');
  return true;
}
