// Makes extension/icons from the one drawing in extension/ui/parts/mark-path.ts: node scripts/mark.mjs
// The pictures are committed, so that a build needs no browser; run it again after changing the drawing.
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { transform } from 'esbuild';
import { inRoot, writeIfChanged } from './lib/house.mjs';

/** One tone between the light and the dark toolbar: at least 3:1 against both. */
const TOASTED = '#bd7520';
const SIZES = [16, 32, 48, 128];
const AIR = 3;

const { code } = await transform(readFileSync(inRoot('extension/ui/parts/mark-path.ts'), 'utf8'), { loader: 'ts' });
const { SEED, SEED_OPEN } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

/** `room`: the free space on each side, in the drawing's own units; stores want some around the large one. */
const svg = (path, size, room = 0) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-room} ${-room} ${24 + 2 * room} ${24 + 2 * room}"` +
  `${size ? ` width="${size}" height="${size}"` : ''}><path fill="${TOASTED}" fill-rule="evenodd" d="${path}"/></svg>\n`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
const page = await browser.newPage();
writeIfChanged(inRoot('extension/icons/mark.svg'), svg(SEED));
writeIfChanged(inRoot('extension/icons/mark-open.svg'), svg(SEED_OPEN));
for (const [name, path] of Object.entries({ locked: SEED, unlocked: SEED_OPEN })) {
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>*{margin:0}svg{display:block}</style>${svg(path, size, size === 128 ? AIR : 0)}`);
    const png = await page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: size, height: size } });
    writeIfChanged(inRoot('extension/icons', `${name}-${size}.png`), png);
  }
}
await browser.close();
