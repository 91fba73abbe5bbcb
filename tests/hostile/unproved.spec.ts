/** S-55: a browser that can't tell whether a frame is in plain sight, as Firefox: what is chosen is confirmed in the popup. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ActionPopup, dress, launch } from '../e2e/fixtures.ts';
import { scene } from './menu.ts';
import { expect, test } from './web.ts';

test('S-55: without IntersectionObserver v2 nothing is filled from the page', async ({ web }, info) => {
  test.setTimeout(90_000);
  // The shipped extension, told before its own script runs that the browser has no such observer.
  const dist = info.outputPath('dist');
  await cp(resolve(import.meta.dirname, '../..', process.env['SESAME_DIST'] ?? 'dist/chromium'), dist, { recursive: true });
  const script = await readFile(`${dist}/menu.js`, 'utf8');
  await writeFile(`${dist}/menu.js`, `delete IntersectionObserverEntry.prototype.isVisible;${script}`);
  const browser = await launch({ args: [...web.args, `--load-extension=${dist}`] });
  try {
    const sesame = dress(browser);
    const { at, tab, ready } = await scene(sesame, web);
    const { point } = await ready('firefox');
    expect(await at.frames()[0]?.evaluate(() => 'isVisible' in IntersectionObserverEntry.prototype)).toBe(false);
    await tab.bringToFront();
    const popup = await ActionPopup.next(sesame, () => at.press(point));
    await popup.waitFor('button', 'Fill');
    await at.notFilled();
    await popup.click('button', 'Fill');
    await at.filled();
  } finally {
    await browser.close();
  }
});
