/** A line and a numbered picture for each step of the demonstration. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';

export const OUT = 'out';

export class Steps {
  private number = 0;

  /** `picture` is a page, or whatever else can take one of itself. */
  async say(text: string, slug = '', picture?: Page | { screenshot(file: string): Promise<unknown> }): Promise<void> {
    this.number += 1;
    const file = join(OUT, `${String(this.number).padStart(2, '0')}-${slug}.png`);
    if (picture && 'goto' in picture) await picture.screenshot({ path: file, animations: 'disabled' });
    else await picture?.screenshot(file);
    console.log(`${String(this.number).padStart(2)}. ${text}${picture ? `  -> ${file}` : ''}`);
  }
}
