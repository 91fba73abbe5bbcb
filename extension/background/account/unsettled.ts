/**
 * Browsers that signing in registered at an account and that nobody has taken a vault over in yet. They are in
 * the account's list without a name, so each is taken back where nothing comes of it, by a later worker as well:
 * until then it is remembered with the token that ends it, which is good for a quarter of an hour, and not after a lock.
 */
import type { B64 } from '../../shared/api.ts';
import { fromB64 } from '../../shared/bytes.ts';
import { Refusal } from '../server/refusal.ts';
import { tellServer } from './speech.ts';

interface Registered {
  server: string;
  token: string;
  /** What signing in registered: id and key. */
  device?: B64;
}

const waiting = new Map<B64, Registered>();

const keep = (): Promise<void> => chrome.storage.session.set({ unsettled: [...waiting.values()] });

/** Registered a moment ago. */
export async function unsettled({ server, token, device }: Registered): Promise<void> {
  if (device === undefined) return;
  waiting.set(device, { server, token, device });
  await keep();
}

/** It is, or will be, this browser's own. */
export async function inUse({ device }: Registered): Promise<void> {
  if (device !== undefined && waiting.delete(device)) await keep();
}

/** Nothing came of it: it is not to stay in the list. Not waited for: a server that does not answer keeps nobody here. */
export function withdraw(known: Registered): void {
  const { server, token, device } = known;
  if (device === undefined) return;
  const own = hexOf(fromB64(device).subarray(0, 16));
  void tellServer(server, 'device/remove', 'deviceRemove', { device: own }, token)
    .catch((failure: unknown) => {
      if (!(failure instanceof Refusal)) throw failure;
    })
    .then(() => inUse(known))
    .catch(() => undefined);
}

/** At the start of a worker: what the one before it left. */
export async function withdrawLeft(): Promise<void> {
  const { unsettled: left = [] } = (await chrome.storage.session.get('unsettled')) as { unsettled?: Registered[] };
  for (const known of left) {
    if (known.device === undefined || waiting.has(known.device)) continue;
    waiting.set(known.device, known);
    withdraw(known);
  }
}

/** At a lock the storage is wiped. */
export const forgetUnsettled = (): void => waiting.clear();

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
