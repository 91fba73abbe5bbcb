import { flag, none, orNull, shape } from '../check.ts';
import { endCeremony, intentOf, openCeremony, openPopup, setIntent } from '../intents.ts';
import { carryOnFill } from '../waiting-fill.ts';
import type { Handlers } from './desk.ts';

export const intents: Handlers<'setIntent' | 'openCeremony' | 'ceremonyDone' | 'resumeFill'> = {
  setIntent: async (input) => setIntent(orNull(intentOf)(input)),
  openCeremony: async (input) => openCeremony(intentOf(input)),
  // The window is closing: what waited is done now, or shown where the person started.
  ceremonyDone: async (input) => {
    const { ok } = shape<{ ok: boolean }>({ ok: flag })(input);
    await endCeremony();
    const done = ok ? await carryOnFill() : null;
    if (done?.outcome.result === 'filled') return;
    // A question or a refusal: the popup asks for the same again, and says it.
    if (done) await setIntent({ kind: 'fill', itemId: done.id, tabId: done.tabId, outcome: done.outcome });
    await openPopup().catch(() => undefined);
  },
  resumeFill: async (input) => {
    none(input);
    return carryOnFill();
  },
};
