/**
 * The main job, played for `./build.sh run` where there is no display: a line and a numbered picture for
 * each step, into out/. With a display it leaves the browser open for the person instead.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { InPage } from '../hostile/menu.ts';
import { startSampleSite } from '../pages/server.mjs';
import { dress } from './fixtures.ts';
import { Authenticator } from './support/authenticator.ts';
import { createVault, expectUnlocked, lockNow, saveLogin, unlockWith } from './support/flows.ts';
import { launch } from './support/launch.ts';
import { Prompt } from './support/save.ts';

const OUT = 'out';

async function withDisplay(): Promise<void> {
  const site = await startSampleSite({ port: 0 });
  const browser = await launch({ headless: false });
  const page = await browser.context.newPage();
  await page.goto(site.origin);
  console.log(`Sesame is in the toolbar (the puzzle piece); the sample site is ${site.origin}. Close the browser to end.`);
  await new Promise<void>((done) => browser.context.once('close', () => done()));
  await site.close();
}

async function headless(): Promise<void> {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const site = await startSampleSite({ port: 0 });
  const browser = await launch();
  const sesame = dress(browser);
  let number = 0;
  const step = async (text: string, slug: string, page?: Page): Promise<void> => {
    number += 1;
    const file = join(OUT, `${String(number).padStart(2, '0')}-${slug}.png`);
    if (page) await page.screenshot({ path: file, animations: 'disabled' });
    console.log(`${String(number).padStart(2)}. ${text}${page ? `  -> ${file}` : ''}`);
  };
  try {
    const web = await sesame.context.newPage();
    await web.goto(`${site.origin}/sign-in`);
    await step('A sign-in page of the sample site', 'sign-in-page', web);
    const popup = await sesame.openPopup();
    await Authenticator.add(popup);
    await popup.getByRole('heading', { name: 'Welcome to Sesame' }).waitFor();
    await step('Sesame, opened for the first time', 'welcome', popup);
    await createVault(popup);
    await popup.getByRole('button', { name: 'Set up biometric unlock' }).waitFor();
    await step('A vault, with a recovery code that was typed back', 'created', popup);
    await popup.getByRole('button', { name: 'Set up biometric unlock' }).click();
    await expectUnlocked(popup);
    await step('Biometric unlock is set up (virtual authenticator); the vault is empty', 'empty', popup);
    await saveLogin(popup, { name: 'Sample bank', username: 'alice', password: 'correct horse', website: `${site.origin}/sign-in` });
    await step('A login is saved', 'saved', popup);
    await popup.goto(sesame.url('popup.html'));
    await lockNow(popup);
    await step('Locked', 'locked', popup);
    await unlockWith(popup);
    await expectUnlocked(popup);
    await step('Unlocked with the master password', 'unlocked', popup);
    await lockNow(popup);
    await popup.getByRole('button', { name: 'Unlock with biometrics' }).click();
    await expectUnlocked(popup);
    await step('Locked, and unlocked with biometrics', 'biometrics', popup);
    await popup.close();
    await web.bringToFront();
    const action = await sesame.openActionPopup();
    await action.waitFor('button', 'Fill');
    const file = join(OUT, '09-action-popup.png');
    await action.screenshot(file);
    number += 1;
    console.log(` 9. The real toolbar popup knows the site  -> ${file}`);
    await action.click('button', 'Fill');
    await web.waitForFunction(() => document.querySelector<HTMLInputElement>('input[type=password]')?.value !== '');
    await step('The form is filled', 'filled', web);
    await web.getByRole('button', { name: 'Sign in' }).click();
    await web.getByRole('status').getByText('Signed in as alice').waitFor();
    await step('Signed in as alice', 'signed-in', web);

    await web.goto(`${site.origin}/sign-up`);
    await web.getByLabel('Email').pressSequentially('alice@example.com');
    const menu = new InPage(web);
    await menu.open('[name=new]');
    const suggested = await menu.option(/^Use suggested password/);
    await step('Opening an account: the menu in the password field suggests one', 'menu', web);
    await menu.press(suggested);
    await menu.gone();
    await step('Chosen: it is in both fields, and in the history of generated passwords', 'suggested', web);
    await web.getByRole('button', { name: 'Open account' }).click();
    await web.getByRole('status').getByText('Account opened').waitFor();
    const prompt = new Prompt(web);
    await prompt.asks('Save this sign-in?');
    await step('The site took it, and Sesame asks', 'asks', web);
    await prompt.press('Save');
    await (await prompt.frame()).getByText('Saved').waitFor();
    await step('Saved', 'account-saved', web);
  } finally {
    await browser.close();
    await site.close();
  }
}

await (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? withDisplay() : headless());
