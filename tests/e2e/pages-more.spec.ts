/** Codes, new passwords, many items, and pages that move while something is chosen for them. */
import { desk, received, typed } from '../pages/desk.ts';
import { expect, test } from './fixtures.ts';
import { call, login } from './support/calls.ts';

test('S-84: eager code boxes take the whole code, of six or eight digits, and no code of another length', async ({ sesame, site }) => {
  const { web, popup, id, open, fill } = await desk(sesame, site.origin, { totp: 'JBSWY3DPEHPK3PXP' });
  const uri = 'otpauth://totp/Bank:alice?secret=JBSWY3DPEHPK3PXP&digits=8';
  for (const [boxes, totp] of [
    [6, 'JBSWY3DPEHPK3PXP'],
    [8, uri],
  ] as const) {
    await test.step(`${boxes} boxes`, async () => {
      await call(popup, 'save', { ...(await call(popup, 'edit', { id })), totp });
      await open('sign-in');
      await open(`codes#${boxes}`);
      const before = await call(popup, 'totp', { id });
      await fill();
      await expect(popup.getByRole('status')).toContainText('Filled');
      const after = await call(popup, 'totp', { id });
      // The period may end in between.
      expect([before.code, after.code]).toContain((await received(web, 'Verify'))['code']);
      expect(before.code).toHaveLength(boxes);
    });
  }
  await open('sign-in');
  await open('codes#4');
  await fill();
  await expect(popup.getByRole('alert')).toBeVisible();
  expect(await typed(web)).toBe('');
});

test('S-71: a new password without the current one gets nothing of the old', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('new-password');
  await fill();
  await expect(popup.getByRole('alert')).toContainText('No sign-in form was found');
  expect(await typed(web)).toBe('');
});

test('200 items of one site: the list shows them all, and the one that is chosen is filled', async ({ sesame, site }) => {
  const { web, popup, open } = await desk(sesame, site.origin);
  const websites = [{ url: `${site.origin}/`, match: 'host' as const }];
  const items = Array.from({ length: 199 }, (_, at) =>
    login(`Account ${at}`, { username: `user-${at}`, password: `canary-${at}`, websites }),
  );
  await call(popup, 'importItems', { items });
  await open('sign-in');
  await popup.goto('about:blank');
  await popup.goto(sesame.url('popup.html'));
  const here = popup.getByRole('region', { name: 'For this site' });
  await expect(here.getByRole('button', { name: 'Fill' })).toHaveCount(200);
  const row = here.getByRole('listitem').filter({ has: popup.getByRole('button', { name: /^Account 137 user-137$/ }) });
  await row.getByRole('button', { name: 'Fill' }).click();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  expect(await received(web, 'Sign in')).toMatchObject({ username: 'user-137', password: 'canary-137' });
});

test('S-76: a page that goes elsewhere between choice and fill is refused', async ({ sesame, site }) => {
  const { web, popup, id, open, fill } = await desk(sesame, site.origin);
  // Chosen while the bank was in front; by the time of the answer another site is.
  await open('get');
  await fill();
  const dialog = popup.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await web.goto(`${site.otherOrigin}/get`);
  await dialog.getByRole('button', { name: 'Fill anyway' }).click();
  await expect(popup.getByRole('alert')).toContainText('saved for');
  expect(await typed(web)).toBe('');

  // It goes when the first field is entered.
  await open('sign-in');
  await web.evaluate((away) => {
    document.querySelector('[name=username]')?.addEventListener('focus', () => location.assign(away));
  }, `${site.otherOrigin}/sign-in`);
  const tabId = (await call(popup, 'forThisSite'))?.tabId ?? -1;
  await call(popup, 'fill', { id, tabId }).catch(() => undefined);
  await expect(web).toHaveURL(`${site.otherOrigin}/sign-in`);
  expect(await typed(web)).toBe('');
});
