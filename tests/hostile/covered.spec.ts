/** S-42 to S-48: while something lies over the menu, or it is not where it was put, no press in it counts. */
import { alike, attacker, type Scene, scene } from './menu.ts';
import { expect, test } from './web.ts';

/** The menu is open, the page does `attack`, the person presses where the item is. */
interface Given {
  /** It changes nothing that a person sees. */
  harmless?: boolean;
  /** The page keeps from Sesame what it does to the top layer: it listened first. */
  quietly?: boolean;
}

const QUIETLY =
  '<script>for (const name of ["beforetoggle", "toggle"]) addEventListener(name, (e) => e.stopImmediatePropagation(), true)</script>';

async function attacked(set: Scene, name: string, attack: string, given: Given = {}): Promise<void> {
  await test.step(name, async () => {
    const { at, tab, ready } = set;
    const { point, box, before } = await ready(name.replaceAll(/[^a-z]+/g, '-'), attacker(given.quietly ? QUIETLY : ''));
    await tab.evaluate(`(async () => { const host = menuHost(); ${attack} })()`);
    await tab.mouse.move(30, 720);
    await tab.waitForTimeout(150);
    if (given.harmless && at.frames().length > 0) {
      // Still there for all to see: then a press may count.
      expect(alike(before, await at.picture(box)), name).toBeGreaterThan(0.9);
      return;
    }
    await at.press(point);
    await at.notFilled(name);
  });
}

test('S-42, S-43: covers of every size and kind', async ({ sesame, web }) => {
  test.setTimeout(180_000);
  const set = await scene(sesame, web);
  const covers: [string, string][] = [
    ['all of it, opaque', 'over(host, "pointer-events:none");'],
    ['all of it, taking the clicks', 'over(host);'],
    ['half of it', 'over(host, "pointer-events:none;clip-path:inset(0 0 50% 0)");'],
    ['all but a few pixels', 'over(host, "pointer-events:none").style.height = (host.offsetHeight - 4) + "px";'],
    ['one line', 'over(host, "pointer-events:none").style.height = "2px";'],
    ['transparent', 'over(host, "pointer-events:none;background:transparent");'],
    ['a lens', 'over(host, "pointer-events:none;background:transparent;backdrop-filter:blur(20px)");'],
    [
      'a frame over it',
      'const f = document.createElement("iframe"); f.style.cssText = "width:100%;height:100%;border:0;pointer-events:none"; over(host, "pointer-events:none").append(f);',
    ],
    [
      'a picture over it',
      'const c = document.createElement("canvas"); c.width = 400; c.height = 400; over(host, "pointer-events:none").append(c);',
    ],
  ];
  for (const [name, attack] of covers) await attacked(set, name, attack, { quietly: true });
});

test('S-44: what comes into the top layer later', async ({ sesame, web }) => {
  test.setTimeout(120_000);
  const set = await scene(sesame, web);
  const later: [string, string][] = [
    [
      'a popover with a backdrop',
      'const s = document.createElement("style"); s.textContent = "[popover]::backdrop{background:#fff;pointer-events:none}"; document.head.append(s); cover("inset:0;width:1px;height:1px;pointer-events:none");',
    ],
    ['a modal dialog', 'const d = document.createElement("dialog"); d.textContent = "Prize"; document.body.append(d); d.showModal();'],
    [
      'the whole screen',
      'await document.documentElement.requestFullscreen().catch(() => document.querySelector("form").requestFullscreen());',
    ],
    [
      'its own host again, under another',
      'cover("inset:0;width:100%;height:100%;pointer-events:none"); if (host.isConnected) { host.hidePopover(); host.showPopover(); } cover("inset:0;width:100%;height:100%;pointer-events:none");',
    ],
  ];
  for (const [name, attack] of later) {
    await attacked(set, name, attack);
    await set.at.gone();
    await attacked(set, `${name}, quietly`, attack, { quietly: true });
  }
});

test('S-47: the host moved to another place', async ({ sesame, web }) => {
  test.setTimeout(120_000);
  const set = await scene(sesame, web);
  const wrap = 'const box = document.createElement("div"); document.body.append(box);';
  const masked = 'box.style.cssText = "mask-image:linear-gradient(transparent,transparent);opacity:.01";';
  const moves: [string, string][] = [
    ['into a masked box', `${wrap}${masked} box.append(host); host.showPopover();`],
    ['into a box, without leaving', `${wrap}${masked} box.moveBefore ? box.moveBefore(host, null) : box.append(host);`],
    ['out and in again', 'host.remove(); document.documentElement.append(host); host.showPopover();'],
    ['closed and shown again', 'host.hidePopover(); host.showPopover();'],
    ['no popover any more', 'host.removeAttribute("popover");'],
    [
      'into another document',
      'const f = document.createElement("iframe"); document.body.append(f); f.style.cssText = "position:fixed;inset:0;width:100%;height:100%"; f.contentDocument.documentElement.append(host); host.showPopover();',
    ],
    ['into a shadow root', `${wrap} box.attachShadow({ mode: "open" }).append(host); host.showPopover();`],
  ];
  for (const [name, attack] of moves) await attacked(set, name, attack, { harmless: name === 'closed and shown again' });
});

test('S-45: the field, the page or the window moves under the pointer', async ({ sesame, web }) => {
  test.setTimeout(120_000);
  const set = await scene(sesame, web);
  const moves: [string, string][] = [
    ['the field', 'document.querySelector("form").style.paddingTop = "40px";'],
    ['the page', 'document.body.style.height = "4000px"; scrollTo(0, 60);'],
    [
      'the field follows the pointer',
      'addEventListener("mousemove", (e) => { document.querySelector("form").style.transform = "translate(" + e.clientX + "px," + e.clientY + "px)"; });',
    ],
    ['the field goes', 'document.querySelector("[name=password]").remove();'],
  ];
  for (const [name, attack] of moves) await attacked(set, name, attack);
});

test('S-48: the picture of an earlier state, drawn over everything', async ({ sesame, web }) => {
  test.setTimeout(90_000);
  const set = await scene(sesame, web);
  const still = (name: string): string =>
    `::view-transition{pointer-events:none}::view-transition-old(${name}){animation:none;opacity:1}::view-transition-new(${name}){display:none}::view-transition-group(${name}){animation-duration:60s}`;
  // Of the whole page, which takes the presses with it; and of one element alone, which leaves them to what is below.
  for (const [name, rules] of [
    ['of the page', still('root')],
    [
      'of a cover',
      `@keyframes on{to{outline-width:1px}}:root{view-transition-name:none}div[popover]{view-transition-name:cover}${still('cover')}::view-transition-old(cover){animation:on 60s}`,
    ],
  ] as const) {
    await attacked(
      set,
      name,
      `const s = document.createElement('style');
       s.textContent = '${rules}';
       document.head.append(s);
       over(host); document.startViewTransition(() => document.querySelectorAll('div[popover]').forEach((one) => one.remove()));`,
      { quietly: true },
    );
  }
});

test('S-46: the frame element around the page is masked, by a page of the same site and by another', async ({ sesame, web }) => {
  const { at, tab, open } = await scene(sesame, web);
  const outer = (address: string): string =>
    `<!doctype html><style>body{margin:0}iframe{position:fixed;inset:0;width:100%;height:100%;border:0}.masked{mask-image:linear-gradient(transparent,transparent)}</style><iframe src="${address}"></iframe>`;
  for (const host of ['mask.bank.com', 'evil.bank.com']) {
    await test.step(host, async () => {
      web.serve(({ pathname }) => (pathname === '/inner' ? attacker() : outer('https://mask.bank.com/inner')));
      await open(`https://${host}/`);
      const inner = tab.frameLocator('iframe');
      await inner.locator('[name=password]').click();
      await at.click(await at.icon());
      await at.frame();
      await tab.waitForTimeout(900);
      const [point, box] = [await at.option(), await at.menu()];
      const before = await at.picture(box);
      await tab.evaluate(() => document.querySelector('iframe')?.classList.add('masked'));
      expect(alike(before, await at.picture(box))).toBeLessThan(0.9);
      await at.press(point);
      await at.notFilled(host);
    });
  }
});
