/** A reset on a bad line: whatever is lost on the way, the person is told what is so, and nothing else is lost. */
import { Mutator } from '../support/mutator.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { expect, test } from './fixtures.ts';
import { email, names, signUp, synced } from './support/account.ts';
import { call, login } from './support/calls.ts';
import { expectUnlocked, lockNow, PASSWORD, shownCode, unlockWith } from './support/flows.ts';
import { fillForm, NEW, redeemCode } from './support/reset.ts';
import { reopen } from './support/vault.ts';

let line: Mutator;
let server: TestServer;
test.beforeAll(async () => {
  line = await Mutator.start();
  server = await startServer({ behind: line });
});
test.afterEach(() => line.honest());
test.afterAll(() => server.stop());
test.beforeEach(() => {
  test.slow();
});

test('S-134: a server out of reach changes nothing, and the copy is kept all the same', async ({ sesame }) => {
  const to = email('unreached');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  await lockNow(page);
  line.on(/\/v1\/reset\//, () => null);
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await page.getByRole('button', { name: 'Start process' }).click();
  await expect(page.getByRole('alert')).toContainText(/can.t be reached/);
  await expect(page.getByRole('button', { name: 'Start process' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await unlockWith(page);
  await expectUnlocked(page);
  expect(await names(page)).toEqual(['apple']);
  expect((await call(page, 'sealedVaults')).filter(({ where }) => where === 'browser')).toHaveLength(1);
});

test('S-124, S-134: an answer that is lost after the reset was done leads to the new vault, and the old one is kept', async ({
  sesame,
}) => {
  const to = email('unheard');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  await lockNow(page);
  await redeemCode(server, page, to);
  const cut = line.once(/\/v1\/reset\/finish$/, async ({ pass }) => {
    const answer = await pass();
    return { ...answer, claimed: answer.body.length + 10 };
  });
  await fillForm(page);
  await cut;
  await expect(page.getByRole('alert')).toContainText(/can.t be reached/);
  // What was typed is still there; the second try hears that the link has been used.
  await page.getByRole('button', { name: 'Reset account' }).click();
  await expect(page.getByRole('alert')).toContainText('perhaps the reset was done', { timeout: 30_000 });
  await page.getByRole('alert').getByRole('link', { name: 'Sign in' }).click();
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue(to);
  await page.getByRole('textbox', { name: 'Master password' }).fill(NEW);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Use this vault' }).click({ timeout: 30_000 });
  await expectUnlocked(page);
  await synced(page);
  expect(await names(page)).toEqual([]);
  const put = await call(page, 'sealedVaults');
  expect(new Set(put.map(({ where }) => where))).toEqual(new Set(['browser', 'account']));
});

test('S-134: the worker stopped before the form is sent: the link is still good', async ({ sesame }) => {
  const to = email('stopped');
  const page = await sesame.openPopup();
  await signUp(page, server, { email: to, items: [login('apple')] });
  await lockNow(page);
  await redeemCode(server, page, to);
  await expect(page.getByText(`A new vault for ${to}`)).toBeVisible({ timeout: 30_000 });
  await sesame.killWorker();
  await fillForm(page);
  await shownCode(page);
  await sesame.killWorker();
  await reopen(sesame, page);
  await lockNow(page);
  await unlockWith(page, PASSWORD);
  await expect(page.getByRole('alert')).toContainText('Wrong master password', { timeout: 30_000 });
  await unlockWith(page, NEW);
  await expectUnlocked(page);
});
