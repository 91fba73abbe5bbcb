// The guards of the menu in the page, for guards.mjs. Where several stand behind each other, the others are
// taken away with them, so that the test is seen to prove this one.
const GATE = 'extension/ui/menu/gate.ts';
const FRAME = 'extension/content/frame.ts';
const HOST = 'extension/content/host.ts';
const SIGHT = 'extension/content/sight.ts';

/** What the browser says about the frame's own pixels. */
const seen = { [GATE]: [['(!canProve || last.isVisible === true)', 'true']] };
const instead = (file, from, to) => ({ [file]: [[from, to]] });

export const MENU_GUARDS = {
  'S-39 S-49 the host’s own rules': { edits: instead(HOST, '`:host{all:initial!important;', '`:host{'), test: ['restyled', 'S-39'] },
  'S-39 what is painted before and after it': {
    edits: instead(
      HOST,
      "':host::before,:host::after,:host::backdrop{all:initial!important;content:none!important;display:none!important}'",
      "''",
    ),
    test: ['restyled', 'S-39'],
  },
  'S-40 the closed root': { edits: instead(HOST, "{ mode: 'closed' }", "{ mode: 'open' }"), test: ['reached', 'a page gets'] },
  'S-40 other extensions': { edits: seen, test: ['reached', 'another extension'] },
  'S-41 the top layer': {
    edits: {
      [HOST]: [
        ['    this.element.showPopover();\n', ''],
        ["    this.element.popover = 'manual';\n", ''],
        [':host(:not(:popover-open)){display:none!important}', ''],
        ["return Reflect.apply(matches, element, [':popover-open']) ? null : 'closed';", 'return null;'],
      ],
    },
    test: ['restyled', 'S-41'],
  },
  'S-42 S-43 covers': { edits: seen, test: ['covered', 'S-42'] },
  'S-44 what comes later': {
    edits: instead(FRAME, "if (event.target !== this.#host.element && (event as ToggleEvent).newState === 'open') gone();", ''),
    test: ['covered', 'S-44'],
  },
  'S-45 drifting': { edits: instead(FRAME, 'const DRIFT = 8;', 'const DRIFT = 1e9;'), test: ['covered', 'S-45'] },
  'S-46 masks': {
    edits: { ...seen, ...instead(SIGHT, "  if (!unmasked(window, element, false)) return 'masked';", '  if (element) return null;') },
    test: ['covered', 'S-46'],
  },
  'S-47 moving the host': {
    edits: {
      [HOST]: [["    if (!dom.isConnected(element) || dom.parentNode(element) !== this.#parent) return 'moved';\n", '']],
      [FRAME]: [['if (loads > 1) this.#gone();', '']],
      'extension/background/opening.ts': [["if (found.loads > 1) return end(found, 'closed');", '']],
      'extension/ui/menu/frame.ts': [],
    },
    test: ['covered', 'S-47'],
  },
  'S-48 view transitions': {
    edits: { ...seen, ...instead(SIGHT, 'return points.some(', 'return element === null && points.some(') },
    test: ['covered', 'S-48'],
  },
  'S-50 half a second': {
    edits: {
      [GATE]: [
        ['const SEEN = 500;', 'const SEEN = 0;'],
        ['const INSIDE = 300;', 'const INSIDE = 0;'],
      ],
      [FRAME]: [['const AFTER_CLICK = 700 + 160;', 'const AFTER_CLICK = 0;']],
    },
    test: ['timing', 'half a second'],
  },
  'S-50 double clicks': { edits: instead(GATE, 'event.detail === 1 &&', 'event.detail >= 1 &&'), test: ['timing', 'second half'] },
  'S-50 a press in the page': {
    edits: instead(FRAME, 'const AFTER_CLICK = 700 + 160;', 'const AFTER_CLICK = 0;'),
    test: ['timing', 'right after one'],
  },
  'S-50 the pointer’s stay': { edits: instead(GATE, 'const INSIDE = 300;', 'const INSIDE = 0;'), test: ['timing', 'just come in'] },
  'S-51 made-up clicks on the icon': {
    edits: instead('extension/content/icon.ts', 'if (!event.isTrusted) return;', ''),
    test: ['timing', 'no made-up event'],
  },
  'S-51 made-up clicks in the menu': {
    edits: {
      [GATE]: [
        ['!event.isTrusted ||', ''],
        ['(finger || longEnough(insideSince, INSIDE))', 'true'],
        ['if (event.detail === 0) return document.hasFocus();', ''],
        ['event.detail === 1 &&', ''],
      ],
    },
    test: ['timing', 'what the frame says'],
  },
  'S-52 one load': {
    edits: instead('extension/background/opening.ts', "if (found.loads > 1) return end(found, 'closed');", ''),
    test: ['framing', 'one load'],
  },
  'S-52 no opening, no menu': {
    edits: {
      'extension/ui/menu/frame.ts': [
        ["if (opening === '' || window === window.top) return;", "document.body.append(make('p', { text: 'Sesame' }));"],
        ['    document.body.replaceChildren();\n', ''],
      ],
    },
    test: ['framing', 'can be framed'],
  },
  'S-53 nothing to type into': {
    edits: instead('extension/ui/menu/menu.ts', "if (view.state !== 'open') return", "if (view.state === 'absent') return"),
    test: ['unseen', 'S-53'],
  },
  'S-54 faint fields': { edits: instead(SIGHT, 'const MIN_OPACITY = 0.9;', 'const MIN_OPACITY = 0;'), test: ['unseen', 'nobody can see'] },
  'S-54 hidden fields': {
    edits: instead(SIGHT, "if (visibilityOf(field) !== 'yes') return false;", ''),
    test: ['unseen', 'nobody can see'],
  },
  'S-54 gestures': {
    edits: instead('extension/content/watch-field.ts', 'event.timeStamp - gesture < GESTURE && mightBeField(event)', 'mightBeField(event)'),
    test: ['unseen', 'summons nothing'],
  },
  'S-54 gestures once more': {
    edits: instead('extension/content/field.ts', 'event.isTrusted && event.timeStamp - gesture < GESTURE', 'event.isTrusted'),
    test: ['unseen', 'summons nothing'],
  },
  'S-50 presses that a page keeps to itself': {
    edits: instead(FRAME, 'Math.max(pressed, world[PRESSED] ?? pressed)', 'pressed'),
    test: ['timing', 'nobody else'],
  },
  'S-55 proof': { edits: instead(GATE, '{ proved: canProve }', '{ proved: true }'), test: ['unproved', 'S-55'] },
  'S-56 nothing chosen beforehand': {
    edits: instead(
      'extension/ui/menu/menu.ts',
      '    select(search, list, null);',
      "    select(search, list, list.querySelector('[role=option]'));",
    ),
    test: ['timing', 'as in a game'],
  },
  'S-74 a choice that came to nothing': {
    edits: instead(
      'extension/background/waiting-fill.ts',
      'if (itemId !== null && known) return { id: itemId, tabId, outcome: known };',
      'void known;',
    ),
    test: ['elsewhere', 'S-74'],
  },
  'S-78 locked or not': {
    edits: instead('extension/background/kind.ts', "state === 'absent' ?", "state !== 'unlocked' ?"),
    test: ['unseen', 'S-78'],
  },
  'S-78 an item or none': {
    edits: instead(
      FRAME,
      'const { width, height } = SIZES[what];',
      "const { width } = SIZES[what];\n  const height = location.host.includes('shop') ? 200 : 280;",
    ),
    test: ['unseen', 'S-78'],
  },
  'S-91 nobody’s choice': {
    edits: instead(
      'extension/background/menu.ts',
      "if (why === 'no-room') void openOver(at.tabId);",
      "if (why === 'no-room') void begun.then(openSesame);",
    ),
    test: ['forged', 'nobody chose'],
  },
  'S-93 no mark': {
    edits: instead(
      'extension/content/watch-field.ts',
      'let gesture =',
      "document.addEventListener('DOMContentLoaded', () => document.documentElement.classList.add('s'));\nlet gesture =",
    ),
    test: ['unseen', 'S-93'],
  },
};
