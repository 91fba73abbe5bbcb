/** S-58: the question whether to save passes the menu's gates; a page can neither hide it under a click nor answer it. */
import type { Frame } from '@playwright/test';
import type { Sesame } from '../e2e/fixtures.ts';
import type { Web } from '../e2e/support/authority.ts';
import { call, login } from '../e2e/support/calls.ts';
import { form, redirect, type Scene, SECRET, scene, signIn, USER } from '../e2e/support/save.ts';
import { ARMED, attacker, type Point } from './menu.ts';
import { BANK, expect, test } from './web.ts';

const OLD = 'canary-old';

/** A sign-in with another password than the saved one, on a page that does something to the question. */
async function asked(sesame: Sesame, web: Web, head: string): Promise<Scene & { id: string; frame: Frame }> {
  const set = await scene(sesame, web, (url, { method }) => {
    if (method === 'POST') return redirect('/home');
    return attacker(url.pathname === '/home' ? head : '', url.pathname === '/home' ? '<h1>Welcome</h1>' : form());
  });
  const { id } = await call(set.popup, 'save', login('Bank', { username: USER, password: OLD, websites: [{ url: BANK, match: 'host' }] }));
  await set.go();
  await signIn(set.tab);
  return { ...set, id, frame: await set.prompt.frame() };
}

/** Where the button lies in the window. */
async function whereIsUpdate({ prompt, frame }: { prompt: Scene['prompt']; frame: Frame }): Promise<Point> {
  const box = await prompt.at.menu();
  const inside = await frame.getByRole('button', { name: 'Update' }).evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  return { x: box.x + inside.x, y: box.y + inside.y };
}

const password = ({ popup, id }: { popup: Scene['popup']; id: string }): Promise<string> =>
  call(popup, 'reveal', { id, secret: 'password' });

test('S-58: pressed in plain sight it updates, with the old password in the history', async ({ sesame, web }) => {
  const set = await asked(sesame, web, '');
  await set.prompt.press('Update');
  await expect.poll(() => password(set)).toBe(SECRET);
  expect(await call(set.popup, 'reveal', { id: set.id, secret: 'history:0' })).toBe(OLD);
});

/** What the page does to the question in the moment in which the person presses. */
const HIDDEN: [name: string, script: string][] = [
  ['covered by what lets clicks through', "over(menuHost(), 'pointer-events:none')"],
  ['covered but for its buttons', "over(menuHost(), 'clip-path:inset(0 0 60px 0)')"],
  ['moved into an element of the page', "document.querySelector('h1').append(menuHost())"],
  [
    'closed and drawn anew, faded',
    "{ const host = menuHost(); host.hidePopover(); host.removeAttribute('popover'); host.style.opacity = 0; }",
  ],
];

for (const [name, script] of HIDDEN) {
  test(`S-58: ${name} the question goes, and a press where it was changes nothing`, async ({ sesame, web }) => {
    const set = await asked(sesame, web, `<script>window.attack = () => { ${script} };</script>`);
    const { x, y } = await whereIsUpdate(set);
    await set.tab.mouse.move(x - 3, y);
    await set.tab.mouse.move(x, y);
    await set.tab.waitForTimeout(ARMED);
    await set.tab.evaluate('attack()');
    await set.tab.mouse.click(x, y);
    await set.prompt.at.gone();
    await set.tab.waitForTimeout(800);
    expect(await password(set)).toBe(OLD);
    // It is not forgotten: the popup asks.
    expect(await call(set.popup, 'waitingCapture')).toMatchObject({ verdict: 'update', itemId: set.id });
  });
}

test('S-50, S-58: a press at once after it appears changes nothing', async ({ sesame, web }) => {
  const set = await asked(sesame, web, '');
  const { x, y } = await whereIsUpdate(set);
  await set.tab.mouse.move(x, y);
  await set.tab.reload();
  await set.prompt.frame();
  await set.tab.mouse.click(x, y);
  await set.tab.waitForTimeout(1_000);
  expect(await password(set)).toBe(OLD);
});

test('S-51, S-52: the page can’t answer it, nor load it for itself', async ({ sesame, web }) => {
  const set = await asked(sesame, web, '');
  const address = await (await sesame.worker()).evaluate(() => chrome.runtime.getURL('menu.html'));
  const loaded = await set.tab.evaluate(async (url) => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
    await new Promise((done) => setTimeout(done, 1_000));
    return frames.length;
  }, address);
  expect(loaded).toBeGreaterThan(0);
  const drawn = await Promise.all(set.tab.frames().map((frame) => frame.evaluate(() => document.body?.innerText ?? '').catch(() => '')));
  // One question, in the frame that Sesame opened.
  expect(drawn.filter((text) => text.includes('Update the password?'))).toHaveLength(1);
  expect(await password(set)).toBe(OLD);
});
