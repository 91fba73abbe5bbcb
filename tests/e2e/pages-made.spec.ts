/** Sign-in pages as they are made today, filled from the popup; what counts is what the page itself then holds. */
import { both, desk, PASSWORD, received, typed } from '../pages/desk.ts';
import { expect, test } from './fixtures.ts';

test('React, Vue, Angular, Lit and Material fields hold what was filled', async ({ sesame, site }) => {
  test.setTimeout(120_000);
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  for (const [path, given] of [
    ['react', both],
    ['vue', { email: both.username, password: PASSWORD }],
    ['angular', both],
    ['lit', both],
    ['material', both],
  ] as const) {
    await test.step(path, async () => {
      await open(path);
      await expect(web.getByRole('button', { name: 'Sign in' })).toBeVisible();
      await fill();
      await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
      expect(await received(web, 'Sign in')).toMatchObject(given);
    });
  }
});

test('fields in closed shadow roots, in a popover, and below the fold', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  for (const path of ['shadow-closed', 'shadow-closed#plain']) {
    await test.step(path, async () => {
      await open('sign-in');
      await open(path);
      await fill();
      await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
      // No test reaches into a closed root either: the keyboard does: user name, password, button.
      await web.bringToFront();
      await web.locator('h1').click();
      for (const _ of ['user name', 'password', 'button']) await web.keyboard.press('Tab');
      await web.keyboard.press('Enter');
      await expect(web.locator('[data-field=username]')).toHaveText(both.username);
      await expect(web.locator('[data-field=password]')).toHaveText(PASSWORD);
    });
  }
  await open('popover');
  await fill();
  await expect(popup.getByRole('alert')).toContainText('hidden or covered');
  await web.getByRole('button', { name: 'Account' }).click();
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  expect(await received(web, 'Sign in')).toMatchObject(both);

  await open('below');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  expect(await received(web, 'Sign in')).toMatchObject(both);
});

test('forms that replace themselves at each step, with and without history', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  for (const path of ['steps', 'steps#push', 'steps#replace']) {
    await test.step(path, async () => {
      await open('sign-in');
      await open(path);
      await fill();
      await expect(popup.getByRole('status')).toContainText('Go on to the next step');
      await web.getByRole('button', { name: 'Next' }).click();
      if (path !== 'steps') await expect.poll(() => web.url()).not.toContain('#');
      await fill();
      await expect(popup.getByRole('status')).toContainText('Filled 1 field');
      expect(await received(web, 'Sign in')).toMatchObject(both);
    });
  }
});

test('the user name on one page and the password on the next', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('user-page');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Go on to the next step');
  await expect(web.getByRole('textbox')).toHaveValue(both.username);
  await web.getByRole('button', { name: 'Continue' }).click();
  await expect(web).toHaveURL(/password-page$/);
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 1 field');
  expect(await received(web, 'Sign in')).toMatchObject({ password: PASSWORD });
});

test('S-72: a field that is a password field only while it has the focus is entered first', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('focus-password');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  expect(await received(web, 'Sign in')).toMatchObject(both);
  // The same page, without the turn: a text field stays empty.
  await open('focus-password');
  await web.evaluate(() => {
    const field = document.querySelector('[name=password]');
    field?.replaceWith(field.cloneNode());
  });
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 1 field');
  expect(await received(web, 'Sign in')).toMatchObject({ ...both, password: '' });
});

test('masks, a length limit, and vetoes of beforeinput take what they would take from a keyboard', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin, { username: '123456789', password: 'sixteen-signs-or-more' });
  await open('masks');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  expect(await received(web, 'Sign in')).toMatchObject({ username: '123 456 789', password: 'sixteen-signs-or' });
  for (const path of ['vetoes', 'editor']) {
    await test.step(path, async () => {
      await open(path);
      await fill();
      await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
      expect(await received(web, 'Sign in')).toMatchObject({ username: '123456789', password: 'sixteen-signs-or-more' });
    });
  }
});

test('rows that are drawn anew at each keystroke, and a field that goes away', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('grid');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  expect(await received(web, 'Sign in')).toEqual(both);

  await open('vanishing');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 1 field');
  await expect(web.getByLabel('Your password, please'), 'another field, which nobody asked to fill').toHaveValue('');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  expect(await received(web, 'Sign in')).toMatchObject({ username: both.username, secret: PASSWORD });
});

test('S-73: a form under a notice is refused, and filled once it is free', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('covered');
  await fill();
  await expect(popup.getByRole('alert')).toContainText('hidden or covered');
  expect(await typed(web)).toBe('');
  await web.getByRole('button', { name: 'Go on' }).click();
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  expect(await received(web, 'Sign in')).toMatchObject(both);
});

test('"show password" before and after', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('toggle');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  await web.getByRole('button', { name: 'Show password' }).click();
  expect(await received(web, 'Sign in')).toMatchObject(both);
  // S-72: shown already, it would be read by whoever looks on.
  await open('toggle');
  await web.getByRole('button', { name: 'Show password' }).click();
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 1 field');
  await web.getByRole('button', { name: 'Show password' }).click();
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  expect(await received(web, 'Sign in')).toMatchObject(both);
});

test('pages in other languages', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  for (const [path, button] of [
    ['sign-in-de', 'Anmelden'],
    ['sign-in-ja', 'ログイン'],
    ['sign-in-ru', 'Войти'],
    ['sign-in-zh', '登录'],
  ] as const) {
    await test.step(path, async () => {
      await open(path);
      await fill();
      await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
      expect(await received(web, button)).toMatchObject({ feld1: both.username, feld2: PASSWORD });
    });
  }
});
