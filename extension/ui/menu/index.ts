import type { FrameView } from '../../shared/menu.ts';
import { applyPrefs, begin, close, make, stay, t } from './frame.ts';
import { untilArmed, watchSight } from './gate.ts';
import { drawMenu } from './menu.ts';
import { drawPrompt } from './prompt.ts';

const status = make('p', { class: 'status', role: 'status' });

/** What the frame can be; each draws into the body. */
function draw(view: FrameView, byKey: boolean): void {
  status.textContent = '';
  if (view.what === 'prompt' && view.state === 'done') {
    close(false);
    return;
  }
  document.body.replaceChildren(...(view.what === 'prompt' ? drawPrompt(view) : drawMenu(view)), status);
  if (byKey) document.querySelector<HTMLElement>('[data-first], button')?.focus();
}

/** Dimmed until a press would count, so that nobody presses in vain (S-50). */
let timer = 0;
function arm(): void {
  clearTimeout(timer);
  const left = untilArmed();
  document.documentElement.classList.toggle('armed', left === 0);
  if (left !== null && left > 0) timer = window.setTimeout(arm, left);
}

/** The frame stays for some minutes; a worker that nobody talks to stops after 30 s, and takes its frames along. */
const STAY_MS = 20_000;
const STAYS = 15;
let stays = 0;
setInterval(() => {
  stays += 1;
  if (stays <= STAYS) stay();
}, STAY_MS);

watchSight(arm);
begin((message) => {
  if (message.type === 'said') {
    status.textContent = message.key === 'copied' ? t('menu_copied') : t('menu_not_now');
    return;
  }
  void applyPrefs(message.prefs).then(() => draw(message.view, message.byKey));
});
// On the way up: otherwise the page around would get this half of the key.
addEventListener('keyup', (event) => {
  if (event.key === 'Escape' && event.isTrusted) close(true);
});
