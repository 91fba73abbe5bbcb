/** S-53, S-54, S-78, S-93: when something of Sesame appears in a page, and what the page can tell from it. */
import { call } from '../e2e/support/calls.ts';
import { attacker, scene } from './menu.ts';
import { expect, page, SIGN_IN, test } from './web.ts';

// Each file that it fails to reach is also said on the console.
test.describe('probing', () => {
  test.use({ expectedErrors: [/ERR_FAILED|ERR_BLOCKED_BY_CLIENT|Denying load/] });
  test('S-93: before a gesture the page is the same as without Sesame, and none of its files can be reached', async ({ sesame, web }) => {
    const { tab, at, go } = await scene(sesame, web);
    // Where the password field has the focus from the start, and takes it again and again.
    const content = page(SIGN_IN().replace('name="password"', 'name="password" autofocus'));
    await go('quiet', content);
    await tab.evaluate(
      'setInterval(() => { document.querySelector("[name=password]").blur(); document.querySelector("[name=password]").focus(); }, 30)',
    );
    await tab.waitForTimeout(600);
    const plain = await tab.evaluate((html) => {
      const other = new DOMParser().parseFromString(html, 'text/html');
      return other.documentElement.outerHTML;
    }, content);
    expect(await tab.evaluate('document.documentElement.outerHTML')).toBe(plain);
    expect(await tab.evaluate('Object.keys(window).filter((name) => /sesame|chrome_?ext/i.test(name))')).toEqual([]);
    expect(await at.hosts()).toEqual([]);

    const files = [
      'menu.html',
      'menu.js',
      'menu.css',
      'watch.js',
      'content.js',
      'popup.html',
      'icons/locked-16.png',
      'manifest.json',
      'engine.wasm',
    ];
    const probe = (base: string): Promise<string[]> =>
      tab.evaluate(
        async ([root, names]) => {
          const reached: string[] = [];
          for (const name of names ?? []) {
            const url = `${root}${name}`;
            const loads = (tag: 'img' | 'script' | 'link'): Promise<boolean> =>
              new Promise((done) => {
                const element = document.createElement(tag);
                element.onload = () => done(true);
                element.onerror = () => done(false);
                if (tag === 'link') Object.assign(element, { rel: 'stylesheet', href: url });
                else Object.assign(element, { src: url });
                document.head.append(element);
              });
            if (
              await fetch(url).then(
                () => true,
                () => false,
              )
            )
              reached.push(`fetch ${name}`);
            for (const tag of ['img', 'script', 'link'] as const) if (await loads(tag)) reached.push(`${tag} ${name}`);
          }
          return reached;
        },
        [base, files] as const,
      );
    expect(await probe(sesame.url(''))).toEqual([]);
    // The same question gets a yes from a page that has what it asks for.
    expect(await tab.evaluate(() => fetch('/').then(() => true))).toBe(true);
  });
});

test('S-78: the page sees the same, whether there is an item for it, none, or Sesame is locked', async ({ sesame, web }) => {
  test.setTimeout(90_000);
  const { at, tab, popup, open } = await scene(sesame, web);
  const watcher = `<script>
    const seen = [];
    const size = (one) => { const r = one.getBoundingClientRect(); return [r.left, r.top, r.width, r.height].join(); };
    new MutationObserver((all) => { for (const { type, target, addedNodes, removedNodes, attributeName } of all) {
      for (const one of addedNodes) seen.push('in ' + one.getAttributeNames?.() + ' ' + size(one) + ' ' + one.childNodes.length);
      for (const one of removedNodes) seen.push('out');
      if (type === 'attributes') seen.push('attribute ' + attributeName + ' of ' + (target.parentElement?.localName)); } })
      .observe(document, { subtree: true, childList: true, attributes: true });
    for (const name of ['focusin', 'focusout', 'toggle', 'scroll', 'resize', 'message', 'blur', 'focus']) addEventListener(name, (e) => seen.push(name + ' ' + (e.target?.name ?? typeof e.target)), true);
  </script>`;
  const story = async (address: string): Promise<unknown> => {
    web.serve(({ pathname }) => (pathname === '/' ? attacker(watcher) : undefined));
    await open(address);
    await tab.evaluate('seen.length = 0');
    await at.open();
    await tab.waitForTimeout(700);
    return tab.evaluate(
      '({ seen: seen.map((line) => line.replace(/ of s[0-9a-z]+-[0-9a-z]+/, "")), frames: frames.length, style: getComputedStyle(document.querySelector("[name=password]")).cssText, height: document.documentElement.scrollHeight, resources: performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname) })',
    );
  };
  const one = await story('https://one.bank.com/');
  const none = await story('https://one.shop.com/');
  expect(none).toEqual(one);
  await call(popup, 'lock');
  const locked = await story('https://one.bank.com/');
  expect(locked).toEqual(one);
  expect(JSON.stringify(one)).toContain('in ');
});

test('S-53: locked, the menu names the toolbar, and nowhere asks for anything', async ({ sesame, web }) => {
  const { at, tab, popup, go } = await scene(sesame, web);
  await call(popup, 'lock');
  await go('locked');
  const frame = await at.open();
  await expect(frame.getByText('Unlock Sesame in the toolbar')).toBeVisible();
  expect(await frame.locator('input, textarea, [contenteditable]').count()).toBe(0);
  expect(await tab.locator('input').count()).toBe(2);
});

test('S-54: a field that nobody can see gets no icon, however it got the focus', async ({ sesame, web }) => {
  test.setTimeout(90_000);
  const { at, tab, go } = await scene(sesame, web);
  const hidden: [string, string][] = [
    ['a faint form', 'form{opacity:.1}'],
    ['a fairly faint one', 'form{opacity:.85}'],
    ['faint in faint', 'body{opacity:.94}form{opacity:.94}'],
    ['tiny', 'input{width:4px!important;height:4px!important;padding:0;border:0}'],
    ['off the page', 'form{position:absolute;left:-900px}'],
    ['cut off', 'form{clip-path:inset(0 0 100% 0)}'],
    ['under a cover', 'body::after{content:"";position:fixed;inset:0;background:#fff;pointer-events:none}form{visibility:hidden}'],
  ];
  for (const [name, rules] of hidden) {
    await test.step(name, async () => {
      await go('faint', attacker(`<style>${rules}</style>`));
      // A click of a person, and a page that leads the focus into the field by it.
      await tab.evaluate('addEventListener("pointerup", () => setTimeout(() => document.querySelector("[name=password]").focus(), 10))');
      await tab.mouse.click(700, 500);
      await tab.waitForTimeout(400);
      expect(await at.hosts(), name).toEqual([]);
    });
  }
  await go('clear');
  await tab.evaluate('addEventListener("pointerup", () => setTimeout(() => document.querySelector("[name=password]").focus(), 10))');
  await tab.mouse.click(700, 500);
  await at.icon();
  // The icon alone: the menu opens by a press on it.
  expect(at.frames()).toEqual([]);
});

test('S-54: focus without a gesture, by script, by autofocus or by a label, summons nothing', async ({ sesame, web }) => {
  const { at, tab, go } = await scene(sesame, web);
  const autofocus = SIGN_IN().replace('name="password"', 'name="password" autofocus');
  const ways: [string, string, string][] = [
    ['autofocus', autofocus, ''],
    ['script', SIGN_IN(), 'const p = document.querySelector("[name=password]"); for (let n = 0; n < 50; n += 1) { p.blur(); p.focus(); }'],
    ['label', SIGN_IN(), 'document.querySelector("label").click();'],
  ];
  // One after the other: what the next one does takes back what the one before had summoned.
  for (const [name, form, act] of ways) {
    await go(name, attacker('', form));
    await tab.evaluate(`{ ${act} }`);
    await tab.waitForTimeout(500);
    expect(await at.hosts(), name).toEqual([]);
  }
  // Nor once the script is there, because the person went into one field and the page leads on into another.
  await tab.locator('[name=username]').click();
  await at.icon();
  await tab.waitForTimeout(1_300);
  await tab.evaluate('document.querySelector("[name=password]").focus()');
  await tab.waitForTimeout(600);
  expect(await at.hosts()).toEqual([]);
});
