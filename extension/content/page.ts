import { type FromPage, PAGE_PORT, type ToPage } from '../shared/page.ts';
import type { Described } from './describe.ts';
import { fill } from './fill.ts';
import { look } from './seen.ts';

/** Opens a port for one fill: describes the document, carries out one grant, and watches where the form goes. */
export function answer(): void {
  const port = chrome.runtime.connect({ name: PAGE_PORT });
  let described: Described | null = null;

  function say(message: FromPage): void {
    try {
      port.postMessage(message);
    } catch {
      // The other end is gone, and with it whoever asked.
    }
  }

  port.onMessage.addListener((message: ToPage) => {
    if (message.type === 'describe') {
      void look().then((seen) => {
        described = seen;
        say({ type: 'snapshot', call: message.call, snapshot: seen.snapshot });
      });
      return;
    }
    // A snapshot is good for one grant (S-76).
    const once = described;
    described = null;
    const { call, grant } = message;
    if (!once) {
      const fields = grant.steps.map((step) => ({ field: step.field, result: 'gone' as const }));
      say({ type: 'filled', call, report: { status: 'page-changed', fields, exposed: false } });
      return;
    }
    void fill(grant, once, (target) => say({ type: 'cleared', target })).then((report) => {
      say({ type: 'filled', call, report });
    });
  });
}
