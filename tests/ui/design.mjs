// docs/DESIGN.md: its pictures and its table of tokens, made anew. Run: node tests/ui/design.mjs [name ...]
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { run } from '../../scripts/lib/house.mjs';
import { withPalette } from './png.mjs';
import { openScene } from './scene.mjs';
import { scenes } from './scenes.mjs';
import { buildPages, serve } from './serve.mjs';

const inRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const FOLDER = 'docs/screens';
const THEMES = ['light', 'dark'];

/** What is shown, in the order in which a person meets it: heading, then scene and caption. */
const CHAPTERS = {
  'First run': {
    welcome: 'Welcome',
    create: 'Create a vault',
    kit: 'Recovery kit, shown once',
    biometrics: 'Biometric unlock, offered',
    'sign-in': 'Sign in',
  },
  Locked: {
    locked: 'Locked',
    'locked-hint': 'Hint',
    'locked-wrong': 'Wrong master password',
    'locked-no-passkey': 'No biometrics here',
    'why-not': 'Why not?',
    'locked-damage': 'Stored data is damaged',
  },
  'Ways back in': {
    'ways-back-locked': 'Locked out',
    'use-recovery': 'Recovery code',
    'open-backup': 'Open a backup',
    'open-backup-chosen': 'What opens this backup',
    'start-over': 'Start over here',
    'set-password': 'A new master password',
    'ways-back-open': 'All is well',
    'ways-back-open-poor': 'Not yet safe',
    damaged: 'Damaged',
    'damaged-open': 'Damaged items, by name',
  },
  Account: {
    'create-account': 'A new vault with an account',
    'account-code': 'The code from the mail',
    'join-account': 'An account for the vault that is here',
    'sign-in-wrong': 'E-mail address and master password differ',
    'sign-in-found': 'What was found, before it is taken',
    'sign-in-found-unlike': 'Not what you expect?',
    'sign-in-merge': 'A vault is already here',
    'sign-in-help': "Can't get in?, from Sign in",
    'settings-account': 'Settings, the account',
    account: 'About the account',
    devices: 'Devices',
    'devices-out': 'Signing one out',
    'change-email': 'Another address',
    'account-hint': 'Another hint',
    'leave-account': 'Leaving keeps the vault',
    'delete-account': 'Deleting is slow, and can be taken back',
    'list-synced': 'Synced',
    'list-unreachable': 'The server is away',
    'list-signed-out': 'Signed out elsewhere',
    'list-behind': 'A password that the account does not have yet',
    suspended: 'Sync has stopped',
    'suspended-push': 'Asked before this browser decides',
  },
  'Account reset': {
    'ways-back-account': 'Locked out, with an account',
    'ways-back-account-foot': 'The last way, on the ladder',
    reset: 'What a reset does',
    'reset-sent': 'The mail is asked for',
    'reset-code': 'A code from the mail',
    'reset-new': 'The last form',
    'reset-strange': 'A link that nobody here asked for',
    'hint-mail': 'Hint by mail',
    'sealed-vaults': 'Sealed vaults',
    'sealed-open': 'One of them',
    'sealed-opened': 'What is in it',
    'sealed-soon': 'Soon to be erased',
    'undo-reset': 'Undo the reset',
    'list-reset': 'Reset elsewhere',
  },
  'The list': {
    list: 'The list',
    'list-menu': 'Menu of a row',
    'list-search': 'Search',
    'list-none': 'Nothing found',
    'list-empty': 'An empty vault',
    'list-practice': 'Practice is due',
    'list-damage': 'Something to mend',
    'fill-confirm': 'Filling asks first',
    'fill-confirm-frame': 'A form of another site, in a frame',
    'fill-refused': 'Filling is refused, and why',
    'list-save': 'A sign-in waits to be saved',
    'list-update': 'A password waits to be updated',
  },
  'An item': {
    item: 'Login',
    'item-shown': 'Password shown',
    'item-foot': 'The rest of it',
    'item-card': 'Card',
    'item-identity': 'Identity',
    'item-note': 'Secure note',
    history: 'Old passwords',
    new: 'New item',
    edit: 'Editor',
    'edit-generated': 'Generated password',
    'edit-wrong': 'Something to mend first',
    'edit-discard': 'Discard?',
    'edit-card': 'New card',
  },
  Tools: {
    generator: 'Generator',
    'generator-words': 'Passphrase',
    health: 'Password health',
    bin: 'Bin',
    'bin-confirm': 'Emptying asks first',
    import: 'Import',
    'import-found': 'What a file holds',
    export: 'Export',
    'export-readable': 'A readable file',
    settings: 'Settings',
    'settings-middle': 'Settings, further down',
    'settings-foot': 'Settings, the end',
    equivalents: 'Equivalent sites',
    never: 'Never offer to save',
    'page-report': 'What Sesame sees of a page',
    'http-auth': 'A server asks before it shows a page',
  },
};

/** What stands in the pages of others: taken of the built extension (tests/ui/in-page.ts). */
const IN_PAGE = {
  'page-menu': 'The menu of a field',
  'page-suggest': 'A suggested password',
  'page-prompt': 'Asked whether to save',
  'page-locked': 'Locked: nothing is typed here',
};
CHAPTERS['In the page'] = IN_PAGE;

const wanted = process.argv.slice(2);
const shown = Object.values(CHAPTERS).flatMap(Object.keys);
const names = shown.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const failures = await takePictures(names.filter((name) => !(name in IN_PAGE)));
const inPage = names.filter((name) => name in IN_PAGE);
if (inPage.length > 0) {
  run(process.execPath, ['--import', './scripts/typescript.mjs', 'tests/ui/in-page.ts', FOLDER, ...inPage]);
}
removeOld();
writeFileSync(
  inRoot('docs/DESIGN.md'),
  withBlocks(readFileSync(inRoot('docs/DESIGN.md'), 'utf8'), { tokens: tokens(), screens: gallery() }),
);
process.exitCode = failures > 0 ? 1 : 0;

async function takePictures(names) {
  mkdirSync(inRoot(FOLDER), { recursive: true });
  await buildPages();
  const site = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  let failures = 0;
  const report = (text) => {
    // The stand-in server has no picture for the tab.
    if (text.includes('404')) return;
    failures += 1;
    console.error(text);
  };
  for (const name of names) {
    for (const theme of THEMES) {
      const { page, close } = await openScene(browser, site.origin, scenes[name], `${theme}.en`, {
        report: (text) => report(`${name}: ${text}`),
      });
      writeFileSync(inRoot(`${FOLDER}/${name}-${theme}-en.png`), withPalette(await page.screenshot()));
      await close();
    }
  }
  await browser.close();
  site.close();
  return failures;
}

/** Pictures of screens that are no longer shown. */
function removeOld() {
  const kept = new Set(shown.flatMap((name) => THEMES.map((theme) => `${name}-${theme}-en.png`)));
  for (const file of readdirSync(inRoot(FOLDER))) if (!kept.has(file)) rmSync(inRoot(`${FOLDER}/${file}`));
}

function gallery() {
  const picture = (name, theme, caption) => `![${caption}, ${theme}](screens/${name}-${theme}-en.png)`;
  return Object.entries(CHAPTERS)
    .map(([chapter, entries]) => {
      const rows = Object.entries(entries).map(
        ([name, caption]) => `| ${caption} | ${THEMES.map((theme) => picture(name, theme, caption)).join(' | ')} |`,
      );
      return `### ${chapter}\n\n| | light | dark |\n|---|---|---|\n${rows.join('\n')}`;
    })
    .join('\n\n');
}

/** Both palettes and the measures, from tokens.css itself. */
function tokens() {
  const css = readFileSync(inRoot('extension/ui/tokens.css'), 'utf8');
  const root = css.slice(css.indexOf(':root {'), css.indexOf('}', css.indexOf(':root {')));
  const all = [...root.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]);
  const line = (cells) => `| ${cells.map((cell) => `\`${cell}\``).join(' | ')} |`;
  const isPair = ([, value]) => value.startsWith('light-dark(');
  const colours = all.filter(isPair).map(([name, value]) => line([name, ...value.slice('light-dark('.length, -1).split(', ')]));
  const measures = all.filter((token) => !isPair(token)).map(line);
  return `| colour | light | dark |\n|---|---|---|\n${colours.join('\n')}\n\n| measure | value |\n|---|---|\n${measures.join('\n')}`;
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function withBlocks(text, blocks) {
  return Object.entries(blocks).reduce((done, [name, content]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = done.indexOf(start);
    const to = done.indexOf(end);
    if (from < 0 || to < 0) throw new Error(`docs/DESIGN.md has lost its ${name} marks`);
    return `${done.slice(0, from + start.length)}\n${content}\n${done.slice(to)}`;
  }, text);
}
