/** S-62 to S-65, S-74, S-84: frames within frames, documents without an origin of their own, and many forms at once. */
import type { Page } from '@playwright/test';
import { call, login } from '../e2e/support/calls.ts';
import { BANK, EVIL, expect, expectNothing, PASSWORD, page, SIGN_IN, table, test, typed, typedIn, USER } from './web.ts';

const frame = (src: string, more = ''): string => `<iframe src="${src}" style="width: 600px; height: 300px" ${more}></iframe>`;
const frames = (tab: Page, count: number) => expect.poll(() => tab.frames().length).toBe(count);

test('S-63: the page’s own item goes into no foreign frame, the frame’s only after both names were shown', async ({ sesame, web }) => {
  test.slow();
  const { tab, popup, open, ask } = await table(sesame);
  const own = await call(popup, 'save', login('Evil', { username: USER, password: PASSWORD, websites: [{ url: EVIL, match: 'host' }] }));
  web.serve((url) => (url.origin === EVIL ? page(SIGN_IN()) : url.pathname === '/' ? page(frame(`${EVIL}/form`)) : undefined));
  await open(`${BANK}/`);
  await frames(tab, 2);
  // An advertisement that looks like the bank's form: whoever owns the page, its item stays out.
  expect(await ask()).toMatchObject({ result: 'refused' });
  await expectNothing(tab, web);
  expect(await ask(own.id)).toMatchObject({ result: 'confirm', reason: 'cross-origin-frame', target: `${EVIL} ${BANK}` });
  await expectNothing(tab, web);
  expect(await ask(own.id, { confirm: 'cross-origin-frame', target: `${EVIL} https://other.test` })).toMatchObject({ result: 'confirm' });
  await expectNothing(tab, web);
  expect(await ask(own.id, { confirm: 'cross-origin-frame', target: `${EVIL} ${BANK}` })).toMatchObject({ result: 'filled' });
  expect(await typedIn(tab.mainFrame())).toBe('');
  expect(await typed(tab)).toContain(PASSWORD);
});

test('S-63: the bank’s form in a frame of a hostile page is asked about with both names, and not filled by default', async ({
  sesame,
  web,
}) => {
  const { tab, popup, id, open, ask } = await table(sesame, {
    websites: [
      { url: BANK, match: 'host' },
      { url: EVIL, match: 'never' },
    ],
  });
  web.serve((url) => (url.origin === BANK ? page(SIGN_IN()) : page(frame(`${BANK}/form`))));
  await open(`${EVIL}/`);
  await frames(tab, 2);
  expect(await ask()).toMatchObject({ result: 'confirm', reason: 'cross-origin-frame', target: `${BANK} ${EVIL}` });
  // The question as a person meets it: both names, and the safe button has the focus.
  await popup.goto('about:blank');
  await popup.goto(sesame.url('popup.html'));
  await call(popup, 'setIntent', { kind: 'fill', itemId: id, tabId: (await call(popup, 'forThisSite'))?.tabId ?? -1 });
  const action = await (async () => {
    await tab.bringToFront();
    return sesame.openActionPopup();
  })();
  await action.waitFor('button', 'Fill anyway');
  const words = await action.text();
  expect(words).toContain(BANK);
  expect(words).toContain(EVIL);
  expect(await action.evaluate('document.activeElement.textContent')).toBe('Cancel');
  await action.press('Enter');
  await expectNothing(tab, web);
  await action.close();
});

test('S-64: a frame of the page’s own site is asked about when another site is in between', async ({ sesame, web }) => {
  const { tab, open, ask } = await table(sesame);
  web.serve((url) => {
    if (url.origin === EVIL) return page(frame(`${BANK}/form`));
    return url.pathname === '/form' ? page(SIGN_IN()) : page(frame(`${EVIL}/between`));
  });
  await open(`${BANK}/`);
  await frames(tab, 3);
  expect(await ask()).toMatchObject({ result: 'confirm', reason: 'cross-origin-frame', target: `${BANK} ${EVIL}` });
  await expectNothing(tab, web);
});

test('S-63: a subdomain counts as another site’s page', async ({ sesame, web }) => {
  const { tab, open, ask } = await table(sesame);
  web.serve((url) => (url.origin === BANK ? page(SIGN_IN()) : page(frame(`${BANK}/form`))));
  await open('https://usercontent.bank.test/');
  await frames(tab, 2);
  expect(await ask()).toMatchObject({ result: 'confirm', reason: 'cross-origin-frame', target: `${BANK} https://usercontent.bank.test` });
  await expectNothing(tab, web);
});

const INNER = SIGN_IN().replaceAll('"', "'");
const BODY = `document.write(${JSON.stringify(SIGN_IN())})`;

/** How a document comes to have no origin, or another one than its address says; `own`: it has the page's. */
const INHERITED: [name: string, html: string, own: boolean][] = [
  ['sandbox', page(frame('/form', 'sandbox="allow-forms allow-scripts"')), false],
  ['srcdoc', page(`<iframe style="width: 600px; height: 300px" srcdoc="${INNER}"></iframe>`), true],
  [
    'sandboxed srcdoc',
    page(`<iframe sandbox="allow-forms allow-scripts" style="width: 600px; height: 300px" srcdoc="${INNER}"></iframe>`),
    false,
  ],
  [
    'about:blank written into',
    page(
      `${frame('about:blank')}<script>const inner = document.querySelector('iframe').contentWindow; inner.${BODY}; inner.document.close()</script>`,
    ),
    true,
  ],
  ['data:', page(frame(`data:text/html,${encodeURIComponent(SIGN_IN())}`)), false],
  [
    'blob: in a sandbox',
    page(
      `<iframe sandbox="allow-forms allow-scripts" style="width: 600px; height: 300px"></iframe><script>document.querySelector('iframe').src = URL.createObjectURL(new Blob([${JSON.stringify(SIGN_IN())}], { type: 'text/html' }))</script>`,
    ),
    false,
  ],
  // It inherits too, but Chromium lets no extension script into it: nothing is the answer to keep.
  [
    'javascript:',
    page(
      `<iframe style="width: 600px; height: 300px" src="javascript:'${INNER.replaceAll("'", '&quot;').replaceAll('\n', ' ')}'"></iframe>`,
    ),
    false,
  ],
  ['a sandboxed page, by its header', '', false],
];

test('S-65: a document without an origin gets nothing, one that inherits counts as what it inherits', async ({ sesame, web }) => {
  test.slow();
  const { tab, open, ask } = await table(sesame);
  for (const [name, html, own] of INHERITED) {
    await test.step(name, async () => {
      web.serve((url) => {
        if (url.pathname === '/form') return page(SIGN_IN());
        return html || { body: page(SIGN_IN()), headers: { 'content-security-policy': 'sandbox allow-forms allow-scripts' } };
      });
      await open(`${BANK}/`);
      const inner = () => (html === '' ? tab.mainFrame() : tab.frames().find((one) => one.parentFrame() !== null));
      await expect.poll(async () => inner()?.locator('[name=password]').count()).toBe(1);
      const outcome = await ask();
      if (own) {
        expect(outcome, name).toMatchObject({ result: 'filled' });
        expect(await typed(tab), name).toBe(USER + PASSWORD);
      } else {
        expect(outcome.result, name).toBe('refused');
        await expectNothing(tab, web, name);
      }
    });
  }
});

test('S-74: of twenty forms, and of twenty frames, one gets one item', async ({ sesame, web }) => {
  test.slow();
  const { tab, popup, open, ask } = await table(sesame);
  await call(
    popup,
    'save',
    login('Second', { username: 'canary-bob', password: 'canary-second', websites: [{ url: BANK, match: 'host' }] }),
  );
  const many = Array.from({ length: 20 }, () => SIGN_IN());
  for (const html of [page(many.join('')), page(many.map(() => frame('/form')).join(''))]) {
    web.serve((url) => (url.pathname === '/form' ? page(SIGN_IN()) : html));
    await open(`${BANK}/`);
    if (html.includes('iframe')) await frames(tab, 21);
    expect(await ask()).toMatchObject({ result: 'filled', fields: 2 });
    expect(await typed(tab)).toBe(USER + PASSWORD);
  }
});

test('S-84: a one-time code goes by the same rules, and nothing is put on the clipboard by itself', async ({ sesame, web }) => {
  const { tab, popup, open, ask } = await table(sesame, { totp: 'JBSWY3DPEHPK3PXP' });
  const code = page(
    '<form method="post" action="/received"><label>One-time code <input autocomplete="one-time-code" maxlength="6"></label><button>Verify</button></form>',
  );
  await popup.bringToFront();
  await popup.evaluate(() => navigator.clipboard.writeText('before'));
  for (const [name, html, address] of [
    ['another site', code, EVIL],
    ['a foreign frame', page(frame(`${EVIL}/code`)), BANK],
    ['http', code, 'http://bank.test'],
    ['sent elsewhere', code.replace('/received', `${EVIL}/take`), BANK],
  ] as const) {
    web.serve((url) => (url.pathname === '/code' ? code : html));
    await open(`${address}/`);
    expect((await ask()).result, name).not.toBe('filled');
    expect(await typed(tab), name).toBe('');
  }
  web.serve(() => code);
  await open(`${BANK}/`);
  expect(await ask()).toMatchObject({ result: 'filled', fields: 1 });
  expect(await typed(tab)).toMatch(/^\d{6}$/);
  await popup.bringToFront();
  expect(await popup.evaluate(() => navigator.clipboard.readText())).toBe('before');
});
