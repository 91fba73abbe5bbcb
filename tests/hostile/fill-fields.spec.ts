/** S-71, S-72: which value goes into which field, by what the page says its fields are. */
import { BANK, expect, expectNothing, PASSWORD, page, SIGN_IN, table, test, typed, USER } from './web.ts';

const field = (token: string, type = 'text', more = ''): string =>
  `<label>${token || type} <input name="${token || type}" type="${type}" ${token && `autocomplete="${token}"`} ${more}></label>`;
const form = (...fields: string[]): string =>
  page(`<form method="post" action="/received">${fields.join('\n')}<button>Continue</button></form>`);

const NOTHING = {};
/** Markup, and all that may stand in its fields after a fill. */
const ANNOTATED: [name: string, html: string, after: Record<string, string>][] = [
  [
    'username and current-password',
    form(field('username'), field('current-password', 'password')),
    { username: USER, 'current-password': PASSWORD },
  ],
  [
    'autocomplete=off does not stop a person',
    form(field('', 'text', 'autocomplete="off" aria-label="User name"'), field('', 'password', 'autocomplete="off"')),
    { text: USER, password: PASSWORD },
  ],
  ['a new password gets no old one', form(field('username'), field('new-password', 'password')), { username: USER }],
  [
    'two new passwords neither',
    form(field('email', 'email'), field('new-password', 'password'), field('new-password', 'password')),
    NOTHING,
  ],
  [
    'a change: the current one only',
    form(field('current-password', 'password'), field('new-password', 'password')),
    { 'current-password': PASSWORD },
  ],
  ['a code is no password', form(field('one-time-code', 'password')), NOTHING],
  ['a card number is no user name', form(field('cc-number'), field('cc-csc', 'password')), NOTHING],
  ['a card’s holder is no user name', form(field('cc-name'), field('cc-exp'), field('cc-csc', 'password')), NOTHING],
  ['an address is no user name', form(field('name'), field('street-address'), field('postal-code')), NOTHING],
  [
    'a search box is no user name',
    page('<form role="search"><input type="search" name="search" aria-label="Search"><button>Search</button></form>'),
    NOTHING,
  ],
  ['a current password in a text field', form(field('username'), field('current-password', 'text')), { username: USER }],
  [
    'section and shipping words are passed over',
    form(field('section-a username'), field('section-a current-password', 'password')),
    { 'section-a username': USER, 'section-a current-password': PASSWORD },
  ],
  [
    'a subscription asks for an address and gets no password',
    page('<form><label>Newsletter <input type="email" name="email" autocomplete="email"></label><button>Subscribe</button></form>'),
    NOTHING,
  ],
];

test('S-71 S-72: the page’s own words for its fields are honoured, except “off”, which a person outweighs', async ({ sesame, web }) => {
  test.slow();
  const { tab, open, ask } = await table(sesame);
  expect(ANNOTATED.length).toBeGreaterThanOrEqual(12);
  for (const [name, html, after] of ANNOTATED) {
    web.serve(() => html);
    await open(`${BANK}/`);
    const outcome = await ask();
    const values = await tab
      .locator('input')
      .evaluateAll((all) =>
        Object.fromEntries(all.map((one) => one as HTMLInputElement).flatMap((one) => (one.value === '' ? [] : [[one.name, one.value]]))),
      );
    expect(values, name).toEqual(after);
    expect(outcome.result, name).toBe(Object.keys(after).length === 0 ? 'refused' : 'filled');
  }
});

const PLAIN = SIGN_IN();
const wrapped = (style: string, more = ''): string => page(`<div style="${style}">${PLAIN}</div>${more}`);
/** Forms that are there, and that nobody sees. */
const UNSEEN: [name: string, html: string][] = [
  ['display: none', wrapped('display: none')],
  ['visibility: hidden', wrapped('visibility: hidden')],
  ['opacity: 0.05', wrapped('opacity: 0.05')],
  ['opacity a little at a time', wrapped('opacity: 0.3', '').replace('<form', '<form style="opacity: 0.3"')],
  ['a filter', wrapped('filter: opacity(2%)')],
  ['one pixel', wrapped('width: 1px; height: 1px; overflow: hidden')],
  ['fields of no size', page(PLAIN.replaceAll('<input', '<input style="width: 0; height: 0; padding: 0; border: 0"'))],
  ['clipped', wrapped('clip-path: inset(50%)')],
  ['clip of old', wrapped('position: absolute; clip: rect(0 0 0 0)')],
  ['off the left edge', wrapped('position: absolute; left: -5000px')],
  ['above the top', wrapped('position: absolute; top: -5000px')],
  ['moved away', wrapped('transform: translateX(-200vw)')],
  ['scaled to nothing', wrapped('transform: scale(0.001)')],
  ['covered', wrapped('', '<div style="position: fixed; inset: 0; background: #fff">Loading</div>')],
  ['content-visibility: hidden', wrapped('content-visibility: hidden')],
  ['a closed details', page(`<details><summary>More</summary>${PLAIN}</details>`)],
];

test('S-73: a form that nobody sees gets nothing, whichever way it is hidden', async ({ sesame, web }) => {
  test.slow();
  const { tab, open, ask } = await table(sesame);
  for (const [name, html] of UNSEEN) {
    web.serve(() => html);
    await open(`${BANK}/`);
    expect(await ask(), name).toMatchObject({ result: 'refused' });
    await expectNothing(tab, web, name);
  }
});

/** Places that would show a password, and are no password fields. */
const SHOWING: [name: string, html: string][] = [
  ['a text field', page(PLAIN.replace('type="password"', 'type="text"'))],
  ['a text field that looks like dots', page(PLAIN.replace('type="password"', 'type="text" style="-webkit-text-security: disc"'))],
  [
    'a text area',
    page(PLAIN.replace(/<input name="password"[^>]*>/, '<textarea name="password" autocomplete="current-password"></textarea>')),
  ],
  [
    'editable text',
    page(PLAIN.replace(/<input name="password"[^>]*>/, '<div contenteditable="true" role="textbox" aria-label="Password">&nbsp;</div>')),
  ],
  ['a search field', page(PLAIN.replace('type="password"', 'type="search"'))],
  ['an unknown type', page(PLAIN.replace('type="password"', 'type="passw0rd"'))],
  ['turned into text as it loads', page(`${PLAIN}<script>document.forms[0].password.type = 'text'</script>`)],
  [
    'turned into text when it is entered',
    page(`${PLAIN}<script>document.forms[0].password.addEventListener('focus', (event) => { event.target.type = 'text' })</script>`),
  ],
  [
    'turned into text by the first key',
    page(`${PLAIN}<script>document.forms[0].password.addEventListener('keydown', (event) => { event.target.type = 'text' })</script>`),
  ],
];

test('S-72: a password goes into a password field or nowhere', async ({ sesame, web }) => {
  const { tab, open, ask } = await table(sesame);
  for (const [name, html] of SHOWING) {
    web.serve(() => html);
    await open(`${BANK}/`);
    await ask();
    expect(await typed(tab), name).not.toContain(PASSWORD);
  }
});
