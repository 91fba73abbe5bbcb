/** Servers that ask before they show a page (RFC 7617): a window of Sesame's asks the person; nothing is ever sent by itself. */
import type { Page } from '@playwright/test';
import { desk, PASSWORD } from '../pages/desk.ts';
import { expect, type Sesame, test } from './fixtures.ts';
import { violations } from './support/axe.ts';
import { call, login, unlock } from './support/calls.ts';

const WINDOW = /popup\.html#http-auth$/;

/** Goes to the page, without waiting for an answer that somebody has to give first; returns what becomes of it. */
function visit(web: Page, url: string): Promise<number | null> {
  return web.goto(url, { timeout: 60_000 }).then(
    (response) => response?.status() ?? null,
    () => null,
  );
}

async function windowFor(sesame: Sesame, act: () => unknown): Promise<Page> {
  const opening = sesame.context.waitForEvent('page', { predicate: (page) => WINDOW.test(page.url()), timeout: 20_000 });
  void act();
  return opening;
}

/** Presses as a person does, who reads first: a window that has only just appeared takes no press (S-50). */
async function press(window: Page, name: RegExp | string): Promise<void> {
  const button = window.getByRole('button', { name });
  await expect(button).toBeVisible();
  await window.waitForTimeout(700);
  // The window may be gone before the press is told to be done.
  await button.click().catch((failure: unknown) => {
    if (!window.isClosed()) throw failure;
  });
}

const windows = (sesame: Sesame): Page[] => sesame.context.pages().filter((page) => WINDOW.test(page.url()));

const tried = async (site: { origin: string }): Promise<string[]> => (await (await fetch(`${site.origin}/basic-tried`)).json()) as string[];

test('S-86: a server that asks is answered with the item that the person chooses, once', async ({ sesame, site }) => {
  const { web, popup } = await desk(sesame, site.origin);
  const before = (await tried(site)).length;
  await call(popup, 'save', login('Elsewhere'));
  const wrong = { username: 'bob', password: 'canary-wrong', websites: [{ url: site.origin, match: 'host' as const }] };
  await call(popup, 'save', login('Other account', wrong));
  await web.bringToFront();
  let done: Promise<number | null> = Promise.resolve(null);
  const asking = await windowFor(sesame, () => {
    done = visit(web, `${site.origin}/basic`);
  });
  await expect(asking.getByText(site.origin)).toBeVisible();
  await expect(asking.getByText('Lantern Bank, back office')).toBeVisible();
  await expect(asking.getByRole('button', { name: /Elsewhere/ })).toHaveCount(0);
  expect((await tried(site)).length).toBe(before);
  expect(await violations(asking)).toEqual([]);
  // Only the window that was opened for it can see and answer the question.
  expect(await call(popup, 'httpAuth')).toBeNull();
  const { id } = (await call(asking, 'httpAuth')) ?? { id: '' };
  await expect(call(popup, 'answerHttpAuth', { id, itemId: null })).rejects.toThrow('page-changed');
  // S-50: as if it had only just appeared.
  await asking.evaluate(() => Object.assign(performance, { now: () => 0 }));
  await press(asking, /^Lantern Bank alice@bank\.test/);
  expect(await call(asking, 'httpAuth')).toMatchObject({ id });
  await asking.evaluate(() => Reflect.deleteProperty(performance, 'now'));
  await press(asking, /^Lantern Bank alice@bank\.test/);
  expect(await done).toBe(200);
  await expect(web.locator('[data-field=username]')).toHaveText('alice@bank.test');
  await expect.poll(() => windows(sesame).length).toBe(0);
  expect((await tried(site)).slice(before)).toEqual([`alice@bank.test:${PASSWORD}`]);
});

test('S-86: what was sent and was wrong is not asked about again, and nothing is sent on Cancel or when the window closes', async ({
  sesame,
  site,
}) => {
  const { web, popup } = await desk(sesame, site.origin, { username: 'bob', password: 'canary-wrong' });
  const before = (await tried(site)).length;
  for (const how of ['button', 'cross', 'wrong'] as const) {
    await test.step(how, async () => {
      const page = await sesame.context.newPage();
      const asking = await windowFor(sesame, () => visit(page, `${site.origin}/basic`));
      if (how === 'button') await press(asking, 'Use the browser’s own dialog');
      if (how === 'cross') await asking.close();
      if (how === 'wrong') await press(asking, /^Lantern Bank bob/);
      await expect.poll(() => windows(sesame).length).toBe(0);
      if (how === 'wrong') await expect.poll(async () => (await tried(site)).length).toBe(before + 1);
      await page.waitForTimeout(1_000);
      expect(windows(sesame)).toHaveLength(0);
      expect((await tried(site)).length).toBe(before + (how === 'wrong' ? 1 : 0));
      await page.close();
    });
  }
  // The page that asks goes away, and its question with it.
  const page = await sesame.context.newPage();
  await windowFor(sesame, () => visit(page, `${site.origin}/basic`));
  await page.close();
  await expect.poll(() => windows(sesame).length).toBe(0);
  await web.close();
  await popup.close();
});

test('S-53, S-86: a locked vault asks for nothing there, and goes on once it was opened in the toolbar', async ({ sesame, site }) => {
  const { web, popup } = await desk(sesame, site.origin);
  await call(popup, 'lock');
  await web.bringToFront();
  const asking = await windowFor(sesame, () => visit(web, `${site.origin}/basic`));
  await expect(asking.getByText('Unlock it in the toolbar')).toBeVisible();
  await expect(asking.getByRole('textbox')).toHaveCount(0);
  await unlock(popup);
  await press(asking, /^Lantern Bank/);
  await expect(web.locator('[data-field=username]')).toHaveText('alice@bank.test');
});

test('S-60, S-66, S-86: frames, requests of scripts, tabs behind, plain http and other sites open no window', async ({ sesame, site }) => {
  const { web, popup, open } = await desk(sesame, site.origin, {
    websites: [
      { url: site.origin, match: 'host' },
      { url: `http://bank.test:${new URL(site.origin).port}`, match: 'host' },
    ],
  });
  const before = (await tried(site)).length;
  const quiet = async (name: string): Promise<void> => {
    await web.waitForTimeout(1_500);
    expect(windows(sesame), name).toHaveLength(0);
  };
  await open('sign-in');
  await web.evaluate(() => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: '/basic' }));
    document.body.append(Object.assign(document.createElement('img'), { src: '/basic' }));
    void fetch('/basic').catch(() => undefined);
  });
  await quiet('inside a page');
  void visit(web, `http://bank.test:${new URL(site.origin).port}/basic`);
  await quiet('http');
  const other = await sesame.context.newPage();
  void visit(other, `${site.otherOrigin}/basic`);
  await quiet('another site');
  await popup.bringToFront();
  const behind = await sesame.worker();
  await behind.evaluate((url) => chrome.tabs.create({ url, active: false }), `${site.origin}/basic`);
  await quiet('a tab behind');
  expect((await tried(site)).length).toBe(before);
});
