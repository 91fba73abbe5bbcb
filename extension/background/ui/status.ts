import type { LockedView, OpenView, Status } from '../../shared/api.ts';
import { touch } from '../autolock.ts';
import { none } from '../check.ts';
import { knownDamage, without } from '../damage.ts';
import { run } from '../engine.ts';
import { intentFor } from '../intents.ts';
import { lockNow } from '../lock.ts';
import { prefs } from '../prefs.ts';
import { tabFor } from '../tabs.ts';
import { type Handlers, parse } from './desk.ts';
import { prefs as prefsOf } from './inputs.ts';

export const status: Handlers<'status' | 'setPrefs' | 'touch' | 'lock'> = {
  // One round trip for the first screen: everything that it needs is read at the same time.
  status: async (input, caller): Promise<Status> => {
    none(input);
    const [vault, found, liked, tab, intent] = await Promise.all([
      run(({ engine, state }) => ({
        state,
        locked: state === 'absent' ? null : parse<LockedView>(engine.lockedView()),
        open: state === 'unlocked' ? parse<OpenView>(engine.openView()) : null,
      })),
      knownDamage(),
      prefs(),
      tabFor(caller),
      intentFor(caller),
    ]);
    if (vault.open) vault.open.damage.push(...without(found, vault.open.damage));
    return { ...vault, prefs: liked, tab: tab && { id: tab.id, origin: tab.origin, host: tab.host }, intent, account: null };
  },
  setPrefs: async (input) => {
    await chrome.storage.local.set({ prefs: prefsOf(input) });
  },
  touch: async (input) => {
    none(input);
    await touch();
  },
  lock: async (input) => {
    none(input);
    await lockNow();
  },
};
