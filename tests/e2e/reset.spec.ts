/** From a forgotten master password to a new vault: the reset, the hint, and the password from elsewhere. */
import { expect, test } from './fixtures.ts';
import { email, names, second, signIn, signUp, synced } from './support/account.ts';
import { call, login } from './support/calls.ts';
import { expectUnlocked, lockNow, notNow, PASSWORD, saveLogin, shownCode, unlockWith } from './support/flows.ts';
import { fillForm, NEW, openMail } from './support/reset.ts';
import { reopen } from './support/vault.ts';

test.beforeEach(() => {
  test.slow();
});

test('S-134: from the lock screen to a filled form, in four actions', async ({ sesame, site, server }) => {
  const to = email('four');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple'), login('banana')] });
  await lockNow(page);

  // An action is a press that leads on; what is typed into a form before its button belongs to that press.
  const actions: string[] = [];
  const act = async (name: string, press: () => Promise<unknown>): Promise<void> => {
    actions.push(name);
    await press();
  };
  await act("Can't get in?", () => page.getByRole('link', { name: "Can't get in?" }).click());
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue(to);
  await act('Start process', () => page.getByRole('button', { name: 'Start process' }).click());
  await expect(page.getByText('Look into your mail')).toBeVisible();
  const mail = await openMail(sesame, server, to);
  const next = sesame.context.waitForEvent('page', (opened) => opened.url().startsWith('chrome-extension://'));
  await act('the button in the mail', () => mail.getByRole('link', { name: 'Reset account' }).click());
  const own = await next;
  await expect(own.getByText(`A new vault for ${to}`)).toBeVisible();
  await act('Reset account', () => fillForm(own));
  const code = await shownCode(own);
  expect(code).not.toBe('');
  // The new vault is there: open, empty, and the account's.
  const { state, account } = await call(own, 'status');
  expect({ state, email: account?.email, synced: account?.state }).toEqual({ state: 'unlocked', email: to, synced: 'ok' });
  expect(await names(own)).toEqual([]);
  expect(actions).toEqual(["Can't get in?", 'Start process', 'the button in the mail', 'Reset account']);
  expect(actions.length).toBeLessThanOrEqual(4);

  await own.getByRole('button', { name: 'Later' }).click();
  await notNow(own);
  await saveLogin(own, { name: 'Sample', username: 'alice', password: 'fresh-secret-1', website: site.origin });
  const web = await sesame.context.newPage();
  await web.goto(`${site.origin}/sign-in`);
  await reopen(sesame, own);
  await own.getByRole('region', { name: 'For this site' }).getByRole('button', { name: /^Fill/ }).click();
  await expect(web.locator('input[type=password]')).toHaveValue('fresh-secret-1');
  // And it opens again, with the new password only.
  await reopen(sesame, own);
  await lockNow(own);
  await unlockWith(own, PASSWORD);
  await expect(own.getByRole('alert')).toContainText('Wrong master password');
  await unlockWith(own, NEW);
  await expectUnlocked(own);
  expect(await names(own)).toEqual(['Sample']);
});

test('S-125: link scanners use nothing up, and the code may be typed instead', async ({ sesame, server }) => {
  const to = email('scan');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  await lockNow(page);
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await page.getByRole('link', { name: 'Reset account' }).click();
  await expect(page.getByText('A fresh start that loses nothing')).toBeVisible();
  await page.getByRole('button', { name: 'Start process' }).click();
  const link = await server.resetLink(to);
  for (let times = 0; times < 10; times += 1) {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await fetch(link, { method });
  }
  // A scanner that runs the page, in a browser that has Sesame, and presses everything there is.
  const other = await second();
  const scanner = await other.context.newPage();
  await scanner.goto(link);
  await scanner.evaluate(() => {
    for (const button of document.querySelectorAll('button')) button.click();
  });
  await other.close();

  await page.getByRole('link', { name: 'I have a reset code' }).click();
  await page.getByRole('textbox', { name: 'Reset code' }).fill('0000-0000-0000');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('alert')).not.toBeEmpty();
  const code = (new URL(link).hash.slice(3).match(/.{4}/g) ?? []).join('-').toLowerCase();
  await page.getByRole('textbox', { name: 'Reset code' }).fill(code);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText(`A new vault for ${to}`)).toBeVisible({ timeout: 30_000 });
  await fillForm(page);
  await shownCode(page);
  // S-124: and once only.
  await expect(
    call(page, 'resetStart', { server: server.origin, token: link, request: Buffer.alloc(32, 1).toString('base64url') }),
  ).rejects.toThrow();
});

test('a browser that never signed in: from the first page to the new vault, by a link that it did not ask for', async ({
  sesame,
  server,
}) => {
  const to = email('elsewhere');
  const first = await second();
  const page = await first.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  await first.close();

  const here = await sesame.openPopup();
  await here.getByRole('link', { name: "Can't get in?" }).click();
  await here.getByRole('link', { name: 'Reset account' }).click();
  await here.getByRole('textbox', { name: 'Email address' }).fill(to);
  await here.getByRole('textbox', { name: 'Server address' }).fill(server.origin);
  await here.getByRole('button', { name: 'Start process' }).click();
  await expect(here.getByText('Look into your mail')).toBeVisible();
  // As if the browser had been closed meanwhile.
  await (await sesame.worker()).evaluate(() => chrome.storage.session.remove('resetAsked'));
  const web = await sesame.context.newPage();
  await web.goto(await server.resetLink(to));
  const next = sesame.context.waitForEvent('page');
  await web.getByRole('button', { name: 'Continue in Sesame' }).click();
  const own = await next;
  await expect(own.getByText('Did you ask for this?')).toBeVisible({ timeout: 30_000 });
  await expect(own.getByText(to)).toBeVisible();
  await own.getByRole('button', { name: 'It is my account' }).click();
  await fillForm(own);
  await shownCode(own);
  expect((await call(own, 'status')).account?.email).toBe(to);
});

test('S-120: the hint comes by mail, to the account’s address, and nobody is told whether there is one', async ({ sesame, server }) => {
  const to = email('hint');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, hint: 'the lighthouse keeper' });
  await lockNow(page);
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await page.getByRole('link', { name: 'Send it to my mail' }).click();
  await page.getByRole('button', { name: 'Send the hint' }).click();
  await expect(page.getByText('Look into your mail')).toBeVisible();
  const mail = await server.mail(to, 0, ({ text }) => text.includes('the lighthouse keeper'));
  expect(mail.to).toContain(to);
  await page.getByRole('button', { name: 'Back' }).first().click();
  await page.getByRole('link', { name: 'Send it to my mail' }).click();
  await page.getByRole('textbox', { name: 'Email address' }).fill(email('nobody'));
  await page.getByRole('button', { name: 'Send the hint' }).click();
  await expect(page.getByText('Look into your mail')).toBeVisible();
});

test('a master password that was set on another browser opens the lock screen here', async ({ sesame, server }) => {
  const to = email('newer');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  const other = await second();
  try {
    const elsewhere = await other.openPopup();
    await signIn(elsewhere, server, { email: to });
    await lockNow(page);
    await elsewhere.getByRole('button', { name: 'Settings' }).click();
    await elsewhere.getByRole('button', { name: 'Set a new master password' }).click();
    await elsewhere.getByRole('textbox', { name: 'New master password' }).fill(NEW);
    await elsewhere.getByRole('textbox', { name: 'Repeat master password' }).fill(NEW);
    await elsewhere.getByRole('button', { name: 'Set a new master password' }).click();
    await expect(elsewhere.getByRole('status')).toContainText('The new master password is set', { timeout: 30_000 });
    await synced(elsewhere);
  } finally {
    await other.close();
  }
  await unlockWith(page, 'neither this nor that');
  await expect(page.getByRole('alert')).toContainText('Wrong master password', { timeout: 30_000 });
  // Out of reach, the account can't be asked; that is said.
  await server.halt();
  await unlockWith(page, NEW);
  await expect(page.getByRole('alert')).toContainText('can’t be reached to ask', { timeout: 30_000 });
  await server.restart();
  await unlockWith(page, NEW);
  await expectUnlocked(page);
  await expect(page.getByRole('status')).toContainText('Your new master password from another browser works here now');
  expect(await names(page)).toEqual(['apple']);
});
