/**
 * All that a reset link's page gets of Sesame: listening, until the person presses its button (S-93, S-125).
 * Once the background has the link from the browser, its token leaves the address (S-128).
 */
import type { FromResetPage } from '../shared/reset.ts';

const HERE = Symbol.for('sesame.reset');
const world = globalThis as { [HERE]?: true };

/** A link that was asked for in this browser is taken at once; of any other the answer is no until the press. */
async function tell(say: FromResetPage['say']): Promise<void> {
  const taken: unknown = await chrome.runtime.sendMessage({ to: 'reset', say } satisfies FromResetPage);
  if (taken === true) history.replaceState(null, '', location.pathname);
}

if (document.querySelector('meta[name="sesame-server"][content="1"]')) {
  tell('here').catch(() => undefined);
  if (!world[HERE]) {
    world[HERE] = true;
    document.addEventListener(
      'click',
      (event) => {
        const pressed = event.composedPath().some((each) => (each as Partial<Element>).id === 'sesame-continue');
        if (event.isTrusted && pressed) tell('pressed').catch(() => undefined);
      },
      { capture: true, passive: true },
    );
  }
}
