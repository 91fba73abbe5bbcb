/** What the background tells Sesame's own pages; content scripts don't receive runtime messages. */
import type { UiEvent } from '../shared/api.ts';

export function tell(event: UiEvent['event']): void {
  // Nobody listening is the usual case, and reported as an error.
  chrome.runtime.sendMessage({ event }).catch(() => undefined);
}
