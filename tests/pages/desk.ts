/** A vault with one login of the sample bank, a page of that bank, and the popup beside it. */
import type { Frame, Page } from '@playwright/test';
import type { FillOutcome, ItemEdit } from '../../extension/shared/api.ts';
import { expect, type Sesame } from '../e2e/fixtures.ts';
import { call, login, makeVault } from '../e2e/support/calls.ts';

export const PASSWORD = 'canary-correct-horse';

export interface Desk {
  web: Page;
  popup: Page;
  id: string;
  /** Opens a page of the site in the web tab. */
  open(path: string): Promise<void>;
  /** Presses **Fill** for the one item of the region **For this site**. */
  fill(): Promise<void>;
  /** The background's own answer, where no row can be pressed. */
  ask(id?: string): Promise<FillOutcome>;
}

export async function desk(sesame: Sesame, origin: string, change: Partial<ItemEdit> = {}): Promise<Desk> {
  const web = await sesame.context.newPage();
  const popup = await sesame.openPopup();
  await makeVault(popup);
  const websites: ItemEdit['websites'] = [{ url: `${origin}/`, match: 'host' }];
  const item = login('Lantern Bank', { username: 'alice@bank.test', password: PASSWORD, websites, ...change });
  const { id } = await call(popup, 'save', item);
  const ask = async (other = id): Promise<FillOutcome> => {
    const site = await call(popup, 'forThisSite');
    return call(popup, 'fill', { id: other, tabId: site?.tabId ?? -1 });
  };
  const fill = async (): Promise<void> => {
    await popup.goto('about:blank');
    await popup.goto(sesame.url('popup.html'));
    await popup.getByRole('region', { name: 'For this site' }).getByRole('button', { name: 'Fill' }).click();
  };
  const open = async (path: string): Promise<void> => {
    await web.bringToFront();
    await web.goto(path.startsWith('http') ? path : `${origin}/${path}`);
  };
  return { web, popup, id, open, fill, ask };
}

/** Sends the form and reads what the page says it was given. */
export async function received(web: Page, button: RegExp | string): Promise<Record<string, string>> {
  await web.getByRole('button', { name: button }).last().click();
  await expect(web.locator('#received')).toBeVisible();
  return web
    .locator('#received dd')
    .evaluateAll((all) => Object.fromEntries(all.map((one) => [(one as HTMLElement).dataset['field'], one.textContent])));
}

/** Everything that stands in fields one types into. */
export const typed = (frame: Page | Frame): Promise<string> =>
  frame
    .locator('input:not([type=checkbox], [type=hidden])')
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value).join(''));

export const both = { username: 'alice@bank.test', password: PASSWORD };
