/** S-39, S-41, S-46, S-49: what a page can say about looks does not reach the menu: it stays as it was, and works. */
import { alike, scene } from './menu.ts';
import { expect, test } from './web.ts';

/** As the page's own inline style of the element that Sesame put there. */
const ON_HOST = [
  'opacity:.001!important',
  'opacity:.5!important',
  'filter:opacity(0)!important',
  'filter:blur(24px)!important',
  'backdrop-filter:blur(9px)!important',
  'mask-image:linear-gradient(transparent,transparent)!important',
  '-webkit-mask-box-image:linear-gradient(transparent,transparent) 1!important',
  'mask:radial-gradient(circle at 0 0,transparent 99%,#000)!important',
  'mix-blend-mode:difference!important',
  'transform:scale(.1)!important',
  'transform:translate(3000px)!important',
  'rotate:90deg!important',
  'scale:3!important',
  'translate:0 -500px!important',
  'zoom:.1!important',
  'clip-path:inset(40%)!important',
  'clip:rect(0 0 0 0)!important',
  'visibility:hidden!important',
  'display:none!important',
  'content-visibility:hidden!important',
  'contain:strict!important;contain-intrinsic-size:1px!important',
  'width:1px!important;height:1px!important',
  'left:-999px!important',
  'inset:0!important;margin:auto!important',
  'position:absolute!important',
  'padding:400px!important',
  'border:200px solid red!important',
  'pointer-events:none!important',
  'z-index:-1!important',
  'transition:opacity 99s!important;opacity:0!important',
  'animation:gone 1s forwards!important',
  'box-sizing:border-box!important;max-height:0!important',
];

/** As a sheet of the page. */
const IN_SHEET = [
  '*{opacity:0!important;mask-image:linear-gradient(transparent,transparent)!important;filter:invert(1)!important}',
  '*::before{content:"";position:fixed;inset:0;background:#fff;z-index:9;pointer-events:none}',
  '*::after{content:"Claim your prize";position:fixed;inset:0;background:#fff;pointer-events:none}',
  '*::backdrop{background:#fff!important;opacity:1!important;z-index:2147483647!important}',
  ':popover-open{display:none!important}',
  '@keyframes gone{to{opacity:0;transform:scale(0)}}[popover]{animation:gone .01s forwards!important}',
  '@layer a{[popover]{opacity:0!important}}',
  ':root{--opacity:0;color-scheme:dark}',
];

/** On what lies above it in the tree. */
const ON_ROOT = [
  'opacity:0!important',
  'filter:opacity(0)!important',
  'filter:blur(20px)!important',
  'mask-image:linear-gradient(transparent,transparent)!important',
  'mix-blend-mode:multiply!important',
  'clip-path:inset(50%)!important',
  'transform:scale(.1)!important',
  'contain:paint!important;width:0!important;height:0!important;overflow:clip!important',
  'overflow:clip!important;perspective:1px!important',
  'visibility:hidden!important',
  'zoom:.2!important',
];

test('S-39, S-46, S-49: nothing said about the host changes a pixel', async ({ sesame, web }) => {
  test.setTimeout(120_000);
  const { at, tab, ready } = await scene(sesame, web);
  const { box, before } = await ready('host');
  const failed: string[] = [];
  for (const style of ON_HOST) {
    await tab.evaluate(`menuHost().setAttribute('style', ${JSON.stringify(style)})`);
    if (alike(before, await at.picture(box)) < 0.98) failed.push(style);
    await tab.evaluate(`document.querySelectorAll('[popover]').forEach((one) => one.removeAttribute('style'))`);
  }
  for (const rules of IN_SHEET) {
    await tab.evaluate(
      `{const sheet = document.createElement('style'); sheet.id = 'attack'; sheet.textContent = ${JSON.stringify(rules)}; document.head.append(sheet);}`,
    );
    await tab.waitForTimeout(50);
    if (alike(before, await at.picture(box)) < 0.98) failed.push(rules);
    await tab.evaluate(`document.getElementById('attack').remove()`);
  }
  for (const frames of ['{opacity:[0,0]}', "{transform:['scale(0)','scale(0)']}", "{filter:['opacity(0)','opacity(0)']}"]) {
    await tab.evaluate(`menuHost().animate(${frames}, { duration: 1e9, fill: 'both' })`);
    if (alike(before, await at.picture(box)) < 0.98) failed.push(`animate ${frames}`);
  }
  expect(failed).toEqual([]);
});

test('S-41: nothing done to html or body hides it while a press counts', async ({ sesame, web }) => {
  test.setTimeout(180_000);
  const { at, tab, ready } = await scene(sesame, web);
  const failed: string[] = [];
  for (const place of ['html', 'body']) {
    for (const style of ON_ROOT) {
      const { box, before } = await ready(place);
      await tab.evaluate(`document.querySelector('${place}').setAttribute('style', ${JSON.stringify(style)})`);
      // Closed, because its field moved from under it; or there for all to see.
      const seen = alike(before, await at.picture(box));
      if (at.frames().length > 0 && seen < 0.9) failed.push(`${place} {${style}}: ${seen.toFixed(2)}`);
    }
  }
  expect(failed).toEqual([]);
});
