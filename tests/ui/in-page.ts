/**
 * Pictures of what Sesame shows inside pages, taken of the built extension on the sample site: the frame
 * belongs to the browser, so there is nothing to draw it without.
 *
 *   node --import ./scripts/typescript.mjs tests/ui/in-page.ts FOLDER [name ...]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dress } from '../e2e/fixtures.ts';
import { call, login, makeVault } from '../e2e/support/calls.ts';
import { launch } from '../e2e/support/launch.ts';
import { InPage } from '../hostile/menu.ts';
import { startSampleSite } from '../pages/server.mjs';
import { withPalette } from './png.mjs';

const [folder = 'out/ui/shots', ...wanted] = process.argv.slice(2);
const SIZE = { width: 480, height: 660 };

/** `popup` is a page of ours, for what the background is asked. */
type Scene = (web: Page, popup: Page, origin: string) => Promise<void>;

const scenes: Record<string, Scene> = {
  'page-menu': async (web, _, origin) => {
    await web.goto(`${origin}/sign-in`);
    await new InPage(web).open();
  },
  'page-suggest': async (web, _, origin) => {
    await web.goto(`${origin}/sign-up`);
    await new InPage(web).open('[name=new]');
  },
  'page-prompt': async (web, _, origin) => {
    await web.goto(`${origin}/sign-in`);
    await web.getByLabel('User name').click();
    await web.keyboard.type('carol@bank.test');
    await web.keyboard.press('Tab');
    await web.keyboard.type('a password of her own');
    await web.getByRole('button', { name: 'Sign in' }).click();
    await new InPage(web).frame();
  },
  'page-locked': async (web, popup, origin) => {
    await call(popup, 'lock');
    await web.goto(`${origin}/sign-in`);
    await new InPage(web).open();
  },
};

const site = await startSampleSite();
try {
  for (const theme of ['light', 'dark'] as const) {
    for (const [name, act] of Object.entries(scenes)) {
      if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
      const sesame = dress(await launch());
      try {
        const popup = await sesame.openPopup();
        await makeVault(popup);
        const websites = [{ url: `${site.origin}/`, match: 'host' as const }];
        await call(popup, 'importItems', {
          items: [
            login('Lantern Bank', { username: 'alice@bank.test', websites, totp: 'JBSWY3DPEHPK3PXP' }),
            login('Lantern Bank, shared', { username: 'household', websites }),
          ],
        });
        await call(popup, 'setPrefs', { theme, language: 'en' });
        const web = await sesame.context.newPage();
        await web.setViewportSize(SIZE);
        await web.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await act(web, popup, site.origin);
        await web.waitForTimeout(700);
        writeFileSync(join(folder, `${name}-${theme}-en.png`), withPalette(await web.screenshot()));
      } finally {
        await sesame.close();
      }
    }
  }
} finally {
  await site.close();
}
