/** When to sync by itself, decided from what is known without asking anybody. */
import type { AccountView } from './engine-api.ts';
import type { Trouble } from './trouble.ts';

/** `person`: they pressed a button, so it is tried whatever was before. */
export type Occasion = 'person' | 'unlock' | 'edit' | 'timer' | 'popup';

/** Opening the popup twice in a row is one occasion. */
const POPUP_PAUSE_MS = 30_000;

export function isDue(occasion: Occasion, account: AccountView, trouble: Trouble | null, last: number, now: number): boolean {
  if (occasion === 'person') return true;
  // After a failed verification, or signed out: only what a person decides goes on (S-17). A reset can be undone elsewhere.
  if (account.state === 'suspended' || account.state === 'signed-out') return false;
  if (account.state === 'reset-elsewhere' && (occasion === 'edit' || occasion === 'popup')) return false;
  if (account.mode === 'ask') return false;
  if (trouble && now < trouble.retryAt) return false;
  return occasion !== 'popup' || now - last >= POPUP_PAUSE_MS || now < last;
}
