/** S-50, S-51, S-56: presses that come too soon, that nobody made, or that were meant for something else. */
import { ARMED, attacker, scene } from './menu.ts';
import { expect, SIGN_IN, test, typed } from './web.ts';

test('S-50: a press before the menu has been in sight for half a second does nothing', async ({ sesame, web }) => {
  const { at, tab, go } = await scene(sesame, web);
  await go('soon');
  // The place is known from a first look, as it is to a page that says "double-click here".
  await at.open();
  const point = await at.option();
  await tab.keyboard.press('Escape');
  await at.gone();
  await at.click(await at.icon());
  await at.frame();
  await tab.mouse.move(point.x, point.y);
  for (let press = 0; press < 3; press += 1) await tab.mouse.click(point.x, point.y);
  await at.notFilled();
});

test('S-50: the second half of a double click does nothing, however long the menu was there', async ({ sesame, web }) => {
  const { at, tab, ready } = await scene(sesame, web);
  const { point } = await ready('double');
  await tab.mouse.move(point.x, point.y);
  await tab.waitForTimeout(900);
  const press = async (clickCount: number): Promise<void> => {
    await tab.mouse.down({ clickCount });
    await tab.mouse.up({ clickCount });
  };
  await press(2);
  await at.notFilled();
  await press(1);
  await at.filled();
});

test('S-50: a press right after one in the page does nothing', async ({ sesame, web }) => {
  const { at, tab, ready } = await scene(sesame, web);
  const { point, box } = await ready(
    'after',
    attacker('<script>addEventListener("pointerdown", (e) => e.stopImmediatePropagation(), true)</script>'),
  );
  await tab.mouse.move(point.x, point.y);
  await tab.waitForTimeout(500);
  // The page hears of a press on its own mark, wherever that is; then the pointer is on the menu.
  await tab.mouse.move(box.x + box.width + 60, box.y + 20);
  await tab.mouse.click(box.x + box.width + 60, box.y + 20);
  if (at.frames().length > 0) {
    await tab.mouse.move(point.x, point.y);
    await tab.waitForTimeout(350);
    await tab.mouse.click(point.x, point.y);
  }
  await at.notFilled();
});

test('S-50: nor where the page lets nobody else hear of its presses', async ({ sesame, web }) => {
  test.setTimeout(90_000);
  const { at, tab, ready } = await scene(sesame, web);
  const deaf = `<script>for (const type of ['pointerdown', 'pointerup', 'click', 'keydown', 'keyup'])
    addEventListener(type, (event) => { if (window.deaf) event.stopImmediatePropagation(); }, true);</script>`;
  // By a key, so that the pointer is on the menu already and the two come at once.
  const quick = async (): Promise<boolean> => {
    const { point } = await ready('deaf', attacker(deaf));
    await tab.evaluate('window.deaf = true');
    await tab.mouse.move(point.x - 3, point.y);
    await tab.mouse.move(point.x, point.y);
    await tab.waitForTimeout(ARMED);
    const start = performance.now();
    await tab.keyboard.press('Shift');
    await tab.mouse.click(point.x, point.y);
    return performance.now() - start < 200;
  };
  // A machine with much else to do may be slower than the pause that is tried.
  for (let time = 0; time < 5; time += 1) if (await quick()) break;
  await at.notFilled();
  // Left alone for long enough, it counts.
  await at.press(await at.option());
  await at.filled();
});

test('S-50: a pointer that has just come in does nothing yet', async ({ sesame, web }) => {
  const { at, tab, ready } = await scene(sesame, web);
  const { point } = await ready('dash');
  await tab.mouse.move(10, 740);
  await tab.waitForTimeout(300);
  await tab.mouse.move(point.x, point.y);
  await tab.mouse.click(point.x, point.y);
  await at.notFilled();
  await at.press(point);
  await at.filled();
});

test('S-51: no made-up event opens the icon, the menu or an item', async ({ sesame, web }) => {
  const { at, tab, go } = await scene(sesame, web);
  await go('made-up');
  const everything = `(target) => {
    for (const [kind, names] of [[PointerEvent, ['pointerover', 'pointerenter', 'pointermove', 'pointerdown', 'pointerup', 'click']],
      [MouseEvent, ['mouseover', 'mousemove', 'mousedown', 'mouseup', 'click', 'dblclick']], [FocusEvent, ['focus', 'focusin']], [InputEvent, ['input']]])
      for (const name of names) target.dispatchEvent(new kind(name, { bubbles: true, composed: true, cancelable: true, detail: 1, clientX: 300, clientY: 120, pointerType: 'mouse' }));
    for (const name of ['keydown', 'keypress', 'keyup']) for (const key of ['Tab', 'ArrowDown', 'Enter'])
      target.dispatchEvent(new KeyboardEvent(name, { key, code: key, bubbles: true, composed: true, cancelable: true }));
    target.click?.(); target.focus?.();
  }`;
  const before = await tab.evaluate('document.documentElement.childElementCount');
  for (const place of ["document.querySelector('[name=password]')", 'document.body', 'window', 'document']) {
    await tab.evaluate(`(${everything})(${place})`);
  }
  await tab.waitForTimeout(500);
  expect(await tab.evaluate('document.documentElement.childElementCount')).toBe(before);

  // The icon is there; made-up events on it don't open the menu.
  await tab.locator('[name=password]').click();
  await at.icon();
  for (const place of ['iconHost()', "document.querySelector('[name=password]')", 'window'])
    await tab.evaluate(`(${everything})(${place})`);
  await tab.waitForTimeout(500);
  expect(at.frames()).toEqual([]);

  // The menu is open and in sight; made-up events on it and around it choose nothing.
  await at.click(await at.icon());
  await at.option();
  await tab.waitForTimeout(900);
  for (const place of ['menuHost()', "document.querySelector('[name=password]')", 'document', 'window'])
    await tab.evaluate(`(${everything})(${place})`);
  await tab.evaluate('for (let n = 0; n < frames.length; n += 1) frames[n].postMessage({ type: "act" }, "*")');
  await at.notFilled();
});

test('S-51: what the frame says counts for nothing outside of the frame', async ({ sesame, web }) => {
  const { at, tab, go } = await scene(sesame, web);
  await go('made-up-inside');
  const frame = await at.open();
  await tab.waitForTimeout(900);
  // Even a script inside could only make up events; they don't count.
  await frame.evaluate(() => {
    const option = document.querySelector('[role=option]') as HTMLElement;
    const search = document.querySelector('input') as HTMLElement;
    option.click();
    option.dispatchEvent(new PointerEvent('click', { bubbles: true, detail: 1, pointerType: 'mouse' }));
    for (const key of ['ArrowDown', 'Enter']) search.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
  await at.notFilled();
});

test('S-56: down and Enter, as in a game, choose nothing; the arrows of somebody who looks do', async ({ sesame, web }) => {
  const { at, tab, go } = await scene(sesame, web);
  await go('game', attacker('', SIGN_IN('onsubmit="return false"')));
  await tab.locator('[name=password]').click();
  await at.icon();
  // In quick succession, and again with the menu long in sight: nothing is chosen beforehand.
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('Enter');
  await at.frame();
  await tab.keyboard.press('Enter');
  await tab.waitForTimeout(900);
  await tab.keyboard.press('Enter');
  await at.notFilled();
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('Enter');
  await at.filled();
});

test('S-56: while the page keeps the focus, no key reaches the menu', async ({ sesame, web }) => {
  const { at, tab, go } = await scene(sesame, web);
  await go('focus', attacker('<script>whenMenu(() => setInterval(() => document.querySelector("[name=password]").focus(), 20))</script>'));
  await tab.locator('[name=password]').click();
  await at.click(await at.icon());
  await at.frame();
  await tab.waitForTimeout(900);
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter', 'Enter']) await tab.keyboard.press(key, { delay: 100 });
  await at.notFilled();
  expect(await typed(tab)).toBe('');
});
