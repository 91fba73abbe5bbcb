/** The menu of a field: what it offers, and what happens when a person chooses from it. */
import type { FillOutcome, ItemId, ItemKind, ItemSummary, ListPage, TotpCode } from '../shared/api.ts';
import type { FieldKind } from '../shared/field.ts';
import type { MenuAct, MenuRow, MenuView } from '../shared/menu.ts';
import type { Snapshot } from '../shared/page.ts';
import { id, oneOf, shape, variant } from './check.ts';
import { copy } from './clipboard.ts';
import { type EngineDesk, run, withSuffixes } from './engine.ts';
import { type FieldDocument, type Focus, listen } from './field.ts';
import { fill, fillSuggested } from './fill.ts';
import { generatorOptions } from './generator.ts';
import { openPopup, setIntent } from './intents.ts';
import { nextCode } from './next-code.ts';
import { type Next, openFrame, type Showing } from './opening.ts';
import { noteFill } from './shortcut.ts';
import { readRow } from './storage.ts';
import { hostOf, type WebTab, webTab } from './tabs.ts';

/** A person reads a few; the rest is found by typing. */
const MOST = 1_000;

const chosen = variant<MenuAct>('act', {
  fill: shape({ act: oneOf('fill'), id }),
  'copy-code': shape({ act: oneOf('copy-code'), id }),
  suggested: shape({ act: oneOf('suggested') }),
  another: shape({ act: oneOf('another') }),
  'open-sesame': shape({ act: oneOf('open-sesame') }),
});

listen({
  open: (at, focus, by) => {
    if (focus.kind) openFrame(at, menuFor(at, focus, focus.kind, by === 'key'), focus.call);
  },
});

function menuFor(at: FieldDocument, { snapshot }: Focus, kind: FieldKind, byKey: boolean): Showing {
  let suggested: string | null = null;
  /** Where the person was when they opened it. */
  const begun = webTab(at.tabId);
  /** What the frame was shown; nothing else can be chosen in it. */
  let offered: ItemSummary[] = [];

  const view = (): Promise<MenuView> =>
    run(async (desk) => {
      const host = hostOf(at.origin);
      const empty: MenuView = { what: 'menu', state: 'locked', kind, host, rows: [], suggested: null };
      if (desk.state === 'absent') return { ...empty, state: 'absent' };
      if (desk.state !== 'unlocked') {
        suggested = null;
        offered = [];
        return empty;
      }
      const engine = await withSuffixes(desk);
      if (kind === 'card' || kind === 'identity') offered = listed(engine.list(query(kind)));
      else offered = JSON.parse(engine.matches(at.origin, at.url)) as ItemSummary[];
      if (kind === 'code')
        offered = await nextCode(
          at.origin,
          offered.filter(({ hasTotp }) => hasTotp),
        );
      if (kind === 'new-password') suggested ??= await suggest(desk, snapshot);
      return { ...empty, state: 'open', rows: offered.map((row) => rowOf(row, kind)), suggested };
    });

  /** Where it could not be proved that the person saw what they pressed, they are asked in the popup (S-55). */
  const inPopup = (): Next => ({ next: 'close', after: openPopup });

  const fillItem = (item: ItemSummary): Next => ({
    next: 'close',
    after: async () => {
      const outcome = await fill({ id: item.id, tabId: at.tabId, at: { frame: at.frame, documentId: at.documentId } });
      if (outcome.result !== 'filled') return ask(item.id, await begun, outcome);
      const tab = await webTab(at.tabId);
      if (tab) await noteFill(tab.origin, item.id, kind !== 'code');
    },
  });

  const act = async (raw: unknown, proved: boolean): Promise<Next> => {
    const act = chosen(raw);
    const item = 'id' in act ? offered.find((each) => each.id === act.id) : undefined;
    switch (act.act) {
      case 'open-sesame':
        return { next: 'close', after: async () => (proved ? openSesame(await begun) : openPopup()) };
      case 'another':
        suggested = null;
        return { next: 'again' };
      case 'suggested': {
        const value = suggested;
        if (value === null) return { next: 'again' };
        return { next: 'close', after: () => (proved ? fillMade(value, at) : toGenerator()) };
      }
      case 'copy-code':
        if (!item) return { next: 'again' };
        if (!proved) return inPopup();
        await copy(await codeOf(item.id));
        return { next: 'say', key: 'copied' };
      case 'fill':
        if (!item) return { next: 'again' };
        return proved ? fillItem(item) : inPopup();
    }
  };

  return {
    what: 'menu',
    byKey,
    view,
    act,
    gone: (why) => {
      // Too small a window for the menu: the popup has room.
      if (why === 'no-room') void openOver(at.tabId);
    },
  };
}

const query = (kind: ItemKind): string => JSON.stringify({ text: '', in: 'items', kind, offset: 0, limit: MOST });
const listed = (page: string): ItemSummary[] => (JSON.parse(page) as ListPage).rows;

const rowOf = ({ id: item, name, detail, hasTotp }: ItemSummary, kind: FieldKind): MenuRow => ({
  id: item,
  name,
  detail,
  hasCode: hasTotp && kind !== 'code',
});

const codeOf = (item: ItemId): Promise<string> =>
  run(async ({ engine }) => (JSON.parse(engine.totp(item, await readRow('items', item))) as TotpCode).code);

/** What needs a word first, or was refused, is said in the popup. */
async function ask(itemId: ItemId, tab: WebTab | null, outcome: FillOutcome): Promise<void> {
  if (!tab) return;
  await setIntent({ kind: 'fill', itemId, tabId: tab.id, origin: tab.origin, outcome });
  await openPopup();
}

/** Locked: what was begun here goes on once the vault is open. */
async function openSesame(tab: WebTab | null): Promise<void> {
  const locked = await run(({ state }) => state === 'locked');
  if (tab && locked) await setIntent({ kind: 'fill', itemId: null, tabId: tab.id, origin: tab.origin });
  await openPopup();
}

/** That there is no room, the page's script alone says (S-91): nobody chose anything, and nothing waits to be filled for it. */
async function openOver(tabId: number): Promise<void> {
  const tab = await chrome.tabs.get(tabId).catch(() => undefined);
  if (tab?.active) await openPopup();
}

/** Null where the form takes no password worth the name. */
async function suggest(desk: EngineDesk, snapshot: Snapshot): Promise<string | null> {
  const options = JSON.stringify(await generatorOptions(desk));
  try {
    return (JSON.parse(desk.engine.suggest(JSON.stringify(snapshot), options)) as { value: string }).value;
  } catch {
    return null;
  }
}

/** The password is in the encrypted history before it is in the page: whatever the page does then, it is not lost. */
async function fillMade(value: string, at: FieldDocument): Promise<void> {
  await run(({ engine, commit }) => commit(engine.rememberGenerated(value)));
  const outcome = await fillSuggested({ value, tabId: at.tabId, at: { frame: at.frame, documentId: at.documentId } });
  if (outcome.result !== 'filled') await toGenerator();
}

/** Its history has what could not be filled. */
async function toGenerator(): Promise<void> {
  await setIntent({ kind: 'view', route: 'generator' });
  await openPopup();
}
