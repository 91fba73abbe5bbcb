/**
 * Copying, and taking back what was copied 30 s later if it is still there (S-97). The mark that tells
 * whether it is, a keyed hash and not the text, is kept in session memory: the alarm may wake a new worker.
 */
import type { TimeMs } from '../shared/api.ts';
import { fromB64, toB64, utf8, wipe } from '../shared/bytes.ts';
import { SesameError } from '../shared/errors.ts';
import type { OffscreenAnswer, OffscreenRequest } from '../shared/messages.ts';
import { Turns } from './turns.ts';

export const CLIPBOARD_ALARM = 'clipboard';
const CLEAR_AFTER_MS = 30_000;

export interface Mark {
  key: string;
  mac: string;
}

async function mac(key: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  const hmac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const bytes = utf8(text);
  const signed = await crypto.subtle.sign('HMAC', hmac, bytes);
  wipe(bytes);
  return toB64(new Uint8Array(signed));
}

const orders = new Turns();

/** One order at a time: the offscreen document is made for each and closed after it, with all it held. */
function order(request: OffscreenRequest): Promise<OffscreenAnswer> {
  return orders.take(async () => {
    if (chrome.offscreen === undefined) return direct(request);
    try {
      if (!(await chrome.offscreen.hasDocument())) {
        await chrome.offscreen.createDocument({
          url: 'offscreen.html',
          reasons: ['CLIPBOARD' as chrome.offscreen.Reason],
          justification: 'Copies a password or user name, and clears it from the clipboard after 30 seconds.',
        });
      }
      return await chrome.runtime.sendMessage<OffscreenRequest, OffscreenAnswer>(request);
    } finally {
      await chrome.offscreen.closeDocument().catch(() => undefined);
    }
  });
}

/** Firefox's background is a document and may use the clipboard itself. */
async function direct(request: OffscreenRequest): Promise<OffscreenAnswer> {
  if (request.order === 'read') return { done: true, text: await navigator.clipboard.readText() };
  await navigator.clipboard.writeText(request.text);
  return { done: true, text: '' };
}

export async function copy(text: string): Promise<{ clearsAt: TimeMs }> {
  const key = crypto.getRandomValues(new Uint8Array(32));
  // The mark first: should the worker die between the two, the text would otherwise stay for ever.
  const mark: Mark = { key: toB64(key), mac: await mac(key, text) };
  await chrome.storage.session.set({ clipboard: mark });
  const clearsAt = Date.now() + CLEAR_AFTER_MS;
  await chrome.alarms.create(CLIPBOARD_ALARM, { when: clearsAt });
  const answer = await order({ to: 'offscreen', order: 'write', text });
  if (!answer?.done) throw new SesameError('internal');
  return { clearsAt };
}

/** The mark of what was copied last; whoever takes it clears. */
export async function takeMark(): Promise<Mark | null> {
  const mark = (await chrome.storage.session.get('clipboard'))['clipboard'] as Mark | undefined;
  if (!mark) return null;
  await chrome.storage.session.remove('clipboard');
  return mark;
}

/** Empties the clipboard if it still holds what we put there; whatever came later is left alone. */
export async function clearIfOurs(mark: Mark | null): Promise<void> {
  if (!mark) return;
  await chrome.alarms.clear(CLIPBOARD_ALARM);
  const now = await order({ to: 'offscreen', order: 'read' });
  if (!now?.done || (await mac(fromB64(mark.key), now.text)) !== mark.mac) return;
  await order({ to: 'offscreen', order: 'write', text: '' });
}
