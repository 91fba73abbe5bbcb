/** What the hostile pages share: a web of https origins, an open vault, and forms that ask for what is in it. */
import type { Frame, Page } from '@playwright/test';
import type { FillConfirm, FillOutcome, ItemEdit } from '../../extension/shared/api.ts';
import { test as base, expect, type Sesame } from '../e2e/fixtures.ts';
import { startWeb, type Web } from '../e2e/support/authority.ts';
import { call, login, makeVault } from '../e2e/support/calls.ts';

export const PASSWORD = 'canary-correct-horse';
export const USER = 'canary-alice';
export const BANK = 'https://bank.test';
export const EVIL = 'https://evil.test';

/** Playwright reads `browserOptions` before it makes a browser: the web has to be there by then. */
export const test = base.extend<object, { web: Web }>({
  web: [
    async ({}, use) => {
      const web = await startWeb();
      await use(web);
      await web.close();
    },
    { scope: 'worker' },
  ],
  browserOptions: async ({ web }, use) => use({ args: web.args }),
});

export const SIGN_IN = (attributes = 'method="post" action="/received"'): string =>
  `<form ${attributes}><label>User name <input name="username" autocomplete="username"></label>
   <label>Password <input name="password" type="password" autocomplete="current-password"></label>
   <button>Sign in</button></form>`;

export const page = (body: string, head = ''): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>${head}<body>${body}`;

export interface Table {
  tab: Page;
  popup: Page;
  id: string;
  /** Opens an address in the web tab. */
  open(url: string): Promise<void>;
  /** What the background answers to Fill on that tab. */
  ask(id?: string, more?: { confirm?: FillConfirm; target?: string }): Promise<FillOutcome>;
}

/** An open vault with the bank's login, a web tab, and the popup in a tab beside it. */
export async function table(sesame: Sesame, change: Partial<ItemEdit> = {}): Promise<Table> {
  const tab = await sesame.context.newPage();
  const popup = await sesame.openPopup();
  await makeVault(popup);
  const item = login('Bank', { username: USER, password: PASSWORD, websites: [{ url: BANK, match: 'host' }], ...change });
  const { id } = await call(popup, 'save', item);
  const open = async (url: string): Promise<void> => {
    await tab.bringToFront();
    await tab.goto(url, { waitUntil: 'load' });
  };
  const ask: Table['ask'] = async (other = id, more = {}) => {
    const site = await call(popup, 'forThisSite');
    return call(popup, 'fill', { id: other, tabId: site?.tabId ?? -1, ...more });
  };
  return { tab, popup, id, open, ask };
}

/** Presses **Fill** of the one item for this site, in a popup opened anew. */
export async function pressFill(sesame: Sesame, popup: Page): Promise<void> {
  await popup.goto('about:blank');
  await popup.goto(sesame.url('popup.html'));
  await popup.getByRole('region', { name: 'For this site' }).getByRole('button', { name: 'Fill' }).click();
}

/** Everything that stands in fields of a document and its open shadow roots, hidden ones included. */
export const typedIn = (frame: Frame): Promise<string> =>
  frame
    .evaluate(() => {
      const values: string[] = [];
      const visit = (root: Document | ShadowRoot): void => {
        for (const one of root.querySelectorAll('*')) {
          if (one.shadowRoot) visit(one.shadowRoot);
          if (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement)
            values.push(one.dataset['own'] === undefined ? one.value : '');
          else if (one instanceof HTMLElement && one.isContentEditable) values.push(one.innerText);
        }
      };
      visit(document);
      return values.join('');
    })
    .catch(() => '');

/** The same of the whole tab. */
export async function typed(tab: Page): Promise<string> {
  return (await Promise.all(tab.frames().map(typedIn))).join('');
}

/** No secret of the vault is anywhere in the tab, nor has it been sent. */
export async function expectNothing(tab: Page, web: Web, name?: string): Promise<void> {
  const seen = await Promise.all(
    tab.frames().map((frame) => frame.evaluate(() => document.documentElement?.outerHTML ?? '').catch(() => '')),
  );
  const all = [await typed(tab), ...seen, ...web.asked.flatMap(({ url, body }) => [url, body])].join('\n');
  expect(all.includes('canary'), name).toBe(false);
}

export { expect };
