/** The ceremony window beside the real popup of the toolbar button. */
import type { Page } from '@playwright/test';
import type { Sesame } from '../fixtures.ts';
import { ActionPopup } from './action-popup.ts';
import { Authenticator } from './authenticator.ts';

/** The real popup over the page, on a device that has a fingerprint reader. */
export async function popupOver(sesame: Sesame, page: Page, act?: () => Promise<unknown>): Promise<ActionPopup> {
  await page.bringToFront();
  const worker = await sesame.worker();
  const open = (): Promise<unknown> =>
    worker.evaluate(async (url) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
      const windowId = tab?.windowId ?? -1;
      // A ceremony window that was left open may have the focus, has no toolbar, and gives way only by and by.
      for (let tries = 1; ; tries += 1) {
        await chrome.windows.update(windowId, { focused: true });
        const failed = await chrome.action.openPopup({ windowId }).then(
          () => null,
          (failure: unknown) => failure,
        );
        if (failed === null) return;
        if (tries === 20) throw failed;
        await new Promise((done) => setTimeout(done, 250));
      }
    }, page.url());
  const popup = await ActionPopup.next(sesame, act ?? open);
  await popup.addAuthenticator();
  // It looked for the reader before there was one; any news makes it look again.
  await (await sesame.worker()).evaluate(() => chrome.runtime.sendMessage({ event: 'intent' }).catch(() => undefined));
  return popup;
}

/** The window that `act` opens, with an authenticator of its own from its first question on. */
export async function windowOf(sesame: Sesame, act: () => Promise<unknown>): Promise<{ window: Page; device: Authenticator }> {
  const opening = sesame.context.waitForEvent('page', { predicate: (one) => one.url().includes('ceremony.html') });
  await act();
  const window = await opening;
  const device = await Authenticator.add(window);
  await window.reload();
  return { window, device };
}

/** Whether a ceremony is still to be done. */
export const waits = async (sesame: Sesame): Promise<boolean> =>
  (await sesame.worker()).evaluate(async () => 'ceremony' in (await chrome.storage.session.get('ceremony')));

/** A virtual authenticator ends with its window: the same window is used again, as for somebody who left it open. */
export async function leaveOpen(sesame: Sesame): Promise<void> {
  await (await sesame.worker()).evaluate(async () => {
    const [tab] = await chrome.tabs.query({ url: chrome.runtime.getURL('ceremony.html') });
    await chrome.storage.session.set({ ceremony: { intent: { kind: 'set-up-passkey' }, windowId: tab?.windowId ?? null } });
  });
}
