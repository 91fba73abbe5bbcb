/** The pages of the sample bank that are asked about first, or never filled, with the words that say why. */

import { both, desk, PASSWORD, received, typed } from '../pages/desk.ts';
import { expect, test } from './fixtures.ts';
import { call, login } from './support/calls.ts';

test('S-68, S-70: what goes elsewhere or into an address is asked about first', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  for (const [path, target] of [
    ['action-elsewhere', site.otherOrigin],
    ['get', site.origin],
  ] as const) {
    await open(path);
    await fill();
    const dialog = popup.getByRole('dialog');
    await expect(dialog).toContainText(target);
    await expect(web.getByLabel('Password')).toHaveValue('');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(web.getByLabel('Password')).toHaveValue('');
    await fill();
    await popup.getByRole('dialog').getByRole('button', { name: 'Fill anyway' }).click();
    await expect(web.getByLabel('Password')).toHaveValue(PASSWORD);
    expect(await received(web, 'Sign in')).toMatchObject(both);
  }
});

test('S-69: a form that is swapped while it is sent goes without what was filled', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('action-swapped');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
  await web.getByRole('button', { name: 'Sign in' }).click();
  await expect(web.locator('#received')).toBeVisible();
  expect(await web.content()).not.toContain(PASSWORD);
});

test('S-72, S-73: text that shows gets no password, a hidden form nothing', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  await open('text-password');
  await fill();
  await expect(popup.getByRole('status')).toContainText('Filled 1 field');
  expect(await received(web, 'Sign in')).toMatchObject({ username: 'alice@bank.test', password: '' });
  await open('hidden');
  await fill();
  await expect(popup.getByRole('alert')).toContainText('hidden or covered');
  expect(await typed(web)).toBe('');
});

test('S-63, S-64, S-65: frames of other origins, and all below them, get nothing unasked', async ({ sesame, site }) => {
  const { web, popup, open, fill, ask } = await desk(sesame, site.origin);
  for (const path of ['frame-elsewhere', 'frame-nested', 'frame-sandboxed']) {
    await open(path);
    await expect.poll(() => web.frames().length).toBe(path === 'frame-nested' ? 3 : 2);
    await fill();
    // The bank's own form with another site in between is the one that can be agreed to (S-64).
    if (path === 'frame-nested') await popup.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    else await expect(popup.getByRole('alert')).toContainText(path === 'frame-sandboxed' ? 'hides its address' : 'belongs to another site');
    for (const frame of web.frames()) expect(await typed(frame)).toBe('');
  }
  // Nor does the frame's own item go into it, under a page of another site, before both names were shown.
  const { id } = await call(popup, 'save', login('Partner', { websites: [{ url: `${site.otherOrigin}/`, match: 'host' }] }));
  await open('frame-elsewhere');
  expect(await ask(id)).toMatchObject({ result: 'confirm', reason: 'cross-origin-frame' });
  expect(await typed(web.frames().at(-1) ?? web)).toBe('');
});

test('S-62, S-65: inherited origins count as what they inherit, opaque and unseen frames get nothing', async ({ sesame, site }) => {
  const { web, popup, open, fill } = await desk(sesame, site.origin);
  const form =
    '<form method="post" action="/received"><input name="username"><input name="password" type="password"><button>Sign in</button></form>';
  const cases: [name: string, frame: Record<string, string>, words: string | null][] = [
    ['srcdoc', { srcdoc: form }, null],
    ['sandboxed srcdoc', { srcdoc: form, sandbox: 'allow-forms allow-scripts' }, 'hides its address'],
    ['data:', { src: `data:text/html,${encodeURIComponent(form)}` }, 'Nothing was filled'],
    ['one pixel', { srcdoc: form, style: 'width: 1px; height: 1px' }, 'hidden or covered'],
    ['transparent', { srcdoc: form, style: 'opacity: 0.01' }, 'hidden or covered'],
  ];
  for (const [name, attributes, words] of cases) {
    await test.step(name, async () => {
      await open('frame');
      await web.evaluate((attributes) => {
        const frame = document.createElement('iframe');
        for (const [key, value] of Object.entries(attributes)) frame.setAttribute(key, value);
        document.querySelector('iframe')?.replaceWith(frame);
      }, attributes);
      const inner = () => web.frames().find((frame) => frame.parentFrame() !== null && !frame.isDetached());
      await expect.poll(async () => inner()?.locator('[name=password]').count()).toBe(1);
      await fill();
      if (words === null) await expect(popup.getByRole('status')).toContainText('Filled 2 fields');
      else await expect(popup.getByRole('alert')).toContainText(words);
      expect(await typed(inner() ?? web)).toBe(words === null ? `alice@bank.test${PASSWORD}` : '');
    });
  }
});

test('S-60, S-66: items of https and of other sites stay out', async ({ sesame, site }) => {
  const { popup, open, ask } = await desk(sesame, site.origin);
  const save = async (url: string) => (await call(popup, 'save', login('Other', { websites: [{ url, match: 'site' }] }))).id;
  await open('sign-in');
  expect(await ask(await save(site.origin.replace('http:', 'https:')))).toMatchObject({ result: 'refused', reason: 'insecure-page' });
  expect(await ask(await save('https://elsewhere.example/'))).toMatchObject({ result: 'refused', reason: 'no-match' });
  const port = new URL(site.origin).port;
  await open(`http://evil.test:${port}/sign-in`);
  expect(await ask()).toMatchObject({ result: 'refused', reason: 'no-match', origin: `http://evil.test:${port}` });
});

test('S-59, S-83, S-93: without a gesture nothing of Sesame is in a page', async ({ sesame, site }) => {
  const { web, open } = await desk(sesame, site.origin);
  for (const path of [
    'sign-in',
    'react',
    'vue',
    'shadow',
    'no-form',
    'honeypot',
    'frame',
    'frame-elsewhere',
    'change-password',
    'sign-up',
    'code',
  ]) {
    await open(path);
    await web
      .locator('input')
      .first()
      .focus({ timeout: 2_000 })
      .catch(() => undefined);
    await web.waitForTimeout(200);
    for (const frame of web.frames()) {
      const found = await frame.evaluate(() => [
        [...document.querySelectorAll<HTMLInputElement>('input:not([type=checkbox], [type=hidden])')].map((one) => one.value).join(''),
        document.documentElement.outerHTML.toLowerCase().includes('sesame'),
        document.documentElement.outerHTML.includes('chrome-extension:'),
      ]);
      expect(found, path).toEqual(['', false, false]);
    }
  }
});
