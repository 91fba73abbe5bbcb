import { type FromPage, PAGE_PORT, type ToPage } from '../shared/page.ts';
import { type Described, describe } from './describe.ts';
import { fill } from './fill.ts';

/**
 * The script in a page. It is put there when the person asks for something, holds nothing of the
 * vault, and answers one side only: the background, over a port that the browser signs with this
 * document's origin. Being put in twice is normal (once per fill): the newest copy takes over.
 */
const HOLDER = Symbol.for('sesame.page');
const world = globalThis as { [HOLDER]?: () => void };
world[HOLDER]?.();

const port = chrome.runtime.connect({ name: PAGE_PORT });
const leave = (): void => port.disconnect();
world[HOLDER] = leave;

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
    described = describe();
    say({ type: 'snapshot', call: message.call, snapshot: described.snapshot });
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
