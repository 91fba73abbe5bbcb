/** The icon and the menu as a person meets them: by the mouse, at the pixels where they are, on an attacker's page. */
import type { CDPSession, Frame, Page } from '@playwright/test';
import type { ItemEdit } from '../../extension/shared/api.ts';
import type { Sesame } from '../e2e/fixtures.ts';
import type { Web } from '../e2e/support/authority.ts';
import { call } from '../e2e/support/calls.ts';
import { decode } from '../ui/png.mjs';
import { expect, PASSWORD, page, SIGN_IN, type Table, table, typed } from './web.ts';

export interface Point {
  x: number;
  y: number;
}
export interface Box extends Point {
  width: number;
  height: number;
}

/** Longer than the gate wants the frame to be in sight, and the page to be left alone, ms. */
export const ARMED = 900;

const center = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });

/** What every attacker's page has: a sign-in form that looks harmless, and a way to get at what Sesame puts there. */
const ATTACKER = `<style>body{margin:40px;font:16px sans-serif}label{display:block;margin:12px 0}input{display:block;width:300px;height:34px}</style>
<script>
  const menuHost = () => [...document.querySelectorAll('*')].find((one) => /^s[0-9a-z]+-[0-9a-z]+$/.test(one.localName) && one.offsetWidth > 100);
  const iconHost = () => [...document.querySelectorAll('*')].find((one) => /^s[0-9a-z]+-[0-9a-z]+$/.test(one.localName) && one.offsetWidth < 100);
  const whenMenu = (act) => new MutationObserver(() => { const host = menuHost(); if (host) act(host); }).observe(document, { subtree: true, childList: true });
  const cover = (style, parent = document.body) => { const over = document.createElement('div'); over.style.cssText = 'position:fixed;background:#fff;z-index:2147483647;' + style; over.popover = 'manual'; parent.append(over); over.showPopover(); return over; };
  const over = (host, style = '') => { const { left, top, width, height } = host.getBoundingClientRect(); return cover('inset:auto;margin:0;border:0;padding:0;overflow:hidden;left:' + left + 'px;top:' + top + 'px;width:' + width + 'px;height:' + height + 'px;' + style); };
</script>`;

export const attacker = (head = '', body = SIGN_IN()): string => page(body, ATTACKER + head);

interface DomNode {
  localName: string;
  backendNodeId: number;
  children?: DomNode[];
  contentDocument?: DomNode;
  shadowRoots?: (DomNode & { shadowRootType: string })[];
}

export class InPage {
  readonly #session: Promise<CDPSession>;
  constructor(readonly page: Page) {
    this.#session = page.context().newCDPSession(page);
  }

  /** Sesame's own elements in the top document, seen through their closed shadow roots. */
  async hosts(): Promise<{ box: Box; frame: boolean }[]> {
    const session = await this.#session;
    const { root } = (await session.send('DOM.getDocument', { depth: -1, pierce: true })) as unknown as { root: DomNode };
    const found: { box: Box; frame: boolean }[] = [];
    const visit = async (node: DomNode): Promise<void> => {
      const shadow = node.shadowRoots?.find(({ shadowRootType }) => shadowRootType === 'closed');
      if (shadow && /^s[0-9a-z]+-[0-9a-z]+$/.test(node.localName)) {
        const answer = await session.send('DOM.getBoxModel', { backendNodeId: node.backendNodeId }).catch(() => null);
        const [x = 0, y = 0, , , right = 0, bottom = 0] = answer?.model.border ?? [];
        const frame = shadow.children?.some(({ localName }) => localName === 'iframe') ?? false;
        found.push({ frame, box: { x, y, width: right - x, height: bottom - y } });
      }
      for (const child of [...(node.children ?? []), ...(node.contentDocument ? [node.contentDocument] : [])]) await visit(child);
    };
    await visit(root);
    return found;
  }

  async #box(frame: boolean): Promise<Box> {
    let box: Box | undefined;
    await expect
      .poll(async () => {
        box = (await this.hosts()).find((host) => host.frame === frame)?.box;
        return box !== undefined && box.width > 0;
      })
      .toBe(true);
    return box as Box;
  }

  icon(): Promise<Box> {
    return this.#box(false);
  }

  menu(): Promise<Box> {
    return this.#box(true);
  }

  frames(): Frame[] {
    return this.page.frames().filter((frame) => frame.url().startsWith('chrome-extension://'));
  }

  /** The menu's document, once it has drawn something; the one before it may be on its way out. */
  async frame(): Promise<Frame> {
    let frame: Frame | undefined;
    await expect(async () => {
      expect(this.frames()).toHaveLength(1);
      frame = this.frames()[0] as Frame;
      await expect(frame.locator('.body')).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 15_000 });
    return frame as Frame;
  }

  async gone(): Promise<void> {
    await expect.poll(() => this.frames().length).toBe(0);
  }

  async click(box: Box): Promise<void> {
    const { x, y } = center(box);
    await this.page.mouse.click(x, y);
  }

  /** Goes into a field with the mouse and opens its menu by the icon. */
  async open(field = '[name=password]'): Promise<Frame> {
    const target = this.page.locator(field);
    await target.click();
    // That of the field before may still be there for a moment.
    const inside = async (): Promise<boolean> => {
      const [icon, box] = [center(await this.icon()), await target.boundingBox()];
      return box !== null && icon.y > box.y && icon.y < box.y + box.height && icon.x > box.x && icon.x < box.x + box.width;
    };
    await expect.poll(inside).toBe(true);
    await this.click(await this.icon());
    return this.frame();
  }

  /** Where the option is in the window. */
  async option(name: RegExp | string = /^Bank/): Promise<Point> {
    const frame = await this.frame();
    const option = frame.getByRole('option', { name }).first();
    await expect(option).toBeVisible();
    const { left, top } = await option.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { left: x + Math.min(width / 2, 120), top: y + height / 2 };
    });
    const menu = await this.menu();
    return { x: menu.x + left, y: menu.y + top };
  }

  /** Moves onto the point, waits as a person does, and presses. */
  async press({ x, y }: Point, wait = ARMED): Promise<void> {
    await this.page.mouse.move(x - 3, y);
    await this.page.mouse.move(x, y);
    await this.page.waitForTimeout(wait);
    await this.page.mouse.click(x, y);
  }

  /** The menu's pixels, with the pointer out of the way. */
  async picture(box: Box): Promise<Uint32Array> {
    await this.page.mouse.move(5, 5);
    const { x, y, width, height } = box;
    return decode(await this.page.screenshot({ clip: { x: x + 8, y: y + 8, width: width - 16, height: height - 16 } })).points;
  }

  async filled(): Promise<void> {
    await expect.poll(() => typed(this.page)).toContain(PASSWORD);
  }

  /** Long enough for a fill to have been done, were it to be. */
  async notFilled(name?: string): Promise<void> {
    await this.page.waitForTimeout(700);
    expect(await typed(this.page), name).not.toContain(PASSWORD);
  }
}

/** The part of the pixels that are the same. */
export function alike(one: Uint32Array, other: Uint32Array): number {
  if (one.length !== other.length) return 0;
  const near = (a: number, b: number): boolean => [0, 8, 16].every((shift) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255)) < 12);
  return one.reduce((sum, point, at) => sum + Number(near(point, other[at] ?? -1)), 0) / one.length;
}

export interface Scene extends Table {
  at: InPage;
  /** A page of an origin of its own, which the bank's login is saved for. */
  go(name: string, content?: string): Promise<void>;
  /** Opens the menu there, and waits until a press would count. */
  ready(name: string, content?: string): Promise<{ point: Point; box: Box; before: Uint32Array }>;
}

export async function scene(sesame: Sesame, web: Web, change: Partial<ItemEdit> = {}): Promise<Scene> {
  const set = await table(sesame, { websites: [{ url: 'https://bank.com', match: 'site' }], ...change });
  await set.tab.setViewportSize({ width: 1000, height: 760 });
  // Dark on a light page: hidden and shown differ in every pixel.
  await call(set.popup, 'setPrefs', { theme: 'dark', language: 'en' });
  const at = new InPage(set.tab);
  const go = async (name: string, content = attacker()): Promise<void> => {
    web.serve((url) => (url.pathname === '/' ? content : undefined));
    await set.open(`https://${name}.bank.com/`);
  };
  const ready: Scene['ready'] = async (name, content) => {
    await go(name, content);
    await at.open();
    await set.tab.waitForTimeout(ARMED);
    const [point, box] = [await at.option(), await at.menu()];
    return { point, box, before: await at.picture(box) };
  };
  return { ...set, at, go, ready };
}
