/** What is asked after a sign-in, and what is not: by what the site answered. */
import { BANK, expect, page, test } from '../hostile/web.ts';
import { call, login } from './support/calls.ts';
import { form, redirect, SECRET, scene, signIn, type, USER, WELCOME } from './support/save.ts';

test('after a sign-in that was sent and led elsewhere, one click saves it', async ({ sesame, web }) => {
  const { tab, prompt, go, items } = await scene(sesame, web, (url, { method }) => {
    if (method === 'POST') return redirect('/accounts');
    return url.pathname === '/accounts' ? WELCOME : page(form());
  });
  await go();
  await signIn(tab);
  const frame = await prompt.asks('Save this sign-in?');
  await expect(frame.getByRole('textbox', { name: 'User name' })).toHaveValue(USER);
  await expect(frame.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('bank.test');
  await expect(frame.getByRole('button')).toHaveText(['Never for this site', 'Not now', 'Save']);
  // The password is not even in the frame.
  expect(await frame.content()).not.toContain(SECRET);
  await prompt.press('Save');
  await expect(frame.getByText('Saved')).toBeVisible();
  const [item] = await items();
  expect(item).toMatchObject({ name: 'bank.test', username: USER, password: SECRET, websites: [{ url: BANK, match: 'host' }] });
});

test('a sign-in that was refused is not asked about', async ({ sesame, web }) => {
  let tries = 0;
  const { tab, prompt, go } = await scene(sesame, web, (_, { method }) => {
    if (method === 'POST') tries += 1;
    return method === 'POST' && tries > 1 ? WELCOME : page(`${method === 'POST' ? '<p role="alert">Wrong password</p>' : ''}${form()}`);
  });
  await go();
  await signIn(tab, USER, 'canary-wrong');
  await expect(tab.getByText('Wrong password')).toBeVisible();
  await prompt.staysAway();
  // The right one is, and it is the one that is saved.
  await signIn(tab);
  await prompt.asks('Save this sign-in?');
});

test('what is saved already is not asked about, a new password is an update, and the old one goes into the history', async ({
  sesame,
  web,
}) => {
  const { tab, popup, prompt, go, items } = await scene(sesame, web, (_, { method }) => (method === 'POST' ? WELCOME : page(form())));
  const { id } = await call(popup, 'save', login('Bank', { username: USER, password: SECRET, websites: [{ url: BANK, match: 'host' }] }));
  await go();
  await signIn(tab);
  await prompt.staysAway();
  await go();
  await signIn(tab, USER, 'canary-new');
  const frame = await prompt.asks('Update the password?');
  await expect(frame.getByRole('combobox', { name: 'Save to' })).toHaveValue(id);
  await prompt.press('Update');
  await expect(frame.getByText('Password updated')).toBeVisible();
  expect((await items()).map(({ password }) => password)).toEqual(['canary-new']);
  expect(await call(popup, 'reveal', { id, secret: 'history:0' })).toBe(SECRET);
  // S-58: and it can be taken back.
  await prompt.press('Undo');
  await expect.poll(async () => (await items())[0]?.password).toBe(SECRET);
  expect(await call(popup, 'reveal', { id, secret: 'history:0' })).toBe('canary-new');
});

test('a page that stays where it is: asked once the form has gone, not while it shows a mistake', async ({ sesame, web }) => {
  const script = `<script>
    let tries = 0;
    document.querySelector('form').addEventListener('submit', async (event) => {
      event.preventDefault();
      await fetch('/api', { method: 'POST' });
      tries += 1;
      if (tries < 2) document.querySelector('p').textContent = 'Wrong password';
      else { document.querySelector('form').remove(); history.pushState(null, '', '/home'); document.querySelector('p').textContent = 'Welcome'; }
    });</script>`;
  const { tab, prompt, go, items } = await scene(sesame, web, () => page(`<p></p>${form()}${script}`));
  await go();
  await signIn(tab, USER, 'canary-wrong');
  await expect(tab.getByText('Wrong password')).toBeVisible();
  await prompt.staysAway();
  await tab.locator('[name=password]').fill('');
  await type(tab, 'password', SECRET);
  await tab.keyboard.press('Enter');
  await prompt.asks('Save this sign-in?');
  await prompt.press('Save');
  await expect.poll(async () => (await items()).map(({ password }) => password)).toEqual([SECRET]);
});

test('a user name on one page and the password on the next page of the same site are one sign-in', async ({ sesame, web }) => {
  const { tab, prompt, go, items } = await scene(sesame, web, (url, { method }) => {
    if (url.pathname === '/password')
      return page(
        '<form method="post" action="/done"><label>Password <input name="password" type="password"></label><button>Sign in</button></form>',
      );
    if (method === 'POST' && url.pathname === '/name') return redirect('https://www.bank.com/password');
    if (url.pathname === '/done') return WELCOME;
    return page(
      '<form method="post" action="/name"><label>E-mail address <input name="username" type="email" autocomplete="username"></label><button>Next</button></form>',
    );
  });
  await go('https://id.bank.com/');
  await type(tab, 'username', 'ada@bank.test');
  await tab.getByRole('button', { name: 'Next' }).click();
  await tab.waitForURL('**/password');
  await type(tab, 'password', SECRET);
  await tab.getByRole('button', { name: 'Sign in' }).click();
  const frame = await prompt.asks('Save this sign-in?');
  await expect(frame.getByRole('textbox', { name: 'User name' })).toHaveValue('ada@bank.test');
  await prompt.press('Save');
  await expect.poll(async () => (await items()).map(({ username, password }) => [username, password])).toEqual([['ada@bank.test', SECRET]]);
});

test('a sign-in that the page marks as wrong, or that somebody gives up, is not asked about on the next page', async ({ sesame, web }) => {
  const script = (mark: string): string => `<a href="/elsewhere">Back to the shop</a><script>
    document.querySelector('form').addEventListener('submit', (event) => { event.preventDefault(); ${mark} });</script>`;
  const { tab, popup, prompt, go } = await scene(sesame, web, (url) => {
    if (url.pathname === '/elsewhere') return WELCOME;
    return page(form() + script(url.pathname === '/marked' ? "document.querySelector('[name=password]').ariaInvalid = 'true';" : ''));
  });
  await go(`${BANK}/marked`);
  await signIn(tab, USER, 'canary-wrong');
  await prompt.staysAway();
  await tab.evaluate(() => location.assign('/elsewhere'));
  await prompt.staysAway();
  await go();
  await signIn(tab, USER, 'canary-wrong');
  await tab.waitForTimeout(500);
  await tab.getByRole('link', { name: 'Back to the shop' }).click();
  await tab.getByText('Welcome back').waitFor();
  await prompt.staysAway();
  expect(await call(popup, 'waitingCapture')).toBeNull();
});
