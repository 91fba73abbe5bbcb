/** A page’s forms, for a person to read and to send: no values, no address; of its words only what fields and buttons are called. */
import type { UiApi } from '../../shared/api.ts';
import { none } from '../check.ts';
import { run } from '../engine.ts';
import { look } from '../fill.ts';
import { tabFor } from '../tabs.ts';
import type { Handlers } from './desk.ts';

/** Frames beyond this are advertisements more often than forms. */
const MAX_FRAMES = 20;

export const report: Handlers<'describePage'> = {
  describePage: async (input, caller): Promise<ReturnType<UiApi['describePage']>> => {
    none(input);
    const tab = await tabFor(caller);
    const view = tab && (await look(tab.id));
    if (!tab || !view) return null;
    for (const frame of view.frames) frame.close();
    const snapshots = view.inputs.flatMap(({ parent, snapshot }) => (snapshot && snapshot.fields.length > 0 ? [{ parent, snapshot }] : []));
    const parts = await run(({ engine }) =>
      snapshots.slice(0, MAX_FRAMES).map(({ parent, snapshot }) => {
        const text = engine.explainForms(JSON.stringify(snapshot));
        return parent < 0 ? text : `in a frame\n${text}`;
      }),
    );
    return { host: tab.host, text: parts.join('\n') };
  },
};
