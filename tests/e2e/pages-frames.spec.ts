/** Forms in frames: of the same site as deep as one likes, of another only when it was asked and the browser attests that it is seen. */
import { both, desk, PASSWORD, typed } from '../pages/desk.ts';
import { expect, test } from './fixtures.ts';
import { call, login } from './support/calls.ts';

test('a frame in a frame, all of the same site', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('frame-deep');
  await expect.poll(() => web.frames().length).toBe(3);
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  const inner = web.frames().at(-1);
  await inner?.getByRole('button', { name: 'Sign in' }).click();
  await expect(web.frames().at(-1)?.locator('[data-field=password]') ?? web.locator('none')).toHaveText(PASSWORD);
});

test('S-63: the frame of another site is filled after both addresses were agreed to, with its own item', async ({ sesame, site }) => {
  const { web, popup, id, open } = await desk(sesame, site.origin);
  const own = await call(popup, 'save', login('Partner', { ...both, websites: [{ url: `${site.otherOrigin}/`, match: 'host' }] }));
  await open('frame-elsewhere');
  await expect.poll(() => web.frames().length).toBe(2);
  const tabId = (await call(popup, 'forThisSite'))?.tabId ?? -1;
  const inside = () => typed(web.frames().at(-1) ?? web);
  expect(await call(popup, 'fill', { id, tabId }), "the page's own item").toMatchObject({ result: 'refused' });
  const asked = await call(popup, 'fill', { id: own.id, tabId });
  const target = `${site.otherOrigin} ${site.origin}`;
  expect(asked).toEqual({ result: 'confirm', reason: 'cross-origin-frame', origin: site.otherOrigin, target });
  expect(await inside()).toBe('');
  const agreed = { id: own.id, tabId, confirm: 'cross-origin-frame', target } as const;
  expect(await call(popup, 'fill', agreed)).toMatchObject({ result: 'filled', fields: 2 });
  expect(await inside()).toBe(both.username + PASSWORD);
});

test('S-62: a frame of another site that is covered, faint, tiny, turned or out of the page is refused', async ({ sesame, site }) => {
  const { web, popup, open } = await desk(sesame, site.origin);
  const own = await call(popup, 'save', login('Partner', { ...both, websites: [{ url: `${site.otherOrigin}/`, match: 'host' }] }));
  const target = `${site.otherOrigin} ${site.origin}`;
  for (const how of ['cover', 'faint', 'tiny', 'turned', 'away', 'plain']) {
    await test.step(how, async () => {
      await web.goto('about:blank');
      await open(`frame-hidden-elsewhere#${how}`);
      await expect.poll(() => web.frames().length).toBe(2);
      await web.frames().at(-1)?.waitForLoadState();
      const tabId = (await call(popup, 'forThisSite'))?.tabId ?? -1;
      const outcome = await call(popup, 'fill', { id: own.id, tabId, confirm: 'cross-origin-frame', target });
      if (how === 'plain') expect(outcome).toMatchObject({ result: 'filled' });
      else expect(outcome).toMatchObject({ result: 'refused', origin: site.otherOrigin });
      expect(await typed(web.frames().at(-1) ?? web)).toBe(how === 'plain' ? both.username + PASSWORD : '');
    });
  }
});

test('S-62: a frame of another site that is covered between question and fill is refused', async ({ sesame, site }) => {
  const { web, popup, open } = await desk(sesame, site.origin);
  const own = await call(popup, 'save', login('Partner', { ...both, websites: [{ url: `${site.otherOrigin}/`, match: 'host' }] }));
  const target = `${site.otherOrigin} ${site.origin}`;
  await open('frame-hidden-elsewhere');
  await expect.poll(() => web.frames().length).toBe(2);
  const tabId = (await call(popup, 'forThisSite'))?.tabId ?? -1;
  expect(await call(popup, 'fill', { id: own.id, tabId })).toMatchObject({ result: 'confirm' });
  await web.evaluate(() => {
    location.hash = 'cover';
    const cover = document.createElement('div');
    cover.style.cssText = 'position: fixed; inset: 0; background: white; pointer-events: none; z-index: 9';
    document.body.append(cover);
  });
  expect(await call(popup, 'fill', { id: own.id, tabId, confirm: 'cross-origin-frame', target })).toMatchObject({ result: 'refused' });
  expect(await typed(web.frames().at(-1) ?? web)).toBe('');
});
