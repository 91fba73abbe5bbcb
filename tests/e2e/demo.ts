/**
 * The main jobs, played for `./build.sh run` where there is no display: a line and a numbered picture for
 * each step, into out/. With a display it leaves the browser open for the person instead, beside an account
 * server whose mails are read on a page of its own.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InPage } from '../hostile/menu.ts';
import { startSampleSite } from '../pages/server.mjs';
import { startServer } from '../support/server.ts';
import { dress } from './fixtures.ts';
import { Authenticator } from './support/authenticator.ts';
import { OUT, Steps } from './support/demo.ts';
import { accountDemo } from './support/demo-account.ts';
import { createVault, expectUnlocked, lockNow, saveLogin, unlockWith } from './support/flows.ts';
import { launch } from './support/launch.ts';
import { Prompt } from './support/save.ts';

/** What Sesame proposes as the server's address. */
const PORT = 8484;

async function withDisplay(): Promise<void> {
  const site = await startSampleSite({ port: 0 });
  const outbox = await mkdtemp(join(tmpdir(), 'sesame-outbox-'));
  const server = await startServer({ port: PORT, env: { SESAME_SMTP: undefined, SESAME_OUTBOX: outbox } });
  const browser = await launch({ headless: false });
  const page = await browser.context.newPage();
  await page.goto(`${server.origin}/outbox`);
  const first = await browser.context.newPage();
  await first.goto(site.origin);
  console.log(`Sesame is in the toolbar (the puzzle piece); the sample site is ${site.origin}.`);
  console.log(`The account server is ${server.origin}; its mails are on ${server.origin}/outbox. Close the browser to end.`);
  await new Promise<void>((done) => browser.context.once('close', () => done()));
  await server.stop();
  await rm(outbox, { recursive: true, force: true });
  await site.close();
}

async function headless(): Promise<void> {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const site = await startSampleSite({ port: 0 });
  const browser = await launch();
  const sesame = dress(browser);
  const steps = new Steps();
  try {
    const web = await sesame.context.newPage();
    await web.goto(`${site.origin}/sign-in`);
    await steps.say('A sign-in page of the sample site', 'sign-in-page', web);
    const popup = await sesame.openPopup();
    await Authenticator.add(popup);
    await popup.getByRole('heading', { name: 'Welcome to Sesame' }).waitFor();
    await steps.say('Sesame, opened for the first time', 'welcome', popup);
    await createVault(popup);
    await popup.getByRole('button', { name: 'Set up biometric unlock' }).waitFor();
    await steps.say('A vault, with a recovery code that was typed back', 'created', popup);
    await popup.getByRole('button', { name: 'Set up biometric unlock' }).click();
    await expectUnlocked(popup);
    await steps.say('Biometric unlock is set up (virtual authenticator); the vault is empty', 'empty', popup);
    await saveLogin(popup, { name: 'Sample bank', username: 'alice', password: 'correct horse', website: `${site.origin}/sign-in` });
    await steps.say('A login is saved', 'saved', popup);
    await popup.goto(sesame.url('popup.html'));
    await lockNow(popup);
    await steps.say('Locked', 'locked', popup);
    await unlockWith(popup);
    await expectUnlocked(popup);
    await steps.say('Unlocked with the master password', 'unlocked', popup);
    await lockNow(popup);
    await popup.getByRole('button', { name: 'Unlock with biometrics' }).click();
    await expectUnlocked(popup);
    await steps.say('Locked, and unlocked with biometrics', 'biometrics', popup);
    await popup.close();
    await web.bringToFront();
    const action = await sesame.openActionPopup();
    await action.waitFor('button', 'Fill');
    await steps.say('The real toolbar popup knows the site', 'action-popup', action);
    await action.click('button', 'Fill');
    await web.waitForFunction(() => document.querySelector<HTMLInputElement>('input[type=password]')?.value !== '');
    await steps.say('The form is filled', 'filled', web);
    await web.getByRole('button', { name: 'Sign in' }).click();
    await web.getByRole('status').getByText('Signed in as alice').waitFor();
    await steps.say('Signed in as alice', 'signed-in', web);

    await web.goto(`${site.origin}/sign-up`);
    await web.getByLabel('Email').pressSequentially('alice@example.com');
    const menu = new InPage(web);
    await menu.open('[name=new]');
    const suggested = await menu.option(/^Use suggested password/);
    await steps.say('Opening an account: the menu in the password field suggests one', 'menu', web);
    await menu.press(suggested);
    await menu.gone();
    await steps.say('Chosen: it is in both fields, and in the history of generated passwords', 'suggested', web);
    await web.getByRole('button', { name: 'Open account' }).click();
    await web.getByRole('status').getByText('Account opened').waitFor();
    const prompt = new Prompt(web);
    await prompt.asks('Save this sign-in?');
    await steps.say('The site took it, and Sesame asks', 'asks', web);
    await prompt.press('Save');
    await (await prompt.frame()).getByText('Saved').waitFor();
    await steps.say('Saved', 'account-saved', web);
    await accountDemo(steps);
  } finally {
    await browser.close();
    await site.close();
  }
}

await (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? withDisplay() : headless());
