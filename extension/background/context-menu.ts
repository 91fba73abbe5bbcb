/**
 * The page's context menu. Its entries are the same on every page, whatever the vault holds and whether
 * it is open (S-78, S-103): what can't be done is said in the popup, after the choice.
 */
import type { Engine } from '../../build/wasm/engine/engine.js';
import { touch } from './autolock.ts';
import { flashBadge } from './badge.ts';
import { copy } from './clipboard.ts';
import { run } from './engine.ts';
import { fillSuggested, look } from './fill.ts';
import { generatorOptions } from './generator.ts';
import { openPopup, setIntent } from './intents.ts';
import { choose, fillByShortcut, matches } from './shortcut.ts';
import { type WebTab, webTab } from './tabs.ts';
import { reveal } from './ui/items.ts';

type Entry = 'fill' | 'fill-generated' | 'copy-username' | 'copy-password' | 'copy-code' | 'copy-generated';

const TITLES: Record<Entry, string> = {
  fill: 'browser_menu_fill',
  'fill-generated': 'browser_menu_fill_generated',
  'copy-username': 'browser_menu_copy_username',
  'copy-password': 'browser_menu_copy_password',
  'copy-code': 'browser_menu_copy_code',
  'copy-generated': 'browser_menu_copy_generated',
};
const ENTRIES = Object.keys(TITLES) as Entry[];

const ROOT = 'sesame';
// The menu is the browser's: it speaks the browser's language, not the one chosen for our pages.
const title = (key: string): string => chrome.i18n.getMessage(key);

/** Made anew at each install and start: the browser keeps it, in whatever language it spoke then. */
export async function makeMenu(): Promise<void> {
  const documentUrlPatterns = ['http://*/*', 'https://*/*'];
  await chrome.contextMenus.removeAll();
  chrome.contextMenus.create({ id: ROOT, title: 'Sesame', contexts: ['page', 'frame', 'editable'], documentUrlPatterns });
  for (const id of ENTRIES) {
    chrome.contextMenus.create({
      id,
      parentId: ROOT,
      title: title(TITLES[id]),
      contexts: id === 'fill-generated' ? ['editable'] : ['page', 'frame', 'editable'],
    });
  }
}

export async function onMenu({ menuItemId, frameId = 0 }: chrome.contextMenus.OnClickData, tabId: number): Promise<void> {
  const entry = ENTRIES.find((known) => known === menuItemId);
  const tab = await webTab(tabId);
  if (!entry || !tab) return;
  if (entry === 'fill') await fillByShortcut(tab.id);
  else if (entry === 'fill-generated') await fillGenerated(tab, frameId);
  else if (entry === 'copy-generated') await copyGenerated(tab);
  else await copyOf(tab, entry);
}

/** Of the item that a fill would take; of the first that has a code, where a code is wanted. */
async function copyOf(tab: WebTab, entry: keyof typeof SECRETS): Promise<void> {
  const rows = await matches(tab);
  const able = rows?.filter((row) =>
    entry === 'copy-code' ? row.hasTotp : entry === 'copy-password' ? row.hasPassword : row.detail !== '',
  );
  const id = able ? await choose(tab.origin, able) : null;
  if (id === null) return toPopup();
  await touch();
  await put(tab, await reveal({ id, secret: SECRETS[entry] }));
}

const SECRETS = { 'copy-username': 'username', 'copy-password': 'password', 'copy-code': 'totp' } as const;

async function copyGenerated(tab: WebTab): Promise<void> {
  const made = await make((engine, options) => madeIn(engine.generate(options)));
  if (made === null) return toPopup('generator');
  await touch();
  await put(tab, made);
}

/** Into the form that was clicked in, as its fields want it. */
async function fillGenerated(tab: WebTab, frame: number): Promise<void> {
  const view = await look(tab.id);
  for (const each of view?.frames ?? []) each.close();
  const clicked = view?.inputs.find((input) => input.frame === frame);
  const snapshot = clicked?.snapshot;
  const made = snapshot && (await make((engine, options) => madeIn(engine.suggest(JSON.stringify(snapshot), options))));
  if (!made) return toPopup('generator');
  await touch();
  const outcome = await fillSuggested({ value: made, tabId: tab.id, at: { frame, documentId: clicked.documentId } });
  // It is in the history there, and can be copied.
  if (outcome.result !== 'filled') await toPopup('generator');
}

const madeIn = (json: string): string => (JSON.parse(json) as { value: string }).value;

/** Kept in the history before it goes anywhere: none is ever lost. Null while locked. */
function make(by: (engine: Engine, options: string) => string): Promise<string | null> {
  return run(async (desk) => {
    if (desk.state !== 'unlocked') return null;
    const value = by(desk.engine, JSON.stringify(await generatorOptions(desk)));
    await desk.commit(desk.engine.rememberGenerated(value));
    return value;
  });
}

async function put(tab: WebTab, text: string): Promise<void> {
  await copy(text);
  await flashBadge(tab.id);
}

/** Locked, or nothing that fits: the popup has the search, and after unlocking what was asked for. */
async function toPopup(view?: string): Promise<void> {
  await setIntent(view === undefined ? { kind: 'open' } : { kind: 'view', route: view });
  await openPopup();
}
