/** New accounts and new passwords, and the answers that a person can give. */
import { BANK, EVIL, expect, page, test } from '../hostile/web.ts';
import { ALL, call, login } from './support/calls.ts';
import { form, redirect, SECRET, scene, signIn, type, USER, WELCOME } from './support/save.ts';

const SIGN_UP = `<h1>Create your account</h1><form method="post" action="/join">
  <label>E-mail address <input name="username" type="email" autocomplete="email"></label>
  <label>New password <input name="password" type="password" autocomplete="new-password"></label>
  <label>Repeat password <input name="repeat" type="password" autocomplete="new-password"></label>
  <button>Create account</button></form>`;
const CHANGE = `<h1>Change password</h1><form method="post" action="/changed">
  <label>Current password <input name="old" type="password" autocomplete="current-password"></label>
  <label>New password <input name="password" type="password" autocomplete="new-password"></label>
  <label>Repeat new password <input name="repeat" type="password" autocomplete="new-password"></label>
  <button>Change password</button></form>`;

test('a sign-up, also when it leads to the sign-in page', async ({ sesame, web }) => {
  const { tab, prompt, go, items } = await scene(sesame, web, (url, { method }) => {
    if (method === 'POST') return redirect('/login');
    return page(url.pathname === '/login' ? `<p>Your account is ready</p>${form()}` : SIGN_UP);
  });
  await go();
  await type(tab, 'username', 'ada@bank.test');
  await type(tab, 'password', SECRET);
  await type(tab, 'repeat', SECRET);
  await tab.getByRole('button', { name: 'Create account' }).click();
  const frame = await prompt.asks('Save this sign-in?');
  await frame.getByRole('textbox', { name: 'Name', exact: true }).fill('My bank');
  await frame.getByRole('textbox', { name: 'User name' }).fill('ada.l@bank.test');
  await prompt.press('Save');
  await expect
    .poll(async () => (await items()).map(({ name, username, password }) => [name, username, password]))
    .toEqual([['My bank', 'ada.l@bank.test', SECRET]]);
});

test('a change of password finds its account by the old one, also where the form stays, emptied', async ({ sesame, web }) => {
  const stays = `<script>document.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault(); event.target.reset(); document.querySelector('h1').textContent = 'Thank you'; });</script>`;
  const { tab, popup, prompt, go, items } = await scene(sesame, web, () => page(CHANGE + stays));
  const site = [{ url: BANK, match: 'host' as const }];
  await call(popup, 'save', login('Eve', { username: 'eve', password: 'canary-eve', websites: site }));
  const { id } = await call(popup, 'save', login('Ada', { username: 'ada', password: 'canary-old', websites: site }));
  await go();
  await type(tab, 'old', 'canary-old');
  await type(tab, 'password', SECRET);
  await type(tab, 'repeat', SECRET);
  await tab.keyboard.press('Enter');
  const frame = await prompt.asks('Update the password?');
  await expect(frame.getByRole('combobox', { name: 'Save to' })).toHaveValue(id);
  await prompt.press('Update');
  await expect.poll(async () => (await items()).map(({ password }) => password).sort()).toEqual(['canary-eve', SECRET].sort());
  expect(await call(popup, 'reveal', { id, secret: 'history:0' })).toBe('canary-old');
});

test('a change without the old password is for the one account that there is', async ({ sesame, web }) => {
  const reset = CHANGE.replace(/<label>Current.*?<\/label>/, '');
  const { tab, popup, prompt, go, items } = await scene(sesame, web, (_, { method }) => (method === 'POST' ? WELCOME : page(reset)));
  await call(popup, 'save', login('Ada', { username: 'ada', password: 'canary-old', websites: [{ url: BANK, match: 'host' }] }));
  await go();
  await type(tab, 'password', SECRET);
  await type(tab, 'repeat', SECRET);
  await tab.getByRole('button', { name: 'Change password' }).click();
  await prompt.asks('Update the password?');
  await prompt.press('Update');
  await expect.poll(async () => (await items()).map(({ password }) => password)).toEqual([SECRET]);
});

test('two new passwords that differ are not asked about', async ({ sesame, web }) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, (_, { method }) => (method === 'POST' ? WELCOME : page(SIGN_UP)));
  await go();
  await type(tab, 'username', 'ada@bank.test');
  await type(tab, 'password', SECRET);
  await type(tab, 'repeat', 'canary-typo');
  await tab.getByRole('button', { name: 'Create account' }).click();
  await prompt.staysAway();
  expect(await call(popup, 'waitingCapture')).toBeNull();
});

test('“Never for this site” holds for the site, and for no other', async ({ sesame, web }) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, (_, { method }) => (method === 'POST' ? WELCOME : page(form())));
  await go();
  await signIn(tab);
  await prompt.press('Never for this site');
  await prompt.at.gone();
  expect((await call(popup, 'settings')).filling.never).toEqual([BANK]);
  await go();
  await signIn(tab);
  await prompt.staysAway();
  expect(await call(popup, 'waitingCapture')).toBeNull();
  await go(`${EVIL}/`);
  await signIn(tab);
  await prompt.asks('Save this sign-in?');
});

test('a new item can be taken back, and “Not now” leaves nothing behind', async ({ sesame, web }) => {
  const { tab, popup, prompt, go, items } = await scene(sesame, web, (_, { method }) => (method === 'POST' ? WELCOME : page(form())));
  await go();
  await signIn(tab);
  await prompt.press('Save');
  await prompt.press('Undo');
  await expect.poll(items).toEqual([]);
  expect((await call(popup, 'list', { ...ALL, in: 'bin' })).rows.map(({ detail }) => detail)).toEqual([USER]);
  await go();
  await signIn(tab);
  await prompt.press('Not now');
  await prompt.at.gone();
  await tab.reload();
  await prompt.staysAway();
  expect(await call(popup, 'waitingCapture')).toBeNull();
});

test('what a page does by itself is not asked about', async ({ sesame, web }) => {
  const script = `<script>
    const [name, password] = document.querySelectorAll('input');
    name.value = 'poison'; password.value = 'poison';
    document.querySelector('button').click();
    document.querySelector('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    password.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    // And once more together with a click of the person's, which is what the browser itself asks for.
    addEventListener('click', () => { document.querySelector('form').requestSubmit(); setTimeout(() => document.querySelector('form').remove(), 300); });</script>`;
  const { tab, popup, prompt, go } = await scene(sesame, web, () =>
    page(form('#').replace('<form', '<form onsubmit="return false"') + script),
  );
  await go();
  await tab.mouse.click(900, 700);
  await prompt.staysAway();
  expect(await call(popup, 'waitingCapture')).toBeNull();
});
