import type { Prefs } from '../shared/api.ts';
import { prefs as prefsOf } from './ui/inputs.ts';

const DEFAULTS: Prefs = { theme: 'system', language: 'system' };

/** How the person likes Sesame's pages; kept outside the vault, so that it holds while locked. */
export async function prefs(): Promise<Prefs> {
  const stored = (await chrome.storage.local.get('prefs'))['prefs'];
  try {
    return prefsOf(stored);
  } catch {
    return DEFAULTS;
  }
}
