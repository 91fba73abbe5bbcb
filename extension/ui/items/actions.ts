import type { ItemId, ItemSummary } from '../../shared/api.ts';
import { t } from '../../shared/i18n.ts';
import { problem, say } from '../parts/notice.tsx';
import { attempt, ui } from '../state.ts';
import { openable } from './website.ts';

/** What can be done with an item from wherever it is shown. Each says its own result. */

export async function copyPassword(row: Pick<ItemSummary, 'id' | 'hasPassword'>): Promise<void> {
  if (row.hasPassword) await copySecret(row.id, 'password');
  else problem(t('list_no_password'));
}

export async function copyUsername(row: ItemSummary): Promise<void> {
  if (hasUsername(row)) await copySecret(row.id, 'username');
  else problem(t('list_no_username'));
}

/** True when it is on the clipboard. */
export function copySecret(id: ItemId, secret: string): Promise<boolean> {
  return attempt(async () => sayCopied((await ui.copy({ id, secret })).clearsAt));
}

export function copyText(text: string): Promise<boolean> {
  return attempt(async () => sayCopied((await ui.copyText({ text })).clearsAt));
}

function sayCopied(clearsAt: number): void {
  say(t('list_copied', Math.max(1, Math.round((clearsAt - Date.now()) / 1000))));
}

export const hasUsername = (row: ItemSummary): boolean => row.kind === 'login' && row.detail !== '';

export async function moveToBin(item: Pick<ItemSummary, 'id' | 'name'>): Promise<boolean> {
  const done = await attempt(() => ui.moveToBin({ id: item.id }));
  if (done) say(t('list_moved_to_bin', item.name));
  return done;
}

export async function restore(item: Pick<ItemSummary, 'id' | 'name'>): Promise<void> {
  if (await attempt(() => ui.restore({ id: item.id }))) say(t('bin_restored', item.name));
}

/** Opens the first address of the item that is one (S-79: http and https only). */
export async function openFirstWebsite(id: ItemId): Promise<void> {
  await attempt(async () => {
    const { websites } = await ui.item({ id });
    const url = websites.map(openable).find((found) => found !== null);
    if (url) await chrome.tabs.create({ url });
    else problem(t('item_not_link'));
  });
}
