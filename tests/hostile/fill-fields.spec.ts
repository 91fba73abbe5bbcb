/** S-71, S-72: which value goes into which field, by what the page says its fields are. */
import { BANK, expect, PASSWORD, page, table, test, USER } from './web.ts';

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
