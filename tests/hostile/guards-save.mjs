// The guards of saving what was typed, for guards.mjs: from the page's side and from the sites'.
const FORMS = 'extension/content/capture.ts';
const ANSWER = 'extension/content/answer.ts';
const FLOW = 'extension/background/capture.ts';

const instead = (file, from, to) => ({ [file]: [[from, to]] });

export const SAVE_GUARDS = {
  'S-58 the whole question, when pressed': {
    edits: {
      'extension/ui/menu/gate.ts': [['(!canProve || last.isVisible === true)', 'true']],
      'extension/background/opening.ts': [
        ["if (doubt !== null && doubt !== 'unknown') return tell(opening, { type: 'said', key: 'not-now' });", ''],
        ['proved && doubt === null', 'proved'],
      ],
      'extension/content/frame.ts': [
        ["if (event.target !== this.#host.element && (event as ToggleEvent).newState === 'open') gone();", ''],
      ],
    },
    test: ['prompt', 'covered by'],
  },
  'S-58 what a page put into its fields': {
    edits: instead(FORMS, 'if (!values.some(([at]) => isTheirs(fields[at]))) return;', 'if (values.length === 0) return;'),
    test: ['e2e/save-kinds', 'by itself'],
  },
  'S-80 the origin of the document that it was typed into': {
    edits: instead(
      FLOW,
      'const sealed = await seal(at.origin, snapshot, values);',
      "const sealed = await seal(new URL((await chrome.tabs.get(at.tabId)).url ?? '').origin, snapshot, values);",
    ),
    test: ['e2e/save-places', 'S-80: a form in a frame'],
  },
  'S-80 two accounts': {
    edits: instead(FLOW, '&& !(await isAnothers(before, id, has))', ''),
    test: ['e2e/save-places', 'two accounts'],
  },
  'a form that comes back': {
    edits: instead(FLOW, 'if (back) await refused(flow);', 'if (back) await taken(flow);'),
    test: ['e2e/save.spec', 'was refused'],
  },
  'a form that is left': {
    edits: instead(ANSWER, "if (following?.shown() && pressed && linkAt(pressed)) following.settle('refused');", 'void [pressed, linkAt];'),
    test: ['e2e/save.spec', 'gives up'],
  },
  'never for this site': {
    edits: instead('extension/background/capture-prompt.ts', "|| view.verdict === 'never'", ''),
    test: ['e2e/save-kinds', 'Never for'],
  },
  'S-98 what waits outlives a lock': {
    edits: instead('extension/background/session.ts', 'if (flows !== undefined) await chrome.storage.session.set({ flows });', ''),
    test: ['e2e/save-keeps', 'through a lock'],
  },
  'S-91 how often, and of one tab how many': {
    edits: {
      [FLOW]: [['sendings.take(', 'Boolean(']],
      'extension/background/flows.ts': [['const MOST_OF_TAB = 5;', 'const MOST_OF_TAB = 1e9;']],
    },
    test: ['forged', 'as often'],
  },
  'S-58 undo of what was changed since': {
    edits: instead('extension/background/capture-save.ts', "if ((await digest(row)) !== undo.row) throw new SesameError('not-found');", ''),
    test: ['e2e/save-keeps', 'changed since'],
  },
  'S-80 the refused one': {
    edits: instead(FLOW, 'back: goesOn && !has.generated ? taken : 0,', 'back: taken * 0,'),
    test: ['e2e/save-keeps', 'does not take the place'],
  },
  'S-98 what was saved': {
    edits: instead(
      'extension/background/capture-prompt.ts',
      "if (saved) return (await run(({ state }) => state)) === 'unlocked' ? saved : { ...empty, state: 'done' };",
      'if (saved) return saved;',
    ),
    test: ['e2e/save-keeps', 'locked after'],
  },
  'generated passwords are kept': {
    edits: instead('extension/background/ui/capture.ts', 'await takeUpOrphans();', ''),
    test: ['e2e/save-keeps', 'never answers'],
  },
  'what nobody answered goes': {
    edits: instead('extension/background/flows.ts', "return flow.generated ? [{ ...flow, state: 'kept' }] : [];", 'return [flow];'),
    test: ['e2e/save-keeps', 'nobody answered'],
  },
};
