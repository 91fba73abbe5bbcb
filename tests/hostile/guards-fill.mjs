// The guards of filling, for guards.mjs.
const FILL = 'extension/background/fill.ts';
const inputs = 'return { frames: [...found.values()].map(({ frame }) => frame), inputs };';
/** The engine is told this of every frame. */
const told = (change) => ({ [FILL]: [[inputs, `for (const input of inputs) { ${change} }\n  ${inputs}`]] });

/** name: what is changed (file: [text, instead]), in which bundle, and the test that has to notice. */
export const FILL_GUARDS = {
  'S-60 downgrade': {
    edits: told("input.origin = input.origin.replace('http:', 'https:'); input.url = input.url.replace('http:', 'https:');"),
    test: ['fill-sites', 'S-60'],
  },
  'S-62 frames in sight': {
    edits: { 'extension/content/seen.ts': [['if (!belowStranger()) return frameVisible();', 'if (fields) return true;']] },
    test: ['e2e/pages-frames', 'S-62: a frame of another site that is covered, faint'],
  },
  'S-63 the frames above': { edits: told('input.parent = -1;'), test: ['fill-frames', 'S-63'] },
  'S-64 the whole chain': {
    edits: told('if (input.parent > 0) input.parent = 0;'),
    test: ['fill-frames', 'S-64'],
  },
  'S-65 opaque origins': {
    edits: {
      'extension/background/page.ts': [["origin: sender.origin ?? ''", "origin: sender.tab?.url ? new URL(sender.tab.url).origin : ''"]],
    },
    test: ['fill-frames', 'S-65'],
  },
  'S-66 S-67 the host': {
    edits: { 'extension/background/page.ts': [["origin: sender.origin ?? ''", "origin: 'https://bank.test'"]] },
    test: ['fill-sites', 'S-66'],
  },
  'S-68 the target': {
    edits: told(
      "for (const group of input.snapshot?.groups ?? []) { group.action = ''; for (const button of group.buttons) button.formAction = ''; }",
    ),
    test: ['fill-targets', 'S-68: a form'],
  },
  'S-68 a yes to one target': {
    edits: {
      'extension/background/ui/fill.ts': [
        [
          'const outcome = await fill(wanted);',
          "let outcome = await fill(wanted);\n  if (wanted.confirm && outcome.result === 'confirm') outcome = await fill({ ...wanted, target: outcome.target });",
        ],
      ],
    },
    test: ['fill-targets', 'a yes holds'],
  },
  'S-69 the watch': {
    edits: { 'extension/content/watch.ts': [['if (stray === null) continue;', 'continue;']] },
    test: ['fill-targets', 'S-69'],
  },
  'S-70 the method': {
    edits: told(
      "for (const group of input.snapshot?.groups ?? []) { group.method = 'post'; for (const button of group.buttons) button.formMethod = ''; }",
    ),
    test: ['fill-targets', 'S-70'],
  },
  'S-71 the page’s words': {
    edits: told(
      "for (const field of input.snapshot?.fields ?? []) { field.autocomplete = ''; field.name = ''; field.label = field.type === 'password' ? 'Password' : field.label; }",
    ),
    test: ['fill-fields', 'S-71'],
  },
  'S-72 password fields only': {
    edits: {
      'extension/content/place.ts': [['!isPassword(field) && (entered', 'false && (entered']],
      // What the engine is told of the types, so that it plans the password there at all.
      [FILL]: [
        [
          inputs,
          `for (const input of inputs) for (const field of input.snapshot?.fields ?? []) if (/pass/i.test(field.label)) field.type = 'password';\n  ${inputs}`,
        ],
      ],
    },
    test: ['fill-fields', 'S-72: a password'],
  },
  'S-73 fields in sight': {
    edits: {
      'extension/content/visible.ts': [
        [
          'export function visibilityOf(element: Element): Visibility {',
          "export function visibilityOf(element: Element): Visibility {\n  if (element.isConnected) return 'yes';",
        ],
      ],
    },
    test: ['fill-fields', 'S-73'],
  },
  'S-74 one document': {
    edits: {
      [FILL]: [
        [
          'return await carry(grant, chosen);',
          "await Promise.all(view.frames.map((frame) => carry({ ...grant, snapshot: view.inputs.find((input) => input.frame === frame.frame)?.snapshot?.id ?? '' }, frame)));\n    return await carry(grant, chosen);",
        ],
      ],
    },
    test: ['fill-frames', 'S-74'],
  },
  'S-76 two seconds': {
    edits: { 'extension/content/fill.ts': [['const LIFE = 2000;', 'const LIFE = 60000;']] },
    test: ['fill-moved', 'comes late'],
  },
  'S-76 good once': { edits: { 'extension/content/page.ts': [['    described = null;\n', '']] }, test: ['fill-moved', 'good once'] },
  'S-76 the page that was asked about': {
    edits: { 'extension/background/page.ts': [["origin: sender.origin ?? ''", "origin: 'https://bank.test'"]] },
    test: ['fill-moved', 'the question is open'],
  },
  'S-59 no fill on load': {
    edits: {
      'extension/background/index.ts': [
        [
          'chrome.tabs.onUpdated.addListener((tabId, change, tab) => {',
          "chrome.tabs.onUpdated.addListener((tabId, change, tab) => {\n  if (change.status === 'complete') void ready.then(() => fillByShortcut(tabId)).catch(() => undefined);",
        ],
      ],
    },
    test: ['fill-unasked', 'S-59'],
  },
  'S-83 nothing before the grant': {
    edits: {
      'extension/background/page.ts': [
        [
          '  take(frameOf(port, sender, sender.frameId));',
          "  void import('./shortcut.ts').then(async ({ matches }) => port.postMessage({ type: 'rows', rows: await matches({ id: 0, windowId: 0, url: sender.url ?? '', origin: sender.origin ?? '', host: '' }) }));\n  take(frameOf(port, sender, sender.frameId));",
        ],
      ],
    },
    test: ['fill-unasked', 'S-83'],
  },
  'S-77 nothing is left where it was refused': {
    edits: {
      'extension/content/visible.ts': [
        [
          'export function visibilityOf(element: Element): Visibility {',
          "export function visibilityOf(element: Element): Visibility {\n  element.setAttribute('data-seen', '');",
        ],
      ],
    },
    test: ['fill-unasked', 'S-77'],
  },
  'S-82 a world of its own': {
    edits: {
      'extension/content/type.ts': [
        [
          'dom.setValue(field, text);',
          "dom.setValue(field, text);\n    const script = document.createElement('script');\n    script.textContent = 'JSON.stringify(' + JSON.stringify(text) + ')';\n    document.head.append(script);",
        ],
      ],
    },
    test: ['fill-unasked', 'S-82'],
  },
  'S-84 no copying by itself': {
    edits: { 'extension/background/next-code.ts': [['filling.copyCode ?', 'filling ?']] },
    test: ['fill-frames', 'S-84'],
  },
  'S-79 text is text': {
    edits: {
      'extension/ui/screens/item-row.tsx': [
        ['<span class="row-detail">', '<span class="row-detail" dangerouslySetInnerHTML={{ __html: row.name }}>'],
      ],
    },
    test: ['data-payloads', 'S-79'],
  },
};
