/** The open vault, by the names that a person sees. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Sesame } from '../fixtures.ts';
import { call, login, makeVault } from './calls.ts';

/** An unlocked vault with these items, in popup.html at the popup's size. */
export async function openVault(sesame: Sesame, items = [login('apple'), login('banana'), login('cherry')]): Promise<Page> {
  const page = await sesame.openPopup();
  await makeVault(page);
  if (items.length > 0) await call(page, 'importItems', { items });
  await reopen(sesame, page);
  return page;
}

export async function reopen(sesame: Sesame, page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.goto(sesame.url('popup.html'));
  await expect(page.getByRole('searchbox')).toBeFocused();
}

export const all = (page: Page, name = 'All items'): Locator => page.getByRole('region', { name });
export const row = (page: Page, name: RegExp, region?: string): Locator => all(page, region).getByRole('button', { name });
export const status = (page: Page): Locator => page.getByRole('status');
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
export const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
