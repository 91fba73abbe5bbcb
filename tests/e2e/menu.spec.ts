/** The menu in the page, as people use it: by mouse and by keyboard, for every kind of field. */
import type { Frame } from '@playwright/test';
import { ARMED, attacker as pageOf, scene } from '../hostile/menu.ts';
import { expect, PASSWORD, page, SIGN_IN, test, typed, USER } from '../hostile/web.ts';
import { ActionPopup } from './fixtures.ts';
import { call, login, unlock } from './support/calls.ts';

const CODE = `<form method="post" action="/received"><h1>Two-step verification</h1>
  <label>Authentication code <input name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="6"></label><button>Verify</button></form>`;
const SIGN_UP = `<form method="post" action="/received"><h1>Create your account</h1><label>E-mail <input name="email" type="email" autocomplete="email"></label>
  <label>New password <input name="new" type="password" autocomplete="new-password" minlength="12" maxlength="16" passwordrules="minlength: 12; maxlength: 16; required: lower; required: upper; required: digit; allowed: lower, upper, digit;"></label>
  <label>Repeat it <input name="again" type="password" autocomplete="new-password"></label><button>Create account</button></form>`;

const names = (frame: Frame): Promise<(string | null)[]> =>
  frame
    .getByRole('option')
    .evaluateAll((all) =>
      all.map(
        (one) => one.getAttribute('aria-label') ?? [...one.querySelectorAll('.name, .detail')].map((part) => part.textContent).join(' '),
      ),
    );

test('the keyboard alone: down into the menu, typing, arrows, Enter; Escape leads back to the field', async ({ sesame, web }) => {
  const { at, tab, popup, go } = await scene(sesame, web);
  for (const name of ['Bank of bees', 'Bank of cats'])
    await call(popup, 'save', login(name, { websites: [{ url: 'https://bank.com', match: 'site' }], password: `${name}!` }));
  await go('keys', pageOf('', SIGN_IN('onsubmit="return false"')));
  await tab.locator('[name=username]').click();
  await at.icon();
  await tab.keyboard.press('ArrowDown');
  let frame = await at.frame();
  await expect(frame.getByRole('combobox')).toBeFocused();
  expect(await frame.locator('[aria-selected=true]').count()).toBe(0);
  await tab.keyboard.press('Escape');
  await at.gone();
  await expect(tab.locator('[name=username]')).toBeFocused();

  await tab.keyboard.press('ArrowDown');
  frame = await at.frame();
  await expect(frame.getByRole('option')).toHaveCount(3);
  await tab.keyboard.type('càts');
  await expect(frame.getByRole('option')).toHaveCount(1);
  await tab.waitForTimeout(ARMED);
  await tab.keyboard.press('ArrowDown');
  await expect(frame.getByRole('option', { name: /^Bank of cats/ })).toHaveAttribute('aria-selected', 'true');
  await tab.keyboard.press('Enter');
  await expect.poll(() => typed(tab)).toContain('Bank of cats!');
  await at.gone();
});

test('the icon opens and closes; a press elsewhere and leaving the field take both away', async ({ sesame, web }) => {
  const { at, tab, go } = await scene(sesame, web);
  await go('toggle');
  await at.open();
  await at.click(await at.icon());
  await at.gone();
  await at.click(await at.icon());
  await at.frame();
  await tab.mouse.click(900, 700);
  await at.gone();
  await expect.poll(async () => (await at.hosts()).length).toBe(0);
});

test('two hundred items of one site: the first ones at once, the others by typing', async ({ sesame, web }) => {
  const { at, tab, popup, go } = await scene(sesame, web);
  const items = Array.from({ length: 200 }, (_, n) =>
    login(`Account ${String(n).padStart(3, '0')}`, { websites: [{ url: 'https://bank.com', match: 'site' }], password: `secret ${n}` }),
  );
  await call(popup, 'importItems', { items });
  await go('many');
  const frame = await at.open();
  expect(await frame.getByRole('option').count()).toBeLessThan(60);
  await expect(frame.getByText('There are more. Type to find them.')).toBeVisible();
  await frame.getByRole('combobox').fill('account 187');
  await at.press(await at.option(/^Account 187/));
  await expect.poll(() => typed(tab)).toContain('secret 187');
});

test('S-85: a suggested password obeys the form, is in the history first, and fills both fields', async ({ sesame, web }) => {
  const { at, tab, popup, go } = await scene(sesame, web);
  await go('up', pageOf('', SIGN_UP));
  const frame = await at.open('[name=new]');
  const shown = async (): Promise<string> => (await frame.locator('.detail.mono').textContent()) ?? '';
  await expect(frame.getByRole('option', { name: /^Use suggested password/ })).toBeVisible();
  const first = await shown();
  await at.press(await at.option('Another suggested password'));
  await expect.poll(shown).not.toBe(first);
  const value = await shown();
  expect(value).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{12,16}$/);
  expect(await call(popup, 'generatorHistory')).toEqual([]);
  await at.press(await at.option(/^Use suggested password/));
  await expect.poll(() => typed(tab)).toBe(value + value);
  expect((await call(popup, 'generatorHistory')).map((made) => made.value)).toEqual([value]);
});

test('S-84: the code of the item that was just used comes first at the next step; copied only when asked to', async ({ sesame, web }) => {
  const { at, tab, popup, id, go } = await scene(sesame, web, { totp: 'JBSWY3DPEHPK3PXP', name: 'Zebra' });
  await call(popup, 'save', login('Ant', { websites: [{ url: 'https://bank.com', match: 'site' }], totp: 'GEZDGNBVGY3TQOJQ' }));
  await go('code');
  const first = await at.open();
  await first.getByRole('combobox').fill('zebra');
  expect(await names(first)).toEqual([`Zebra ${USER}`, 'Copy code of Zebra']);
  await at.press(await at.option(/^Zebra/));
  await at.filled();
  await go('code', pageOf('', CODE));
  await at.open('[name=code]');
  expect((await names(await at.frame()))[0]).toBe(`Zebra ${USER}`);
  await at.press(await at.option(/^Zebra/));
  const { code } = await call(popup, 'totp', { id });
  await expect.poll(() => typed(tab)).toBe(code);

  await go('code');
  await at.open();
  await at.press(await at.option('Copy code of Zebra'));
  await expect((await at.frame()).getByRole('status')).toHaveText('Copied, cleared in 30 s');
  await tab.keyboard.press('Escape');
});

test('cards and people, each at their own fields', async ({ sesame, web }) => {
  const { at, tab, popup, go } = await scene(sesame, web);
  await call(popup, 'save', {
    ...login('Blue card'),
    kind: 'card',
    websites: [],
    username: '',
    password: '',
    fields: { cardNumber: '4242424242424242', cardholder: 'Alice Ant', expiryMonth: '09', expiryYear: '2031', securityCode: '123' },
  });
  const card = `<form method="post" action="/received"><h1>Payment</h1><label>Card number <input name="number" autocomplete="cc-number"></label>
    <label>Expiry <input name="exp" autocomplete="cc-exp" placeholder="MM/YY"></label><label>Security code <input name="csc" autocomplete="cc-csc"></label><button>Pay</button></form>`;
  await go('pay', pageOf('', card));
  const frame = await at.open('[name=number]');
  expect((await names(frame)).length).toBe(1);
  await at.press(await at.option(/^Blue card/));
  await expect.poll(() => typed(tab)).toContain('4242424242424242');
});

test('in a dialog, a popover and a frame of the same site', async ({ sesame, web }) => {
  test.setTimeout(90_000);
  const { at, tab, open } = await scene(sesame, web);
  const places: [string, string, string][] = [
    ['dialog', pageOf('', `<dialog id="d">${SIGN_IN()}</dialog>`), 'document.getElementById("d").showModal()'],
    ['popover', pageOf('', `<div id="p" popover>${SIGN_IN()}</div>`), 'document.getElementById("p").showPopover()'],
  ];
  for (const [name, content, show] of places) {
    await test.step(name, async () => {
      web.serve(() => content);
      await open(`https://${name}.bank.com/`);
      await tab.evaluate(show);
      await tab.locator('[name=password]').click();
      await at.click(await at.icon());
      await at.press(await at.option());
      await at.filled();
      await expect(tab.locator('[name=password]')).toBeVisible();
    });
  }
  await test.step('frame', async () => {
    const outer = page('<iframe src="/inner" style="width:900px;height:600px;border:0"></iframe>', '<style>body{margin:0}</style>');
    web.serve(({ pathname }) => (pathname === '/inner' ? pageOf() : outer));
    await open('https://frame.bank.com/');
    await tab.frameLocator('iframe').locator('[name=password]').click();
    await at.click(await at.icon());
    await at.press(await at.option());
    await at.filled();
  });
});

test('what needs a word first is asked in the popup, and so is all where the window has no room', async ({ sesame, web }) => {
  const { at, tab, ready, go } = await scene(sesame, web);
  const { point } = await ready('elsewhere', pageOf('', SIGN_IN('method="post" action="https://shop.com/received"')));
  await tab.bringToFront();
  const popup = await ActionPopup.next(sesame, () => at.press(point));
  await popup.waitFor('dialog', 'Fill anyway?').catch(() => undefined);
  expect(await popup.text()).toContain('https://shop.com');
  await at.notFilled();
  await popup.close();

  await tab.setViewportSize({ width: 330, height: 260 });
  await go('small');
  await tab.locator('[name=password]').click();
  const icon = await at.icon();
  const other = await ActionPopup.next(sesame, () => at.click(icon));
  await other.waitFor('button', 'Fill');
  await other.close();
});

test('the worker stops in the middle: the icon stays and works', async ({ sesame, web }) => {
  const { at, tab, go } = await scene(sesame, web);
  await go('stopped');
  await tab.locator('[name=password]').click();
  const icon = await at.icon();
  await sesame.killWorker();
  await at.click(icon);
  await at.press(await at.option());
  await at.filled();
});

test('a field that already has the focus, one typed into, and none when icons are switched off', async ({ sesame, web }) => {
  const { at, tab, popup, go } = await scene(sesame, web);
  const autofocus = pageOf('', SIGN_IN().replace('name="username"', 'name="username" autofocus'));
  await go('auto', autofocus);
  expect(await at.hosts()).toEqual([]);
  await tab.keyboard.type('a');
  await at.icon();
  await go('auto', autofocus);
  await tab.locator('[name=username]').click();
  await at.icon();

  const { filling } = await call(popup, 'settings');
  await call(popup, 'saveFilling', { ...filling, icon: false });
  await go('off');
  await tab.locator('[name=password]').click();
  await tab.waitForTimeout(500);
  expect(await at.hosts()).toEqual([]);
  await tab.keyboard.press('ArrowDown');
  await at.frame();
  await tab.keyboard.press('Escape');
  await at.gone();
  // Locked, too: what was switched off stays off.
  await call(popup, 'lock');
  await go('off');
  await tab.locator('[name=password]').click();
  await tab.waitForTimeout(500);
  expect(await at.hosts()).toEqual([]);
  expect(await typed(tab)).not.toContain(PASSWORD);
});

test('S-98: locked behind an open menu, nothing of the vault stays in it; unlocked again, it is there', async ({ sesame, web }) => {
  const { at, tab, popup, go } = await scene(sesame, web);
  await go('lock', pageOf('', SIGN_UP));
  const frame = await at.open('[name=new]');
  await expect(frame.getByRole('option', { name: /^Use suggested/ })).toBeVisible();
  await call(popup, 'lock');
  await expect(frame.getByText('Unlock Sesame in the toolbar')).toBeVisible();
  await expect(frame.getByRole('option')).toHaveCount(0);
  await unlock(popup);
  await expect(frame.getByRole('option', { name: /^Bank/ })).toBeVisible();
  await call(popup, 'lock');
  await tab.bringToFront();
  const open = await frame.getByRole('button', { name: 'Open Sesame' }).boundingBox();
  const toolbar = await ActionPopup.next(sesame, () => at.press({ x: (open?.x ?? 0) + 20, y: (open?.y ?? 0) + 10 }));
  await toolbar.waitFor('button', 'Unlock');
  await toolbar.close();
  expect(await call(popup, 'status')).toMatchObject({ state: 'locked', intent: { kind: 'fill', itemId: null } });
});

test('pages that forbid all frames, styles and scripts, and those that isolate themselves', async ({ sesame, web }) => {
  test.setTimeout(90_000);
  const { at, tab, open } = await scene(sesame, web);
  const plain = page(SIGN_IN());
  const headers: [string, Record<string, string>][] = [
    [
      'csp',
      {
        'content-security-policy':
          "default-src 'none'; frame-src 'none'; child-src 'none'; style-src 'none'; script-src 'none'; require-trusted-types-for 'script'",
      },
    ],
    ['isolated', { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' }],
    [
      'permissions',
      {
        'permissions-policy': 'publickey-credentials-get=(), clipboard-write=(), fullscreen=()',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      },
    ],
  ];
  for (const [name, given] of headers) {
    await test.step(name, async () => {
      web.serve(() => ({ headers: given, body: plain }));
      await open(`https://${name}.bank.com/`);
      await at.open();
      await at.press(await at.option());
      await at.filled();
      await at.gone();
    });
  }
  expect(await tab.title()).toBe('Sign in');
});
