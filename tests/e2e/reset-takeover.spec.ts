/**
 * The page that a reset link opens belongs to the server, and is no more believed than any other page: it
 * can't tell that Sesame is there, gets no password, and keeps no token in its address.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, type Sesame, test } from './fixtures.ts';

const TOKEN = '7KQ2M9DX4TVA0HRNZB8E1WGSP6JC3FY57KQ2M9DX4TVA0HRNZB8E';
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const PAGES = resolve(import.meta.dirname, '../../crate/server/page');

interface Site {
  origin: string;
  asked: string[];
  close(): void;
}

/** The server's own files; `html` takes the place of its reset page. */
async function serve(html?: string): Promise<Site> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    asked.push(`${request.method} ${request.url}`);
    try {
      const body = path === '/reset' ? (html ?? readFileSync(`${PAGES}/reset.html`)) : readFileSync(`${PAGES}/${path.split('/').at(-1)}`);
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/html; charset=utf-8' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, asked, close: () => server.close() };
}

const ours = (sesame: Sesame): Page[] => sesame.context.pages().filter((page) => page.url().startsWith('chrome-extension://'));

/** Long enough for anything that would happen by itself to have happened: a call to the background and back. */
async function settled(sesame: Sesame): Promise<void> {
  const page = await sesame.context.newPage();
  await page.goto(sesame.url('popup.html'));
  await page.getByRole('button', { name: 'Create a vault' }).waitFor();
  await page.close();
}

const opened = (context: BrowserContext): Promise<Page> => context.waitForEvent('page');

test.describe('a reset link', () => {
  // Nobody answers as an account server here: the page of ours says so.
  test.use({ expectedErrors: [/Failed to load resource/] });

  test('S-93, S-125: waits for a person, and shows nothing of Sesame until then', async ({ sesame }) => {
    const site = await serve();
    const page = await sesame.context.newPage();
    await page.goto(`${site.origin}/reset#t=${TOKEN}`);
    await expect(page.locator('#code')).toHaveText(TOKEN.match(/.{4}/g)?.join('-') ?? '');
    const plain = await page.evaluate(async () => (await fetch('/reset')).text());
    const marks = await page.evaluate(() => ({
      elements: document.querySelectorAll('*:not(noscript *)').length,
      names: Object.getOwnPropertyNames(globalThis).filter((name) => /sesame|chrome_ext/i.test(name)),
    }));
    const without = await page.evaluate(
      (text) => new DOMParser().parseFromString(text, 'text/html').querySelectorAll('*:not(noscript *)').length,
      plain,
    );
    expect(marks).toEqual({ elements: without, names: [] });
    // What a link scanner's script can do: press everything, but not as a person.
    await page.evaluate(() => {
      for (const button of document.querySelectorAll('button')) button.click();
    });
    await settled(sesame);
    expect(ours(sesame)).toEqual([]);
    site.close();
  });

  test('S-34, S-128: opens a page of ours after a press, and leaves no token in an address', async ({ sesame }) => {
    const site = await serve();
    const page = await sesame.context.newPage();
    await page.goto(`${site.origin}/reset#t=${TOKEN}`);
    const next = opened(sesame.context);
    await page.getByRole('button', { name: 'Continue in Sesame' }).click();
    const own = await next;
    await expect(own.getByRole('heading', { name: 'Reset account' })).toBeVisible();
    expect(own.url()).toBe(sesame.url('popup.html'));
    await expect.poll(() => page.url()).toBe(`${site.origin}/reset`);
    // The page still has its code for who goes on elsewhere.
    await expect(page.locator('#code')).toContainText('7KQ2');
    await expect(page.locator('input[type=password]')).toHaveCount(0);
    expect(site.asked.join('\n')).not.toContain(TOKEN.slice(0, 8));
    site.close();
  });

  test('S-93: is none on a page that is no Sesame server’s, without a token, or elsewhere', async ({ sesame }) => {
    const button = '<button id="sesame-continue">Continue in Sesame</button>';
    const site = await serve(`<!doctype html><title>x</title>${button}`);
    const page = await sesame.context.newPage();
    const meta = await serve(`<!doctype html><meta name="sesame-server" content="1">${button}`);
    for (const address of [`${site.origin}/reset#t=${TOKEN}`, `${meta.origin}/reset`, `${meta.origin}/reset#t=SHORT`]) {
      await page.goto(address);
      await page.getByRole('button').click();
    }
    await settled(sesame);
    expect(ours(sesame)).toEqual([]);
    // The same page with a token is one.
    await page.goto('about:blank');
    await page.goto(`${meta.origin}/reset#t=${TOKEN}`);
    const next = opened(sesame.context);
    await page.getByRole('button').click();
    await expect((await next).getByRole('heading', { name: 'Reset account' })).toBeVisible();
    site.close();
    meta.close();
  });

  test('the one that this browser asked for needs no second press', async ({ sesame }) => {
    const site = await serve();
    const worker = await sesame.worker();
    await worker.evaluate(
      (server) => chrome.storage.session.set({ resetAsked: { server, email: 'alice@example.org', at: Date.now() } }),
      site.origin,
    );
    const page = await sesame.context.newPage();
    const next = opened(sesame.context);
    await page.goto(`${site.origin}/reset#t=${TOKEN}`);
    await expect((await next).getByRole('heading', { name: 'Reset account' })).toBeVisible();
    await expect.poll(() => page.url()).toBe(`${site.origin}/reset`);
    await expect(page.locator('#code')).toContainText('7KQ2');
    // Of another server's link it was not.
    const other = await serve();
    await page.bringToFront();
    await page.goto(`${other.origin}/reset#t=${TOKEN}`);
    await settled(sesame);
    expect(ours(sesame)).toHaveLength(1);
    site.close();
    other.close();
  });
});
