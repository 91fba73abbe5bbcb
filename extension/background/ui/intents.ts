import type { Intent } from '../../shared/api.ts';
import { flag, orNull, shape } from '../check.ts';
import { run } from '../engine.ts';
import { endCeremony, intentFor, intentOf, openCeremony, openPopup, setIntent } from '../intents.ts';
import type { Handlers } from './desk.ts';
import { fillNoted } from './fill.ts';

export const intents: Handlers<'setIntent' | 'openCeremony' | 'ceremonyDone'> = {
  setIntent: async (input) => setIntent(orNull(intentOf)(input)),
  openCeremony: async (input) => openCeremony(intentOf(input)),
  // The window is closing: what waited is done now, or shown where the person started.
  ceremonyDone: async (input) => {
    const { ok } = shape<{ ok: boolean }>({ ok: flag })(input);
    await endCeremony();
    if (ok && (await carryOn(await intentFor({ page: 'popup', tab: null })))) await setIntent(null);
    else await openPopup().catch(() => undefined);
  },
};

/** True if that was all there was to do. */
async function carryOn(intent: Intent | null): Promise<boolean> {
  if (intent?.kind !== 'fill' || intent.itemId === null) return false;
  if ((await run(({ state }) => state)) !== 'unlocked') return false;
  const outcome = await fillNoted({ id: intent.itemId, tabId: intent.tabId });
  return outcome.result === 'filled';
}
