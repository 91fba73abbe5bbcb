/** Every page of the sample bank that may be filled, with the popup's own button. */

import { both, desk, PASSWORD, received } from '../pages/desk.ts';
import { expect, test } from './fixtures.ts';
import { call } from './support/calls.ts';

test('sign-in pages of every make take the user name and the password', async ({ sesame, site }) => {
  test.setTimeout(120_000);
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  const pages: [path: string, button: string, given: Record<string, string>][] = [
    ['sign-in', 'Sign in', both],
    ['react', 'Sign in', both],
    ['vue', 'Sign in', { email: both.username, password: PASSWORD }],
    ['shadow', 'Sign in', both],
    ['no-form', 'Sign in', both],
    ['honeypot', 'Sign in', both],
  ];
  for (const [path, button, given] of pages) {
    await test.step(path, async () => {
      await open(path);
      await fill();
      await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
      const values = await received(web, button);
      expect(values).toMatchObject(given);
      expect(Object.keys(values).filter((name) => name.startsWith('trap') && values[name] !== '')).toEqual([]);
    });
  }
});

test('a form that is added late, and one in a frame of the same site', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('late');
  await fill();
  await expect(popup.getByRole('alert')).toContainText('No sign-in form was found');
  await web.getByRole('button', { name: 'Sign in' }).click();
  await expect(web.getByLabel('Password')).toBeVisible();
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  expect(await received(web, 'Continue')).toMatchObject(both);

  await open('frame');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  const frame = web.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Sign in' }).click();
  await expect(frame.getByRole('status')).toHaveText('Signed in as alice@bank.test');
});

test('a sign-in in two steps', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('two-step');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Go on to the next step');
  await web.getByRole('button', { name: 'Next' }).click();
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 1 field');
  expect(await received(web, 'Sign in')).toMatchObject(both);
});

test('S-71: a new password never gets the old one', async ({ sesame, site }) => {
  const { web, open, fill, popup } = await desk(sesame, site.origin);
  await open('change-password');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 1 field');
  expect(await received(web, 'Change password')).toMatchObject({ old: PASSWORD, new: '', repeat: '' });
  await open('sign-up');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 1 field');
  expect(await received(web, 'Open account')).toMatchObject({ email: 'alice@bank.test', new: '', repeat: '' });
});

test('S-84: one-time codes, in one field and in boxes', async ({ sesame, site }) => {
  const { web, popup, id, open, fill } = await desk(sesame, site.origin, { totp: 'JBSWY3DPEHPK3PXP' });
  for (const [path, button] of [
    ['code', 'Verify'],
    ['code-boxes', 'Verify'],
  ] as const) {
    await open(path);
    const before = await call(popup, 'totp', { id });
    await fill();
    await expect(popup.getByRole('status')).toContainText('Filled');
    const after = await call(popup, 'totp', { id });
    // The period may end in between.
    expect([before.code, after.code]).toContain((await received(web, button))['code']);
  }
});

test('the real action popup fills while it has the keyboard', async ({ sesame, site }) => {
  const { web, popup, open } = await desk(sesame, site.origin);
  await popup.close();
  for (const path of ['sign-in', 'react', 'vue']) {
    await open(path);
    const action = await sesame.openActionPopup();
    await action.click('button', 'Fill');
    await expect(web.getByLabel('Password')).toHaveValue(PASSWORD);
    expect(await received(web, 'Sign in')).toMatchObject({ password: PASSWORD });
  }
});
