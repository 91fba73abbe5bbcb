/** S-80: where a sign-in came from, whatever stands around it or comes after it. */
import { BANK, EVIL, expect, page, test } from '../hostile/web.ts';
import { call, login } from './support/calls.ts';
import { form, redirect, SECRET, scene, signIn, USER, WELCOME } from './support/save.ts';

const inFrame = (address: string): string => page(`<h1>Shop</h1><iframe src="${address}" style="width:600px;height:300px"></iframe>`);

test('S-80: a form in a frame is saved for the frame’s site, not for the page around it', async ({ sesame, web }) => {
  const { tab, popup, prompt, go, items } = await scene(sesame, web, (url, { method }) => {
    if (url.origin === EVIL) return inFrame(`${BANK}/form`);
    return method === 'POST' ? WELCOME : page(form());
  });
  // The page's own login of the same user name must not be touched.
  await call(popup, 'save', login('Evil', { username: USER, password: 'canary-evil', websites: [{ url: EVIL, match: 'host' }] }));
  await go(`${EVIL}/`);
  const frame = tab.frames().find((one) => one.url().startsWith(BANK));
  if (!frame) throw new Error('no frame');
  await signIn(frame);
  const asked = await prompt.asks('Save this sign-in?');
  await expect(asked.getByText('bank.test', { exact: true })).toBeVisible();
  await prompt.press('Save');
  await expect
    .poll(async () => (await items()).map(({ password, websites }) => [password, websites[0]?.url]).sort())
    .toEqual(
      [
        ['canary-evil', EVIL],
        [SECRET, BANK],
      ].sort(),
    );
});

test('S-80: the same the other way round, a hostile frame on the bank’s page', async ({ sesame, web }) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, (url, { method }) => {
    if (url.origin === BANK) return inFrame(`${EVIL}/form`);
    return method === 'POST' ? WELCOME : page(form());
  });
  const { id } = await call(
    popup,
    'save',
    login('Bank', { username: USER, password: 'canary-bank', websites: [{ url: BANK, match: 'host' }] }),
  );
  await go();
  const frame = tab.frames().find((one) => one.url().startsWith(EVIL));
  if (!frame) throw new Error('no frame');
  await signIn(frame);
  const asked = await prompt.asks('Save this sign-in?');
  await expect(asked.getByText('evil.test', { exact: true })).toBeVisible();
  const waiting = await call(popup, 'waitingCapture');
  expect(waiting).toMatchObject({ origin: EVIL, verdict: 'new', itemId: null, candidates: [] });
  // Nor by an answer that names the bank's item.
  await expect(call(popup, 'saveCapture', { id: waiting?.id ?? '', itemId: id, name: '', username: USER })).rejects.toThrow('not-found');
  expect(await call(popup, 'reveal', { id, secret: 'password' })).toBe('canary-bank');
});

test('S-80: a sign-in that ends on another site is saved for the one that it was typed on', async ({ sesame, web }) => {
  const { tab, prompt, go, items } = await scene(sesame, web, (url, { method }) => {
    if (method === 'POST') return redirect(`${EVIL}/callback`);
    return url.origin === EVIL ? page(`<h1>Welcome</h1>${form()}`) : page(form());
  });
  await go();
  await signIn(tab);
  await prompt.asks('Save this sign-in?');
  await prompt.press('Save');
  await expect.poll(async () => (await items()).map(({ websites }) => websites[0]?.url)).toEqual([BANK]);
});

test('S-80: a form that is sent into a tab of its own', async ({ sesame, web }) => {
  const { tab, popup, go, items } = await scene(sesame, web, (_, { method }) =>
    method === 'POST' ? WELCOME : page(form('/login', 'target="_blank"')),
  );
  await go();
  const opened = sesame.context.waitForEvent('page');
  await signIn(tab);
  const second = await opened;
  await second.waitForLoadState();
  await expect.poll(async () => (await call(popup, 'waitingCapture'))?.username, { timeout: 15_000 }).toBe(USER);
  const waiting = await call(popup, 'waitingCapture');
  await call(popup, 'saveCapture', { id: waiting?.id ?? '', itemId: null, name: 'Bank', username: USER });
  expect((await items()).map(({ password, websites }) => [password, websites[0]?.url])).toEqual([[SECRET, BANK]]);
});

test('S-80: a page that goes elsewhere while the form is being sent does not give its name to it', async ({ sesame, web }) => {
  const race = `<script>document.querySelector('form').addEventListener('submit', (event) => { event.preventDefault(); location.href = '${EVIL}/'; });</script>`;
  const { tab, popup, go } = await scene(sesame, web, (url) => (url.origin === EVIL ? WELCOME : page(form('#') + race)));
  await go();
  await signIn(tab);
  await tab.waitForURL(`${EVIL}/`);
  await expect.poll(async () => (await call(popup, 'waitingCapture'))?.origin).toBe(BANK);
});

test('an in-between page that leads back to the form is no success', async ({ sesame, web }) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, (url, { method }) => {
    if (method === 'POST') return { body: page('<p>One moment</p>'), headers: { refresh: '2;url=/again' } };
    return page(url.pathname === '/again' ? `<p>Wrong</p>${form()}` : form());
  });
  await go();
  await signIn(tab);
  await tab.waitForURL('**/again');
  await prompt.staysAway();
  expect(await call(popup, 'waitingCapture')).toBeNull();
});

test('a window for signing in that closes itself, with the page behind it as it was', async ({ sesame, web }) => {
  const { tab, popup, go } = await scene(sesame, web, (url, { method }) => {
    if (url.pathname === '/sign-in') return method === 'POST' ? page('<script>window.close()</script>') : page(form('/sign-in'));
    return page("<button onclick=\"open('/sign-in', '', 'width=500,height=400')\">Sign in with a window</button>");
  });
  await go();
  const opened = sesame.context.waitForEvent('page');
  await tab.getByRole('button').click();
  const window = await opened;
  const closed = window.waitForEvent('close');
  await signIn(window);
  await closed;
  await expect.poll(async () => (await call(popup, 'waitingCapture'))?.username).toBe(USER);
  expect(await call(popup, 'waitingCapture')).toMatchObject({ origin: BANK, verdict: 'new' });
});

test('two accounts of one site, one after the other, are two questions', async ({ sesame, web }) => {
  const { tab, popup, prompt, go, items } = await scene(sesame, web, (_, { method }) => (method === 'POST' ? WELCOME : page(form())));
  await go();
  await signIn(tab, 'canary-ada', 'canary-of-ada');
  await prompt.asks('Save this sign-in?');
  await go(`${BANK}/accounts/sign-out`);
  await signIn(tab, 'canary-eve', 'canary-of-eve');
  await prompt.asks('Save this sign-in?');
  for (let left = 2; left > 0; left -= 1) {
    const waiting = await call(popup, 'waitingCapture');
    await call(popup, 'saveCapture', { id: waiting?.id ?? '', itemId: null, name: 'Bank', username: waiting?.username ?? '' });
  }
  expect((await items()).map(({ username, password }) => `${username} ${password}`).sort()).toEqual([
    'canary-ada canary-of-ada',
    'canary-eve canary-of-eve',
  ]);
});
