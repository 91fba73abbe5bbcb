/**
 * The door for Sesame's own pages, and for nobody else (S-89): the sender is taken from the browser,
 * the call from a fixed table, the input through a check. Failures leave as codes (S-103).
 */
import type { UiApi } from '../shared/api.ts';
import { SesameError } from '../shared/errors.ts';
import type { UiAnswer } from '../shared/messages.ts';
import { toError } from './actor.ts';
import { recallSession, touch } from './autolock.ts';
import { warm } from './engine.ts';
import { type Caller, callerOf } from './sender.ts';
import { members } from './ui/account.ts';
import { backups } from './ui/backup.ts';
import { capturing } from './ui/capture.ts';
import type { Handlers } from './ui/desk.ts';
import { drafts } from './ui/drafts.ts';
import { filling } from './ui/fill.ts';
import { httpAuth } from './ui/http-auth.ts';
import { intents } from './ui/intents.ts';
import { items, making } from './ui/items.ts';
import { joiningCalls } from './ui/joining.ts';
import { report } from './ui/report.ts';
import { resetting } from './ui/resetting.ts';
import { sealedVaults } from './ui/sealed.ts';
import { status } from './ui/status.ts';
import { unlocking } from './ui/unlock.ts';
import { ways } from './ui/ways.ts';

const table: Handlers = {
  ...status,
  ...unlocking,
  ...ways,
  ...items,
  ...making,
  ...filling,
  ...httpAuth,
  ...report,
  ...capturing,
  ...drafts,
  ...backups,
  ...intents,
  ...joiningCalls,
  ...members,
  ...resetting,
  ...sealedVaults,
};

/** Calls that a page makes by itself, without anybody there: they don't count as use of Sesame. */
const PASSIVE: ReadonlySet<string> = new Set<keyof UiApi>([
  'status',
  'list',
  'forThisSite',
  'tags',
  'totp',
  'settings',
  'loadDraft',
  'saveDraft',
  'waitingCapture',
  'httpAuth',
  'lock',
  'pendingReset',
]);

/** True if an answer will come; undefined for messages that are not for this door. */
export function onMessage(
  message: unknown,
  sender: chrome.runtime.MessageSender,
  answer: (value: UiAnswer) => void,
  ready: Promise<unknown>,
): true | undefined {
  if (typeof message !== 'object' || message === null || (message as { to?: unknown }).to !== 'background') return;
  const caller = callerOf(sender);
  if (!caller) return;
  warm();
  ready
    .then(() => handle(message, caller))
    .then(
      (ok) => answer({ ok: ok ?? null }),
      (failure: unknown) => answer({ error: toError(failure).code }),
    );
  return true;
}

async function handle(message: object, caller: Caller): Promise<unknown> {
  const { call, input } = message as { call?: unknown; input?: unknown };
  if (typeof call !== 'string' || !Object.hasOwn(table, call)) throw new SesameError('invalid');
  if (!PASSIVE.has(call)) {
    await recallSession();
    await touch();
  }
  return table[call as keyof UiApi](input ?? null, caller);
}
