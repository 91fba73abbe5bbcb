/** S-52: our own pages in other people's frames and windows. */
import { attacker, scene } from './menu.ts';
import { expect, test } from './web.ts';

test.use({ expectedErrors: [/ERR_|Denying|Failed to load|Refused/] });

const ids = (id: string, dynamic: string): string[] => [`chrome-extension://${id}`, dynamic];

test('S-52: no page of ours can be framed, opened or navigated to, except the menu, which stays blank', async ({ sesame, web }) => {
  test.setTimeout(90_000);
  const { at, tab, go } = await scene(sesame, web);
  await go('framer');
  await at.open();
  // Should the address of the menu ever get out: this is it.
  const dynamic = await (await sesame.worker()).evaluate(
    () =>
      new URL(chrome.runtime.getURL('menu.html')).origin.replace('null', '') ||
      chrome.runtime.getURL('menu.html').replace('/menu.html', ''),
  );
  await tab.keyboard.press('Escape');
  await at.gone();
  for (const root of ids(sesame.extensionId, dynamic)) {
    for (const name of [
      'popup.html',
      'ceremony.html',
      'offscreen.html',
      'menu.html',
      'menu.html#00000000-0000-4000-8000-000000000000',
      'engine.wasm',
    ]) {
      await test.step(`${root === dynamic ? 'dynamic' : 'static'} ${name}`, async () => {
        await tab.evaluate((src) => {
          const frame = document.createElement('iframe');
          frame.id = 'ours';
          frame.style.cssText = 'width:320px;height:280px';
          frame.src = src;
          document.body.append(frame);
          return new Promise((done) => {
            frame.onload = done;
            setTimeout(done, 1500);
          });
        }, `${root}/${name}`);
        await tab.waitForTimeout(200);
        for (const frame of tab.frames().slice(1)) {
          const text = await frame.evaluate(() => document.body?.innerText ?? '').catch(() => '');
          const scripted = await frame
            .evaluate(() => location.protocol === 'chrome-extension:' && document.body.childElementCount > 0)
            .catch(() => false);
          expect(scripted, `${name}: ${frame.url()} ${text.slice(0, 80)}`).toBe(false);
          if (frame.url().startsWith('chrome-extension:')) expect(frame.url()).toContain('/menu.html');
        }
        await tab.evaluate(() => document.getElementById('ours')?.remove());
      });
    }
  }
  for (const name of ['popup.html', 'ceremony.html', 'menu.html']) {
    await test.step(`window ${name}`, async () => {
      const opening = sesame.context.waitForEvent('page', { timeout: 3_000 }).catch(() => null);
      await tab.evaluate((src) => void open(src), sesame.url(name));
      const opened = await opening;
      await opened?.waitForTimeout(400);
      const drawn = await opened
        ?.evaluate(() => location.protocol === 'chrome-extension:' && document.body.childElementCount > 0)
        .catch(() => false);
      expect(drawn ?? false, name).toBe(false);
      await opened?.close();
    });
  }
});

test('S-52: an opening is good for one load, in its own document', async ({ sesame, web }) => {
  const { at, tab, go } = await scene(sesame, web);
  await go('second', attacker());
  const frame = await at.open();
  const address = await frame.evaluate(() => location.href);
  const stolen = await (await sesame.worker()).evaluate((hash) => chrome.runtime.getURL('menu.html') + hash, new URL(address).hash);
  // Another page, that somehow has both the address and the name of the opening, and the same page once more.
  await tab.evaluate((src) => {
    const copy = document.createElement('iframe');
    copy.id = 'copy';
    copy.src = src;
    document.body.append(copy);
  }, stolen);
  await tab.waitForTimeout(800);
  for (const other of at.frames()) {
    if (other === frame) continue;
    expect(await other.evaluate(() => document.body.childElementCount)).toBe(0);
  }
  // And the first one is not believed any more either.
  await at.notFilled();
  expect(at.frames().filter((each) => each === frame)).toEqual([]);
});

test('S-52, S-89: the frame may ask for what it shows, and for nothing else of Sesame', async ({ sesame, web }) => {
  const { at, go } = await scene(sesame, web);
  await go('asks');
  const frame = await at.open();
  const answers = await frame.evaluate(async () => {
    const calls = ['status', 'list', 'settings', 'lock', 'generatorHistory', 'fill'];
    const ask = (call: string): Promise<unknown> =>
      Promise.race([
        chrome.runtime.sendMessage({ to: 'background', call, input: null }).catch(() => 'nobody'),
        new Promise((done) => setTimeout(() => done('nobody'), 500)),
      ]);
    return Promise.all(calls.map(ask));
  });
  expect(answers.filter((answer) => answer !== 'nobody' && answer !== undefined && answer !== null)).toEqual([]);
});
