/** Signing in as a person does, by mouse and keyboard, and answering the question that follows. */
import type { Frame, Page } from '@playwright/test';
import type { ItemEdit } from '../../../extension/shared/api.ts';
import { ARMED, InPage } from '../../hostile/menu.ts';
import { BANK, expect, page } from '../../hostile/web.ts';
import type { Sesame } from '../fixtures.ts';
import type { Web } from './authority.ts';
import { ALL, call, makeVault } from './calls.ts';

export const USER = 'canary-ada';
export const SECRET = 'canary-horse-battery';

export const form = (action = '/login', more = ''): string => `<form method="post" action="${action}" ${more}>
  <label>User name <input name="username" autocomplete="username"></label>
  <label>Password <input name="password" type="password" autocomplete="current-password"></label>
  <button>Sign in</button></form>`;
export const WELCOME = page('<h1>Welcome back</h1><p>Your accounts</p><a href="/accounts">Accounts</a>');

/** Types into a field, by its name. */
export async function type(tab: Page | Frame, name: string, text: string): Promise<void> {
  await tab.locator(`[name=${name}]`).click();
  await tab.locator(`[name=${name}]`).pressSequentially(text);
}

export async function signIn(tab: Page | Frame, user = USER, secret = SECRET, button = 'Sign in'): Promise<void> {
  await type(tab, 'username', user);
  await type(tab, 'password', secret);
  await tab.getByRole('button', { name: button }).click();
}

export class Prompt {
  readonly at: InPage;
  constructor(readonly tab: Page) {
    this.at = new InPage(tab);
  }

  frame(): Promise<Frame> {
    return this.at.frame();
  }

  /** Presses a button of the question as a person does: looks, moves there, waits, clicks. */
  async press(name: string): Promise<void> {
    const button = (await this.frame()).getByRole('button', { name, exact: true });
    await expect(button).toBeVisible();
    const { left, top } = await button.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { left: x + width / 2, top: y + height / 2 };
    });
    const { x, y } = await this.at.menu();
    await this.at.press({ x: x + left, y: y + top }, ARMED);
  }

  async asks(title: 'Save this sign-in?' | 'Update the password?'): Promise<Frame> {
    const frame = await this.frame();
    await expect(frame.getByText(title)).toBeVisible();
    return frame;
  }

  /** Longer than a question takes to appear. */
  async staysAway(): Promise<void> {
    await this.tab.waitForTimeout(2_500);
    expect(this.at.frames()).toEqual([]);
  }
}

export interface Scene {
  tab: Page;
  /** The popup in a tab of its own. */
  popup: Page;
  prompt: Prompt;
  go(address?: string): Promise<void>;
  items(): Promise<ItemEdit[]>;
}

export async function scene(sesame: Sesame, web: Web, answer: Parameters<Web['serve']>[0]): Promise<Scene> {
  const tab = await sesame.context.newPage();
  await tab.setViewportSize({ width: 1000, height: 760 });
  const popup = await sesame.openPopup();
  await makeVault(popup);
  web.serve(answer);
  const go = async (address = `${BANK}/`): Promise<void> => {
    await tab.bringToFront();
    await tab.goto(address, { waitUntil: 'load' });
  };
  const items = async (): Promise<ItemEdit[]> => {
    const { rows } = await call(popup, 'list', ALL);
    return Promise.all(rows.map(({ id }) => call(popup, 'edit', { id })));
  };
  return { tab, popup, prompt: new Prompt(tab), go, items };
}

export const redirect = (to: string): { status: number; headers: Record<string, string> } => ({ status: 303, headers: { location: to } });
