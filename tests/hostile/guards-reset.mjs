// The guards around a reset link and what a reset leaves, for guards.mjs.
const TAKEOVER = 'extension/background/takeover.ts';
const SCRIPT = 'extension/content/reset.ts';
const RESET = 'extension/background/ui/resetting.ts';

const instead = (file, from, to) => ({ [file]: [[from, to]] });

export const RESET_GUARDS = {
  'S-125 a press of a person’s': {
    edits: instead(SCRIPT, 'event.isTrusted && pressed', 'pressed'),
    test: ['e2e/reset-takeover', 'waits for a person'],
  },
  'S-93 only on a server’s page': {
    edits: instead(SCRIPT, `document.querySelector('meta[name="sesame-server"][content="1"]')`, 'true'),
    test: ['e2e/reset-takeover', 'no Sesame server'],
  },
  'S-93 only what this browser asked for': {
    edits: instead(TAKEOVER, 'resetAsked?.server === server &&', 'resetAsked &&'),
    test: ['e2e/reset-takeover', 'no second press'],
  },
  'S-128 no token in an address': {
    edits: instead(SCRIPT, "history.replaceState(null, '', location.pathname);", 'void 0;'),
    test: ['e2e/reset-takeover', 'no second press'],
  },
  'S-134 the copy before the request': {
    edits: instead(RESET, 'await desk.commit([...(await earlierCopies(desk)), ...writes]);', 'void earlierCopies;'),
    test: ['e2e/reset-lost', 'out of reach'],
  },
  'S-134 the copy before a vault takes its place': {
    edits: instead('extension/background/account/replace.ts', ', ...(await sealedCopy(desk))]', ']'),
    test: ['e2e/reset-sealed', 'its old password'],
  },
};
