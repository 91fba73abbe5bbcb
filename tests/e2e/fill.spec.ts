/** Every page of the sample site, filled with the popup's own button: the right result, or the right words why not. */
import type { Frame, Page } from '@playwright/test';
import type { FillOutcome, ItemEdit } from '../../extension/shared/api.ts';
import { expect, type Sesame, test } from './fixtures.ts';
import { call, login, makeVault } from './support/calls.ts';

const PASSWORD = 'canary-correct-horse';

interface Desk {
  web: Page;
  popup: Page;
  id: string;
  /** Opens a page of the site in the web tab. */
  open(path: string): Promise<void>;
  /** Presses **Fill** for the one item of the region **For this site**. */
  fill(): Promise<void>;
  /** The background's own answer, where no row can be pressed. */
  ask(id?: string): Promise<FillOutcome>;
}

async function desk(sesame: Sesame, origin: string, change: Partial<ItemEdit> = {}): Promise<Desk> {
  const web = await sesame.context.newPage();
  const popup = await sesame.openPopup();
  await makeVault(popup);
  const websites: ItemEdit['websites'] = [{ url: `${origin}/`, match: 'host' }];
  const item = login('Lantern Bank', { username: 'alice@bank.test', password: PASSWORD, websites, ...change });
  const { id } = await call(popup, 'save', item);
  const ask = async (other = id): Promise<FillOutcome> => {
    const site = await call(popup, 'forThisSite');
    return call(popup, 'fill', { id: other, tabId: site?.tabId ?? -1 });
  };
  const fill = async (): Promise<void> => {
    await popup.goto('about:blank');
    await popup.goto(sesame.url('popup.html'));
    await popup.getByRole('region', { name: 'For this site' }).getByRole('button', { name: 'Fill' }).click();
  };
  const open = async (path: string): Promise<void> => {
    await web.bringToFront();
    await web.goto(path.startsWith('http') ? path : `${origin}/${path}`);
  };
  return { web, popup, id, open, fill, ask };
}

/** Sends the form and reads what the page says it was given. */
async function received(web: Page, button: RegExp | string): Promise<Record<string, string>> {
  await web.getByRole('button', { name: button }).last().click();
  await expect(web.locator('#received')).toBeVisible();
  return web
    .locator('#received dd')
    .evaluateAll((all) => Object.fromEntries(all.map((one) => [(one as HTMLElement).dataset['field'], one.textContent])));
}

/** Everything that stands in fields one types into. */
const typed = (frame: Page | Frame): Promise<string> =>
  frame
    .locator('input:not([type=checkbox], [type=hidden])')
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value).join(''));

const both = { username: 'alice@bank.test', password: PASSWORD };

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

test('S-63, S-64, S-65: frames of other origins, and all below them, get nothing', async ({ sesame, site }) => {
  const { web, popup, open, fill, ask } = await desk(sesame, site.origin);
  for (const path of ['frame-elsewhere', 'frame-nested', 'frame-sandboxed']) {
    await open(path);
    await expect.poll(() => web.frames().length).toBe(path === 'frame-nested' ? 3 : 2);
    await fill();
    const words = path === 'frame-sandboxed' ? 'hides its address' : 'belongs to another site';
    await expect(popup.getByRole('alert')).toContainText(words);
    for (const frame of web.frames()) expect(await typed(frame)).toBe('');
  }
  // Nor does the frame's own item go into it, under a page of another site.
  const { id } = await call(popup, 'save', login('Partner', { websites: [{ url: `${site.otherOrigin}/`, match: 'host' }] }));
  await open('frame-elsewhere');
  expect(await ask(id)).toMatchObject({ result: 'refused', reason: 'cross-origin-frame' });
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
