import { Engine } from '../../../build/wasm/engine/engine.js';
import type { AuditReport, ItemEdit, ItemId, ItemSummary, ItemView, ListPage, SettingsView, TotpCode, UiApi } from '../../shared/api.ts';
import { updateSession } from '../autolock.ts';
import { id, none, shape, text } from '../check.ts';
import { copy } from '../clipboard.ts';
import { mended } from '../damage.ts';
import { run, withSuffixes } from '../engine.ts';
import { readAll, readRow, type Writes } from '../storage.ts';
import { tabFor } from '../tabs.ts';
import { type Handlers, onChange, onOpen, parse } from './desk.ts';
import { fillingSettings, generator, itemEdit, listQuery, lockAfter, secretRef, vaultName } from './inputs.ts';
import { withReadAddresses } from './website.ts';

const one = shape<{ id: ItemId }>({ id });
const secretOf = shape<{ id: ItemId; secret: string }>({ id, secret: secretRef });

export const reveal = ({ id: item, secret }: { id: ItemId; secret: string }): Promise<string> =>
  onOpen(async ({ engine }) => {
    const row = await readRow('items', item);
    if (secret === 'username') return parse<ItemView>(engine.itemView(item, row)).username;
    return secret === 'totp' ? parse<TotpCode>(engine.totp(item, row)).code : engine.reveal(item, row, secret);
  });

const setBin = (input: unknown, inBin: boolean): Promise<void> =>
  onChange(async ({ engine, commit }) => {
    const { id: item } = one(input);
    await commit(engine.setBin(item, await readRow('items', item), inBin) as Writes);
  });

type ItemCalls =
  | 'list'
  | 'forThisSite'
  | 'item'
  | 'edit'
  | 'save'
  | 'reveal'
  | 'totp'
  | 'copy'
  | 'copyText'
  | 'moveToBin'
  | 'restore'
  | 'deleteForever'
  | 'emptyBin'
  | 'tags'
  | 'audit';

export const items: Handlers<ItemCalls> = {
  list: async (input) => {
    const query = JSON.stringify(listQuery(input));
    return onOpen(({ engine }) => parse<ListPage>(engine.list(query)));
  },
  forThisSite: async (input, caller) => {
    none(input);
    const tab = await tabFor(caller);
    if (!tab) return null;
    const rows = await onOpen(async (desk) => parse<ItemSummary[]>((await withSuffixes(desk)).matches(tab.origin, tab.url)));
    return { tabId: tab.id, origin: tab.origin, host: tab.host, rows };
  },
  item: async (input) => {
    const { id: item } = one(input);
    return onOpen(async ({ engine }) => parse<ItemView>(engine.itemView(item, await readRow('items', item))));
  },
  edit: async (input) => {
    const { id: item } = one(input);
    return onOpen(async ({ engine }) => parse<ItemEdit>(engine.itemEdit(item, await readRow('items', item))));
  },
  save: async (input) => {
    const edit = withReadAddresses(itemEdit(input));
    return onChange(async ({ engine, commit }) => {
      const row = edit.id === '' ? undefined : await readRow('items', edit.id);
      const saved = engine.save(JSON.stringify(edit), row) as { writes: Writes; id: string };
      await commit(saved.writes);
      await mended(saved.id);
      return { id: saved.id };
    });
  },
  reveal: async (input) => reveal(secretOf(input)),
  totp: async (input) => {
    const { id: item } = one(input);
    return onOpen(async ({ engine }) => parse<TotpCode>(engine.totp(item, await readRow('items', item))));
  },
  copy: async (input) => copy(await reveal(secretOf(input))),
  copyText: async (input) => copy(shape<{ text: string }>({ text: text(128 * 1024) })(input).text),
  moveToBin: (input) => setBin(input, true),
  restore: (input) => setBin(input, false),
  deleteForever: async (input) => {
    const { id: item } = one(input);
    await onChange(async ({ engine, commit }) => {
      await commit(engine.deleteForever(item) as Writes);
      await mended(item);
    });
  },
  emptyBin: async (input) => {
    none(input);
    return onChange(async ({ engine, commit }) => {
      const query = JSON.stringify({ text: '', in: 'bin', offset: 0, limit: 0 });
      const { total } = parse<ListPage>(engine.list(query));
      await commit(engine.emptyBin());
      return { deleted: total };
    });
  },
  tags: async (input) => {
    none(input);
    return onOpen(({ engine }) => parse<string[]>(engine.tags()));
  },
  audit: async (input) => {
    none(input);
    return onOpen(async ({ engine }) => parse<AuditReport>(engine.audit(await readAll('items'))));
  },
};

type MakingCalls =
  | 'generate'
  | 'generatorHistory'
  | 'rememberGenerated'
  | 'settings'
  | 'saveSettings'
  | 'saveFilling'
  | 'builtinEquivalents';

export const making: Handlers<MakingCalls> = {
  generate: async (input) => {
    const options = JSON.stringify(generator(input));
    // Needs no key, and is wanted before there is a vault: a passphrase for it.
    return run(({ engine }) => parse<ReturnType<UiApi['generate']>>(engine.generate(options)));
  },
  generatorHistory: async (input) => {
    none(input);
    return onOpen(({ engine }) => parse<ReturnType<UiApi['generatorHistory']>>(engine.generatorHistory()));
  },
  rememberGenerated: async (input) => {
    const { value } = shape<{ value: string }>({ value: text(4096) })(input);
    await onOpen(({ engine, commit }) => commit(engine.rememberGenerated(value) as Writes));
  },
  settings: async (input) => {
    none(input);
    return onOpen(({ engine }) => parse<SettingsView>(engine.settings()));
  },
  saveSettings: async (input) => {
    const settings = shape<{ lockAfter: SettingsView['lockAfter']; vaultName: string }>({ lockAfter, vaultName })(input);
    await onChange(async ({ engine, commit }) => {
      await commit(engine.saveSettings(JSON.stringify(settings)) as Writes);
      await updateSession({ lockAfter: settings.lockAfter });
    });
  },
  saveFilling: async (input) => {
    const settings = JSON.stringify(fillingSettings(input));
    await onChange(async (desk) => {
      // Which names are registrable domains, the list says.
      const engine = await withSuffixes(desk);
      await desk.commit(engine.saveFilling(settings) as Writes);
    });
  },
  builtinEquivalents: async (input) => {
    none(input);
    return run(() => parse<string[][]>(Engine.builtinEquivalents()));
  },
};
