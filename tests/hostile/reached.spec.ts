/** S-40: whoever gets at the inside of the host. */
import { resolve } from 'node:path';
import { dress, launch } from '../e2e/fixtures.ts';
import { alike, attacker, scene } from './menu.ts';
import { expect, test } from './web.ts';

test('S-40: a page gets at nothing of it', async ({ sesame, web }) => {
  const { at, tab, ready } = await scene(sesame, web);
  // A page that gives the element's own name a meaning, to be called for it, and one that replaces the platform.
  const { point } = await ready(
    'inside',
    attacker(`<script>
      const taken = [];
      whenMenu((host) => {
        try {
          customElements.define(host.localName, class extends HTMLElement { constructor() { super(); taken.push(this.attachInternals().shadowRoot); } });
        } catch {}
      });
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (init) { const root = attach.call(this, { ...init, mode: 'open' }); taken.push(root); return root; };
      const append = Element.prototype.append;
      Element.prototype.append = function (...all) { taken.push(...all.filter((one) => one instanceof ShadowRoot)); return append.apply(this, all); };
    </script>`),
  );
  const found = await tab.evaluate(`(() => {
    const host = menuHost();
    const inside = [...document.querySelectorAll('*')].filter((one) => one.shadowRoot).length;
    return { inside, taken: taken.filter((one) => one !== null).length, root: host.shadowRoot, frames: frames.length, windows: Object.keys(window).filter((key) => key !== 'document' && window[key]?.location && window[key] !== window).length,
      internals: (() => { try { return host.attachInternals().shadowRoot; } catch { return null; } })(), html: host.getHTML?.({ serializableShadowRoots: true }) ?? '', at: document.elementFromPoint(host.getBoundingClientRect().left + 50, host.getBoundingClientRect().top + 50) === host };
  })()`);
  expect(found).toEqual({ inside: 0, taken: 0, root: null, frames: 0, windows: 0, internals: null, html: '', at: true });
  await at.press(point);
  await at.filled();
});

test('S-40: another extension, which can, gains nothing by it', async ({ web }) => {
  test.setTimeout(90_000);
  const dist = resolve(import.meta.dirname, '../..', process.env['SESAME_DIST'] ?? 'dist/chromium');
  const other = resolve(import.meta.dirname, 'other-extension');
  const browser = await launch({ args: [...web.args, `--load-extension=${dist},${other}`] });
  try {
    const { at, tab, ready } = await scene(dress(browser), web);
    for (const style of [
      'opacity:0!important',
      'transform:translateX(-400px)!important',
      'filter:blur(30px)!important',
      'width:20px!important',
    ]) {
      const { point, box, before } = await ready('other');
      await tab.evaluate((detail) => dispatchEvent(new CustomEvent('reach', { detail })), style);
      expect(await tab.evaluate(() => document.documentElement.dataset['reached'])).toBe('yes');
      expect(alike(before, await at.picture(box)), style).toBeLessThan(0.9);
      await at.press(point);
      await at.notFilled(style);
    }
  } finally {
    await browser.close();
  }
});
