/** Cards and addresses, in forms as shops have them; into a payment frame of another site only after both names were agreed to. */
import { desk, received, typed } from '../pages/desk.ts';
import { expect, test } from './fixtures.ts';
import { call, login } from './support/calls.ts';

const CARD = login('Everyday card', {
  kind: 'card',
  username: '',
  password: '',
  websites: [],
  fields: {
    cardholder: 'Alice Archer',
    cardNumber: '4242 4242 4242 4242',
    expiryMonth: '03',
    expiryYear: '2031',
    securityCode: '123',
  },
});

test('card forms with one expiry, with lists, and with month and year to type', async ({ sesame, site }) => {
  const { web, popup, open, ask } = await desk(sesame, site.origin);
  const { id } = await call(popup, 'save', CARD);
  for (const [path, button, given] of [
    ['card', 'Pay', { holder: 'Alice Archer', number: '4242424242424242', expiry: '03/31', code: '123' }],
    ['card-selects', 'Pay now', { holder: 'Alice Archer', number: '4242424242424242', month: 'm3', year: '31', code: '123' }],
    ['card-texts', 'Pay', { number: '4242424242424242', month: '03', year: '2031', code: '123' }],
  ] as const) {
    await test.step(path, async () => {
      await open(path);
      expect(await ask(id)).toMatchObject({ result: 'filled' });
      expect(await received(web, button)).toMatchObject(given);
    });
  }
  // A card goes into no sign-in form, and a login into no card form.
  await open('sign-in');
  expect(await ask(id)).toMatchObject({ result: 'refused', reason: 'no-form' });
  await open('card');
  expect(await ask()).toMatchObject({ result: 'refused', reason: 'no-form' });
  expect(await typed(web)).toBe('');
});

test('S-63: a payment frame of another site is filled only after both names were agreed to', async ({ sesame, site }) => {
  const { web, popup, open } = await desk(sesame, site.origin);
  const { id } = await call(popup, 'save', CARD);
  await open('card-frame');
  await expect.poll(() => web.frames().length).toBe(2);
  const tabId = (await call(popup, 'forThisSite'))?.tabId ?? -1;
  const frame = () => web.frames().at(-1) ?? web.mainFrame();
  const target = `${site.otherOrigin} ${site.origin}`;
  expect(await call(popup, 'fill', { id, tabId })).toMatchObject({ result: 'confirm', reason: 'cross-origin-frame', target });
  expect(await typed(frame())).toBe('');
  expect(await call(popup, 'fill', { id, tabId, confirm: 'cross-origin-frame', target })).toMatchObject({ result: 'filled', fields: 4 });
  await frame().getByRole('button', { name: 'Pay' }).click();
  await expect(frame().locator('[data-field=number]')).toHaveText('4242424242424242');
});

test('an address with a list of countries', async ({ sesame, site }) => {
  const { web, popup, open, ask } = await desk(sesame, site.origin);
  const { id } = await call(
    popup,
    'save',
    login('Home', {
      kind: 'identity',
      username: '',
      password: '',
      websites: [],
      fields: {
        givenName: 'Alice',
        familyName: 'Archer',
        email: 'alice@bank.test',
        phone: '+39 055 123456',
        street: 'Via dei Lampioni 7',
        postalCode: '50122',
        city: 'Firenze',
        country: 'Italy',
      },
    }),
  );
  await open('address');
  expect(await ask(id)).toMatchObject({ result: 'filled' });
  expect(await received(web, 'Save address')).toMatchObject({
    first: 'Alice',
    last: 'Archer',
    street: 'Via dei Lampioni 7',
    zip: '50122',
    city: 'Firenze',
    country: 'IT',
    email: 'alice@bank.test',
  });
});
