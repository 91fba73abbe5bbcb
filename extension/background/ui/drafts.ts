/**
 * Forms as they were left. With an open vault they are sealed and kept on disk; without one only in
 * session memory, and there never what looks like a secret: nobody has shown yet that it is theirs.
 */
import { shape, text } from '../check.ts';
import { type EngineDesk, run } from '../engine.ts';
import { readRow } from '../storage.ts';
import type { Handlers } from './desk.ts';
import { withoutSecrets } from './redact.ts';

const MAX_DRAFT = 256 * 1024;
const form = text(80, /^[\w:.-]+$/);

const sessionKey = (name: string): string => `draft:${name}`;

/** A draft that the open vault keeps; null without one. */
export async function sealedDraft({ engine, state }: EngineDesk, name: string): Promise<string | null> {
  if (state !== 'unlocked') return null;
  const row = await readRow('drafts', name);
  if (row.length === 0) return null;
  try {
    return engine.openDraft(name, row);
  } catch {
    // Of another vault, or damaged: a draft is never worth an error.
    return null;
  }
}

export const drafts: Handlers<'saveDraft' | 'loadDraft' | 'dropDraft'> = {
  saveDraft: async (input) => {
    const draft = shape<{ form: string; value: string }>({ form, value: text(MAX_DRAFT) })(input);
    await run(async ({ engine, state, commit }) => {
      if (state === 'unlocked') {
        await commit([['drafts', draft.form, engine.sealDraft(draft.form, draft.value)]]);
        return;
      }
      const kept = withoutSecrets(draft.value);
      if (kept !== null) await chrome.storage.session.set({ [sessionKey(draft.form)]: kept });
    });
  },
  loadDraft: async (input) => {
    const wanted = shape<{ form: string }>({ form })(input);
    const key = sessionKey(wanted.form);
    const kept: unknown = (await chrome.storage.session.get(key))[key];
    return (await run((desk) => sealedDraft(desk, wanted.form))) ?? (typeof kept === 'string' ? kept : null);
  },
  dropDraft: async (input) => {
    const wanted = shape<{ form: string }>({ form })(input);
    await chrome.storage.session.remove(sessionKey(wanted.form));
    await run(async ({ state, commit }) => {
      if (state !== 'absent') await commit([['drafts', wanted.form, null]]);
    });
  },
};
