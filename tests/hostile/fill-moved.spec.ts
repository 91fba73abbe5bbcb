/** S-75, S-76: what becomes of a grant when the page moves, between the person's yes and the fill. */
import type { Page } from '@playwright/test';
import type { Sesame } from '../e2e/fixtures.ts';
import { BANK, EVIL, expect, expectNothing, PASSWORD, page, pressFill, SIGN_IN, table, test, typed, USER } from './web.ts';

/** Holds back every grant in the background until `act` is done, then lets it go `times` times. */
async function holdGrants(sesame: Sesame, act: 'navigate' | 'wait' | 'nothing', times = 1): Promise<void> {
  await (await sesame.worker()).evaluate(
    ([what, evil, count]) => {
      chrome.runtime.onConnect.addListener((port) => {
        if (port.name !== 'page') return;
        const send = port.postMessage.bind(port);
        port.postMessage = (message: { type?: string }) => {
          if (message.type !== 'fill') return send(message);
          void (async () => {
            const tabId = port.sender?.tab?.id ?? -1;
            if (what === 'navigate') {
              const gone = new Promise<void>((done) => port.onDisconnect.addListener(() => done()));
              await chrome.tabs.update(tabId, { url: `${evil}/` });
              await gone;
            }
            if (what === 'wait') await new Promise((done) => setTimeout(done, 2_300));
            for (let time = 0; time < Number(count); time += 1) {
              if (time > 0) await new Promise((done) => setTimeout(done, 600));
              try {
                send(message);
              } catch {
                // The port died with its document, as it should.
              }
            }
          })();
        };
      });
    },
    [act, EVIL, times] as const,
  );
}

async function emptied(tab: Page): Promise<void> {
  await tab.evaluate(() => {
    for (const field of document.querySelectorAll('input')) field.value = '';
  });
}

test('S-76: a grant dies with the document that it names', async ({ sesame, web }) => {
  const { tab, open, ask } = await table(sesame);
  web.serve(() => page(SIGN_IN()));
  await open(`${BANK}/`);
  await holdGrants(sesame, 'navigate');
  expect(await ask()).toMatchObject({ result: 'refused', reason: 'page-changed' });
  await expect.poll(() => tab.url()).toBe(`${EVIL}/`);
  await expectNothing(tab, web);
});

test('S-76: a grant that comes late is no grant', async ({ sesame, web }) => {
  const { tab, open, ask } = await table(sesame);
  web.serve(() => page(SIGN_IN()));
  await open(`${BANK}/`);
  await holdGrants(sesame, 'wait');
  expect((await ask()).result).toBe('refused');
  await expectNothing(tab, web);
});

test('S-76: a grant is good once', async ({ sesame, web }) => {
  const { tab, open, ask } = await table(sesame);
  web.serve(() => page(SIGN_IN()));
  await open(`${BANK}/`);
  await holdGrants(sesame, 'nothing', 3);
  expect(await ask()).toMatchObject({ result: 'filled' });
  expect(await typed(tab)).toBe(USER + PASSWORD);
  await emptied(tab);
  await tab.waitForTimeout(1_600);
  expect(await typed(tab)).toBe('');
});

test('S-76: the page moves on while the question is open: the yes is for the page that was asked about', async ({ sesame, web }) => {
  const { tab, popup, open } = await table(sesame);
  web.serve((url) => (url.origin === BANK && url.pathname === '/' ? page(SIGN_IN('method="get" action="/received"')) : page(SIGN_IN())));
  for (const [move, words] of [
    [`${EVIL}/`, 'address'],
    ['http://bank.test/', 'address'],
  ] as const) {
    await open(`${BANK}/`);
    await pressFill(sesame, popup);
    const dialog = popup.getByRole('dialog');
    await expect(dialog).toContainText(words);
    await tab.goto(move);
    await dialog.getByRole('button', { name: 'Fill anyway' }).click();
    await expect(popup.getByRole('alert')).toContainText(/Nothing was filled|not filled|does not/);
    await expectNothing(tab, web);
  }
});

test('S-76: a page that replaces itself all the time is either filled where it was looked at, or not at all', async ({ sesame, web }) => {
  test.slow();
  const { tab, ask } = await table(sesame);
  web.serve((url) => {
    if (url.origin === EVIL) return page(SIGN_IN());
    return page(`${SIGN_IN()}<script>setTimeout(() => { location.href = '${EVIL}/' }, ${url.searchParams.get('after')})</script>`);
  });
  for (const after of [0, 20, 60, 120, 250, 400]) {
    await tab.goto(`${BANK}/?after=${after}`, { waitUntil: 'commit' });
    await ask().catch(() => undefined);
    await tab.waitForURL(`${EVIL}/`);
    await tab.waitForTimeout(300);
    await expectNothing(tab, web, `after ${after} ms`);
  }
});
