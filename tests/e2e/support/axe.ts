/** axe, in a document of ours: loaded there once, and without the blank page that its own builder opens for every screen. */
import { expect, type Frame, type Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

/** What axe finds there, one line for each rule that is broken. */
export async function violations(where: Page | Frame, options: RunOptions = {}): Promise<string[]> {
  if (!(await where.evaluate(() => 'axe' in globalThis))) await where.evaluate(axe.source);
  return where.evaluate(async (given) => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, given);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, options);
}

export const scrollsSideways = (where: Page | Frame): Promise<boolean> =>
  where.evaluate(() => document.documentElement.scrollWidth > innerWidth);

/** axe finds nothing on this screen, and at the popup's width nothing is beside it. */
export async function sound(page: Page, screen: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await violations(page), screen).toEqual([]);
  expect(await scrollsSideways(page), `${screen} scrolls sideways`).toBe(false);
}
