/** The account's part of the demonstration: two browsers, the account's server, its mails, and a reset that loses nothing. */
import { startServer, type TestServer } from '../../support/server.ts';
import { dress, type Sesame } from '../fixtures.ts';
import { names, synced } from './account.ts';
import { call } from './calls.ts';
import type { Steps } from './demo.ts';
import { expectUnlocked, lockNow, notNow, PASSWORD, saveLogin, shownCode } from './flows.ts';
import { launch } from './launch.ts';
import { fillForm, openMail, openSealed } from './reset.ts';
import { reopen } from './vault.ts';

const TO = 'alice@example.org';

export async function accountDemo(steps: Steps): Promise<void> {
  const server = await startServer();
  const [here, there] = [dress(await launch()), dress(await launch())];
  try {
    await signUp(steps, here, server);
    await syncBetween(steps, here, there, server);
    await reset(steps, here, server);
  } finally {
    await Promise.all([here.close(), there.close()]);
    await server.stop();
  }
}

async function signUp(steps: Steps, here: Sesame, server: TestServer): Promise<void> {
  const page = await here.openPopup();
  await page.getByRole('button', { name: 'Create a vault' }).click();
  await page.getByRole('textbox', { name: 'Master password', exact: true }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Repeat master password' }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Hint' }).fill('the view from the lake house');
  await page.getByRole('radio', { name: 'Sesame account' }).check();
  await page.getByRole('textbox', { name: 'Email address' }).fill(TO);
  await page.getByRole('textbox', { name: 'Server address' }).fill(server.origin);
  await steps.say('A browser with a vault to be, and an account for it', 'account', page);
  await page.getByRole('button', { name: 'Create vault' }).click();
  const code = await server.codeFor(TO);
  await page.getByRole('textbox', { name: 'Code from the e-mail' }).fill(code);
  await steps.say('The vault is there; the code came by mail (SMTP)', 'code', page);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await shownCode(page);
  await page.getByRole('button', { name: 'Later' }).click();
  await notNow(page);
  await saveLogin(page, { name: 'Bakery', username: 'alice', password: 'flour and water', website: 'https://bakery.example' });
  await synced(page);
  await page.goto(here.url('popup.html'));
  await expectUnlocked(page);
  await steps.say('A login is saved, and the account has it, sealed', 'synced', page);
}

async function syncBetween(steps: Steps, here: Sesame, there: Sesame, server: TestServer): Promise<void> {
  const page = await there.openPopup();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Email address' }).fill(TO);
  await page.getByRole('textbox', { name: 'Master password' }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Server address' }).fill(server.origin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const use = page.getByRole('button', { name: 'Use this vault' });
  await use.waitFor({ timeout: 30_000 });
  await steps.say('Another browser: what was found is said before anything is taken', 'found', page);
  await use.click();
  await expectUnlocked(page);
  await synced(page);
  await saveLogin(page, { name: 'Library', username: 'alice', password: 'quiet please' });
  await synced(page);
  await steps.say('A login is saved in the other browser', 'other', page);
  const own = await here.openPopup();
  await synced(own);
  await reopen(here, own);
  await own.getByRole('button', { name: /^Library/ }).waitFor();
  await steps.say('And is here', 'both', own);
  await own.close();
}

async function reset(steps: Steps, here: Sesame, server: TestServer): Promise<void> {
  const page = await here.openPopup();
  await lockNow(page);
  await page.getByRole('link', { name: "Can't get in?" }).click();
  await steps.say('The master password is forgotten: the ways back', 'ways-back', page);
  await page.getByRole('button', { name: 'Start process' }).click();
  const mail = await openMail(here, server, TO);
  await steps.say('The mail', 'mail', mail);
  const next = here.context.waitForEvent('page', (opened) => opened.url().startsWith('chrome-extension://'));
  await mail.getByRole('link', { name: 'Reset account' }).click();
  const own = await next;
  await own.getByRole('textbox', { name: 'New master password' }).waitFor();
  await steps.say('Its button leads into a page of Sesame’s own', 'new-password', own);
  await fillForm(own);
  await shownCode(own);
  await own.getByRole('button', { name: 'Later' }).click();
  await notNow(own);
  await steps.say('An empty vault, at once', 'empty-again', own);
  await openSealed(own, 'At the account');
  await own.getByRole('textbox', { name: 'Old master password' }).fill(PASSWORD);
  await own.getByRole('button', { name: 'Open sealed vault' }).click();
  const merge = own.getByRole('button', { name: 'Merge into this vault' });
  await merge.waitFor({ timeout: 30_000 });
  await steps.say('The old master password comes back to mind: the sealed vault opens', 'sealed', own);
  await merge.click();
  await own.getByRole('status').waitFor();
  await reopen(here, own);
  await own.getByRole('button', { name: /^Bakery/ }).waitFor();
  await steps.say(`Nothing was lost: ${(await names(own)).join(', ')}`, 'nothing-lost', own);
  await call(own, 'lock');
}
