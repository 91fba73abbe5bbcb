/** The real popup of the toolbar button: what a person sees, not popup.html in a tab. */
import { writeFile } from 'node:fs/promises';
import { type Session, until } from './cdp.ts';
import { type Browser, serviceWorker } from './launch.ts';

interface AxNode {
  ignored: boolean;
  backendDOMNodeId?: number;
  name?: { value: string };
}

export class ActionPopup {
  /** Resolves when the popup has closed. */
  readonly closed: Promise<void>;

  private constructor(
    private readonly browser: Browser,
    private readonly targetId: string,
    private readonly session: Session,
  ) {
    this.closed = session.gone;
  }

  /** Opens it over the active tab. */
  static open(browser: Browser): Promise<ActionPopup> {
    return ActionPopup.next(browser, async () => {
      const worker = await serviceWorker(browser);
      await worker.evaluate(() => chrome.action.openPopup());
    });
  }

  /** The popup that opens because of `act`, and not one that was there before. */
  static async next(browser: Browser, act: () => Promise<unknown>): Promise<ActionPopup> {
    const url = `chrome-extension://${browser.extensionId}/popup.html`;
    const before = new Set((await browser.cdp.targets()).map((target) => target.targetId));
    await act();
    const target = await until('the action popup', async () =>
      (await browser.cdp.targets()).find((each) => each.type === 'page' && each.url.startsWith(url) && !before.has(each.targetId)),
    );
    const popup = new ActionPopup(browser, target.targetId, await browser.cdp.attach(target.targetId));
    await popup.session.send('Accessibility.enable');
    return popup;
  }

  /** Lets the popup see that the device has an authenticator. What is enrolled with it is lost when the popup closes. */
  async addAuthenticator(): Promise<void> {
    await this.session.send('WebAuthn.enable', { enableUI: false });
    await this.session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        hasPrf: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  }

  /** Runs an expression in the popup; promises are awaited. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.session.send<{ result: { value: T }; exceptionDetails?: { text: string } }>(
      'Runtime.evaluate',
      {
        expression,
        awaitPromise: true,
        returnByValue: true,
      },
    );
    if (exceptionDetails) throw new Error(`in the popup: ${exceptionDetails.text}`);
    return result.value;
  }

  private async find(role: string, name: string): Promise<number | undefined> {
    const { root } = await this.session.send<{ root: { nodeId: number } }>('DOM.getDocument', { depth: 0 });
    const { nodes } = await this.session.send<{ nodes: AxNode[] }>('Accessibility.queryAXTree', { nodeId: root.nodeId, role });
    const fits = nodes.filter((node) => !node.ignored && (node.name?.value === name || node.name?.value.startsWith(`${name} `) === true));
    const exact = fits.find((node) => node.name?.value === name);
    return (exact ?? fits[0])?.backendDOMNodeId;
  }

  /** Waits for the control with this role and this name (or whose name starts with it and a space). */
  async waitFor(role: string, name: string, timeoutMs = 10_000): Promise<number> {
    return until(`${role} "${name}" in the popup`, () => this.find(role, name).catch(() => undefined), timeoutMs);
  }

  async has(role: string, name: string): Promise<boolean> {
    return (await this.find(role, name)) !== undefined;
  }

  /** A real click of the mouse in the middle of the control. */
  async click(role: string, name: string): Promise<void> {
    const backendNodeId = await this.waitFor(role, name);
    await this.session.send('DOM.scrollIntoViewIfNeeded', { backendNodeId });
    const { model } = await this.session.send<{ model: { content: number[] } }>('DOM.getBoxModel', { backendNodeId });
    const [left = 0, top = 0, , , right = 0, bottom = 0] = model.content;
    const at = { x: (left + right) / 2, y: (top + bottom) / 2, button: 'left', clickCount: 1 };
    await this.session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at });
    await this.session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
    // The popup may close on the click, and take the answer with it.
    await Promise.race([this.session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at }), this.closed]);
  }

  /** Types into the control as a keyboard would. */
  async type(role: string, name: string, text: string): Promise<void> {
    await this.click(role, name);
    await this.session.send('Input.insertText', { text });
  }

  /** One key by its DOM name: Enter, Escape, ArrowDown, Tab ... */
  async press(key: 'Enter' | 'Escape' | 'ArrowDown' | 'ArrowUp' | 'Tab'): Promise<void> {
    const codes = { Enter: 13, Escape: 27, ArrowDown: 40, ArrowUp: 38, Tab: 9 };
    const event = { key, code: key, windowsVirtualKeyCode: codes[key], ...(key === 'Enter' ? { text: '\r' } : {}) };
    await this.session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
    await Promise.race([this.session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event }), this.closed]);
  }

  async text(): Promise<string> {
    return this.evaluate<string>('document.body.innerText');
  }

  async screenshot(path: string): Promise<void> {
    const { data } = await this.session.send<{ data: string }>('Page.captureScreenshot', { format: 'png' });
    await writeFile(path, Buffer.from(data, 'base64'));
  }

  async close(): Promise<void> {
    await this.browser.cdp.send('Target.closeTarget', { targetId: this.targetId });
    await this.closed;
  }
}
