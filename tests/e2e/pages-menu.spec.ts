/** The menu in the page, on the pages that break managers: the icon of the field, then the item, then what the page holds. */
import { InPage } from '../hostile/menu.ts';
import { both, desk, PASSWORD, received } from '../pages/desk.ts';
import { expect, test } from './fixtures.ts';
import { call, login } from './support/calls.ts';

test('by the icon in the field: frameworks, sealed components, dialogs, drawn-anew rows, shy and masked fields', async ({
  sesame,
  site,
}) => {
  test.slow();
  const { web, open } = await desk(sesame, site.origin);
  const at = new InPage(web);
  for (const [path, field, button] of [
    ['react', '[name=password]', 'Sign in'],
    ['angular', '[type=password]', 'Sign in'],
    ['lit', '[type=password]', 'Sign in'],
    ['material', 'input[type=password]', 'Sign in'],
    ['late', '[name=password]', 'Continue'],
    ['popover', '[name=password]', 'Sign in'],
    ['grid', '[name=username]', 'Sign in'],
    ['focus-password', '[name=username]', 'Sign in'],
    ['vetoes', '[name=password]', 'Sign in'],
  ] as const) {
    await test.step(path, async () => {
      await open(path);
      if (path === 'late') await web.getByRole('button', { name: 'Sign in' }).click();
      if (path === 'popover') await web.getByRole('button', { name: 'Account' }).click();
      await at.open(field);
      await at.press(await at.option(/^Lantern Bank/));
      await at.gone();
      await expect(web.locator('input[type=password]')).toHaveValue(PASSWORD);
      expect(Object.values(await received(web, button))).toEqual(Object.values(both));
    });
  }
});

test('by the icon: the field of a closed shadow root', async ({ sesame, site }) => {
  const { web, open } = await desk(sesame, site.origin);
  const at = new InPage(web);
  await open('shadow-closed');
  await web.locator('h1').click();
  await web.keyboard.press('Tab');
  // The icon goes along from the one field to the other.
  await web.keyboard.press('Tab');
  await web.waitForTimeout(500);
  await at.click(await at.icon());
  await at.press(await at.option(/^Lantern Bank/));
  await at.gone();
  await web.waitForTimeout(500);
  await web.keyboard.press('Tab');
  await web.keyboard.press('Enter');
  await expect(web.locator('[data-field=username]')).toHaveText(both.username);
  await expect(web.locator('[data-field=password]')).toHaveText(PASSWORD);
});

test('a suggested password obeys the rules of the form, goes into both fields, and is in the history first', async ({ sesame, site }) => {
  const { web, popup, open } = await desk(sesame, site.origin);
  const at = new InPage(web);
  await open('sign-up-rules');
  await web.getByLabel('Email').fill('alice@bank.test');
  const frame = await at.open('[name=new]');
  const option = frame.getByRole('option', { name: /^Use suggested password/ });
  await expect(option).toBeVisible();
  await at.press(await at.option(/^Use suggested password/));
  await at.gone();
  await expect(web.locator('[name=new]')).not.toHaveValue('');
  const values = await received(web, 'Create account');
  expect(values['new']).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!?])[A-Za-z0-9!?]{10,14}$/);
  expect(values['repeat']).toBe(values['new']);
  expect((await call(popup, 'generatorHistory')).map(({ value }) => value)).toContain(values['new']);
});

test('change of password: the old one by the popup or the menu, a new one by the menu', async ({ sesame, site }) => {
  const { web, open } = await desk(sesame, site.origin);
  const at = new InPage(web);
  await open('change-password');
  await at.open('[name=old]');
  await at.press(await at.option(/^Lantern Bank/));
  await at.gone();
  await expect(web.locator('[name=old]')).toHaveValue(PASSWORD);
  await at.open('[name=new]');
  await at.press(await at.option(/^Use suggested password/));
  await at.gone();
  await expect(web.locator('[name=new]')).not.toHaveValue('');
  const { old, new: fresh, repeat } = await received(web, 'Change password');
  expect(old).toBe(PASSWORD);
  expect(fresh).not.toBe(PASSWORD);
  expect(repeat).toBe(fresh);
});

test('200 items of one site: typed for, and chosen by the keyboard', async ({ sesame, site }) => {
  const { web, popup, open } = await desk(sesame, site.origin);
  const at = new InPage(web);
  const websites = [{ url: `${site.origin}/`, match: 'host' as const }];
  const items = Array.from({ length: 199 }, (_, n) => login(`Account ${n}`, { username: `user-${n}`, password: `canary-${n}`, websites }));
  await call(popup, 'importItems', { items });
  await open('sign-in');
  await web.locator('[name=username]').click();
  await at.icon();
  await web.keyboard.press('ArrowDown');
  const frame = await at.frame();
  await expect(frame.getByRole('option').first()).toBeVisible();
  await web.keyboard.type('user-137');
  await expect(frame.getByRole('option')).toHaveCount(1);
  await web.waitForTimeout(900);
  await web.keyboard.press('ArrowDown');
  await web.keyboard.press('Enter');
  await at.gone();
  await expect(web.locator('[name=password]')).toHaveValue('canary-137');
  expect(await received(web, 'Sign in')).toMatchObject({ username: 'user-137', password: 'canary-137' });
});
