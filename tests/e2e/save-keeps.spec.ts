/** What was typed survives popup, page, tab, lock and worker, and lies nowhere in the clear. */
import type { Page } from '@playwright/test';
import { BANK, expect, page, test } from '../hostile/web.ts';
import type { Sesame } from './fixtures.ts';
import { call, login, rowsOf, unlock } from './support/calls.ts';
import { form, SECRET, scene, signIn, type, USER, WELCOME } from './support/save.ts';

const simple = (_: URL, { method }: { method: string }): string => (method === 'POST' ? WELCOME : page(form()));

/** Everything that the extension keeps, as text. */
async function kept(sesame: Sesame, popup: Page): Promise<string> {
  const areas = await (await sesame.worker()).evaluate(async () =>
    JSON.stringify([await chrome.storage.local.get(), await chrome.storage.session.get(), await chrome.storage.sync.get()]),
  );
  const rows = await Promise.all(['vault', 'shards', 'items', 'drafts', 'captures'].map((store) => rowsOf(popup, store)));
  const bytes = rows.flatMap((store) => Object.values(store)).map((hex) => Buffer.from(hex, 'hex').toString('latin1'));
  return [areas, ...bytes].join('\n');
}

const captures = async (popup: Page): Promise<number> => Object.keys(await rowsOf(popup, 'captures')).length;

test('S-92, S-103: while locked it is sealed, and asked about after unlocking', async ({ sesame, web }) => {
  const { tab, popup, prompt, go, items } = await scene(sesame, web, simple);
  await call(popup, 'lock');
  await go();
  await signIn(tab);
  const frame = await prompt.frame();
  await expect(frame.getByText('Unlock Sesame to save this sign-in')).toBeVisible();
  // S-53: no field for a secret in a page.
  await expect(frame.locator('input')).toHaveCount(0);
  expect(await captures(popup)).toBe(1);
  const everything = await kept(sesame, popup);
  expect(everything).not.toContain(SECRET);
  expect(everything).not.toContain(USER);
  await expect(call(popup, 'waitingCapture')).rejects.toThrow('locked');
  await unlock(popup);
  const waiting = await call(popup, 'waitingCapture');
  expect(waiting).toMatchObject({ verdict: 'new', origin: BANK, username: USER });
  expect(JSON.stringify(waiting)).not.toContain(SECRET);
  await call(popup, 'saveCapture', { id: waiting?.id ?? '', itemId: null, name: 'Bank', username: USER });
  expect((await items()).map(({ password }) => password)).toEqual([SECRET]);
  expect(await captures(popup)).toBe(0);
  await call(popup, 'undoCapture', { id: waiting?.id ?? '' });
  expect(await items()).toEqual([]);
});

test('S-92, S-103: it stays sealed while the vault is open, and through a lock', async ({ sesame, web }) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, simple);
  await go();
  await signIn(tab);
  await prompt.asks('Save this sign-in?');
  expect(await kept(sesame, popup)).not.toContain(SECRET);
  await call(popup, 'lock');
  expect(await kept(sesame, popup)).not.toContain(SECRET);
  await unlock(popup);
  expect((await call(popup, 'waitingCapture'))?.username).toBe(USER);
});

test('the worker may stop between the sending and the answer', async ({ sesame, web }) => {
  const slow = `<script>document.querySelector('form').addEventListener('submit', (event) => { event.preventDefault(); window.send = () => event.target.submit(); });</script>`;
  const { tab, popup, prompt, go } = await scene(sesame, web, (_, { method }) => (method === 'POST' ? WELCOME : page(form() + slow)));
  await go();
  await signIn(tab);
  await expect.poll(() => captures(popup)).toBe(1);
  await sesame.killWorker();
  await tab.evaluate('send()');
  await prompt.asks('Save this sign-in?');
  await prompt.press('Save');
  await expect.poll(() => captures(popup)).toBe(0);
});

test('closing the tab leaves the question to the popup, and marks the toolbar', async ({ sesame, web }) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, simple);
  await go();
  await signIn(tab);
  await prompt.asks('Save this sign-in?');
  const badge = async (): Promise<string> => {
    const url = tab.url();
    return (await sesame.worker()).evaluate(async (address) => {
      const shown = (await chrome.tabs.query({})).find((one) => one.url === address);
      return chrome.action.getBadgeText({ tabId: shown?.id ?? -1 });
    }, url);
  };
  await expect.poll(badge).toBe('+');
  await tab.close();
  expect((await call(popup, 'waitingCapture'))?.username).toBe(USER);
});

test('the question comes again on the next page, three times at most', async ({ sesame, web }) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, (url, { method }) =>
    method === 'POST' || url.pathname === '/accounts' ? WELCOME : page(form()),
  );
  await go();
  await signIn(tab);
  for (let time = 0; time < 3; time += 1) {
    await prompt.asks('Save this sign-in?');
    await tab.goto(`${BANK}/accounts?${time}`);
  }
  await prompt.staysAway();
  expect((await call(popup, 'waitingCapture'))?.username).toBe(USER);
});

test('a password that Sesame made is offered also when the site never answers, and outlives the browser’s session', async ({
  sesame,
  web,
}) => {
  const silent = `<h1>Create your account</h1><form onsubmit="return false">
    <label>E-mail address <input name="username" type="email" autocomplete="email"></label>
    <label>New password <input name="password" type="password" autocomplete="new-password"></label>
    <button>Create account</button></form>`;
  const { tab, popup, prompt, go } = await scene(sesame, web, () => page(silent));
  await call(popup, 'rememberGenerated', { value: 'canary-made-by-sesame' });
  await go();
  await type(tab, 'username', 'ada@bank.test');
  await type(tab, 'password', 'canary-made-by-sesame');
  await tab.getByRole('button', { name: 'Create account' }).click();
  await prompt.staysAway();
  const offered = { verdict: 'new', username: 'ada@bank.test', generated: true };
  expect(await call(popup, 'waitingCapture')).toMatchObject(offered);
  // As after a restart of the browser: session memory is empty, the sealed piece is there.
  await (await sesame.worker()).evaluate(() => chrome.storage.session.remove('flows'));
  expect(await call(popup, 'waitingCapture')).toMatchObject(offered);
  expect((await call(popup, 'generatorHistory')).map(({ value }) => value)).toEqual(['canary-made-by-sesame']);
});

test('S-80: a password that the site refuses does not take the place of one that it took before', async ({ sesame, web }) => {
  const up = `<h1>Create your account</h1><form method="post" action="/joined">
    <label>E-mail address <input name="username" type="email" autocomplete="email"></label>
    <label>New password <input name="password" type="password" autocomplete="new-password"></label>
    <button>Create account</button></form>`;
  const { tab, popup, prompt, go, items } = await scene(sesame, web, ({ pathname }, { method }) => {
    if (method === 'POST') return pathname === '/joined' ? WELCOME : page(`<p>Wrong password</p>${form()}`);
    return page(pathname === '/join' ? up : form());
  });
  await call(popup, 'rememberGenerated', { value: 'canary-made-by-sesame' });
  await go(`${BANK}/join`);
  await type(tab, 'username', 'ada@bank.test');
  await type(tab, 'password', 'canary-made-by-sesame');
  await tab.getByRole('button', { name: 'Create account' }).click();
  await prompt.asks('Save this sign-in?');
  await go();
  await signIn(tab, 'ada@bank.test', 'canary-mistyped');
  await tab.getByText('Wrong password').waitFor();
  await expect.poll(() => captures(popup)).toBe(1);
  const waiting = await call(popup, 'waitingCapture');
  expect(waiting).toMatchObject({ username: 'ada@bank.test', generated: true });
  await call(popup, 'saveCapture', { id: waiting?.id ?? '', itemId: null, name: 'Bank', username: 'ada@bank.test' });
  expect((await items()).map(({ password }) => password)).toEqual(['canary-made-by-sesame']);
});

test('S-58: what the person changed since is not taken back', async ({ sesame, web }) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, simple);
  const bank = login('Bank', { username: USER, password: 'canary-old', websites: [{ url: BANK, match: 'host' }] });
  const { id } = await call(popup, 'save', bank);
  await go();
  await signIn(tab);
  await prompt.asks('Update the password?');
  const waiting = await call(popup, 'waitingCapture');
  const flow = waiting?.id ?? '';
  await call(popup, 'saveCapture', { id: flow, itemId: id, name: '', username: '' });
  await call(popup, 'save', { ...(await call(popup, 'edit', { id })), password: 'canary-mine' });
  await expect(call(popup, 'undoCapture', { id: flow })).rejects.toThrow('not-found');
  expect(await call(popup, 'reveal', { id, secret: 'password' })).toBe('canary-mine');
});

test('S-98: locked after an answer, the frame that says what was saved goes', async ({ sesame, web }) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, simple);
  await go();
  await signIn(tab);
  await prompt.press('Save');
  await expect((await prompt.frame()).getByRole('button', { name: 'Undo' })).toBeVisible();
  await call(popup, 'lock');
  await prompt.at.gone();
});

test('what nobody answered is forgotten: after ten minutes without success, after a day with', async ({ sesame, web }) => {
  const silent = '<script>document.querySelector("form").addEventListener("submit", (event) => event.preventDefault())</script>';
  const { tab, popup, prompt, go } = await scene(sesame, web, (url, asked) =>
    url.pathname === '/silent' ? page(form() + silent) : simple(url, asked),
  );
  const older = async (ms: number): Promise<void> => {
    await (await sesame.worker()).evaluate(async (by) => {
      const { flows } = (await chrome.storage.session.get('flows')) as { flows: { at: number }[] };
      await chrome.storage.session.set({ flows: flows.map((flow) => ({ ...flow, at: flow.at - by })) });
    }, ms);
  };
  await go(`${BANK}/silent`);
  await signIn(tab);
  await expect.poll(() => captures(popup)).toBe(1);
  await older(11 * 60_000);
  expect(await call(popup, 'waitingCapture')).toBeNull();
  expect(await captures(popup)).toBe(0);
  await go();
  await signIn(tab);
  await prompt.asks('Save this sign-in?');
  await older(23 * 60 * 60_000);
  expect(await call(popup, 'waitingCapture')).not.toBeNull();
  await older(2 * 60 * 60_000);
  expect(await call(popup, 'waitingCapture')).toBeNull();
  expect(await captures(popup)).toBe(0);
});

test('what Sesame itself filled is not asked about', async ({ sesame, web }) => {
  const { tab, popup, prompt, go } = await scene(sesame, web, simple);
  const { id } = await call(popup, 'save', login('Bank', { username: USER, password: SECRET, websites: [{ url: BANK, match: 'host' }] }));
  await go();
  const site = await call(popup, 'forThisSite');
  expect(await call(popup, 'fill', { id, tabId: site?.tabId ?? -1 })).toMatchObject({ result: 'filled' });
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByText('Welcome back').waitFor();
  await prompt.staysAway();
  expect(await call(popup, 'waitingCapture')).toBeNull();
  expect(await captures(popup)).toBe(0);
});
