import type { LockedView, OpenView, Status } from '../../shared/api.ts';
import { accountState } from '../account/state.ts';
import { syncOn } from '../account/sync.ts';
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
      run(async (desk) => ({
        state: desk.state,
        locked: desk.state === 'absent' ? null : parse<LockedView>(desk.engine.lockedView()),
        open: desk.state === 'unlocked' ? parse<OpenView>(desk.engine.openView()) : null,
        account: await accountState(desk),
      })),
      knownDamage(),
      prefs(),
      tabFor(caller),
      intentFor(caller),
    ]);
    // A page that opens is an occasion to look at the account; nobody waits for that.
    if (vault.account && vault.open) syncOn('popup');
    if (vault.open) vault.open.damage.push(...without(found, vault.open.damage));
    return { ...vault, prefs: liked, tab: tab && { id: tab.id, origin: tab.origin, host: tab.host }, intent };
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
