/** The icon and the menu as a person meets them: by the mouse, at the pixels where they are. */
import { type CDPSession, expect, type Frame, type Page } from '@playwright/test';
import type { ItemEdit } from '../../extension/shared/api.ts';
import type { Sesame } from '../e2e/fixtures.ts';
import { type Desk, desk, PASSWORD, typed } from '../pages/desk.ts';

export interface Point {
  x: number;
  y: number;
}
export interface Box extends Point {
  width: number;
  height: number;
}

/** Longer than the gate wants the frame to be in sight, and the page to be left alone. */
export const ARMED = 900;

const center = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });

export class InPage {
  readonly #session: Promise<CDPSession>;
  constructor(readonly page: Page) {
    this.#session = page.context().newCDPSession(page);
  }

  /** The boxes of Sesame's own elements in the top document, seen through closed shadow roots. */
  async hosts(): Promise<{ tag: string; box: Box; frame: boolean }[]> {
    const session = await this.#session;
    interface Node {
      localName: string;
      backendNodeId: number;
      children?: Node[];
      shadowRoots?: (Node & { shadowRootType: string })[];
    }
    const { root } = (await session.send('DOM.getDocument', { depth: -1, pierce: true })) as unknown as { root: Node };
    const found: { tag: string; box: Box; frame: boolean }[] = [];
    const visit = async (node: Node): Promise<void> => {
      const shadow = node.shadowRoots?.find(({ shadowRootType }) => shadowRootType === 'closed');
      if (shadow && /^s[0-9a-z]+-[0-9a-z]+$/.test(node.localName)) {
        const model = await session.send('DOM.getBoxModel', { backendNodeId: node.backendNodeId }).catch(() => null);
        const [x = 0, y = 0, right = 0, , , bottom = 0] = model?.model.border ?? [];
        const frame = shadow.children?.some(({ localName }) => localName === 'iframe') ?? false;
        found.push({ tag: node.localName, frame, box: { x, y, width: right - x, height: bottom - y } });
        return;
      }
      for (const child of node.children ?? []) await visit(child);
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

  /** The menu's document, once it has drawn something. */
  async frame(): Promise<Frame> {
    await expect.poll(() => this.frames().length).toBe(1);
    const frame = this.frames()[0] as Frame;
    await expect(frame.locator('footer, .body').first()).toBeVisible();
    return frame;
  }

  frames(): Frame[] {
    return this.page.frames().filter((frame) => frame.url().startsWith('chrome-extension://'));
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
    await this.page.locator(field).click();
    await this.click(await this.icon());
    return this.frame();
  }

  /** Where the option is in the window. */
  async option(name: RegExp | string): Promise<Point> {
    const frame = await this.frame();
    const option = frame.getByRole('option', { name }).first();
    await expect(option).toBeVisible();
    const within = await option.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    });
    const menu = await this.menu();
    const { x, y } = center(within);
    return { x: menu.x + x, y: menu.y + y };
  }

  /** Moves onto the point, waits as a person does, and presses. */
  async press({ x, y }: Point, wait = ARMED): Promise<void> {
    await this.page.mouse.move(x - 3, y);
    await this.page.mouse.move(x, y);
    await this.page.waitForTimeout(wait);
    await this.page.mouse.click(x, y);
  }

  /** Opens the menu and chooses the bank's login. */
  async choose(name: RegExp | string = /^Lantern Bank/): Promise<void> {
    await this.open();
    await this.press(await this.option(name));
  }

  async filled(): Promise<void> {
    await expect.poll(() => typed(this.page)).toContain(PASSWORD);
  }

  /** Long enough for a fill to have been done, were it to be. */
  async notFilled(): Promise<void> {
    await this.page.waitForTimeout(800);
    expect(await typed(this.page)).not.toContain(PASSWORD);
  }
}

export async function bank(sesame: Sesame, origin: string, change: Partial<ItemEdit> = {}): Promise<Desk & { at: InPage }> {
  const made = await desk(sesame, origin, change);
  await made.web.setViewportSize({ width: 1000, height: 760 });
  return { ...made, at: new InPage(made.web) };
}
