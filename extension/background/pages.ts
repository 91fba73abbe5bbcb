/** What the background tells Sesame's own pages; content scripts don't receive runtime messages. */
import type { UiEvent } from '../shared/api.ts';

const hearers: ((event: UiEvent['event']) => void)[] = [];

/** What of the background itself shows something of the vault. */
export const hear = (hearer: (event: UiEvent['event']) => void): unknown => hearers.push(hearer);

export function tell(event: UiEvent['event']): void {
  for (const hearer of hearers) hearer(event);
  // Nobody listening is the usual case, and reported as an error.
  chrome.runtime.sendMessage({ event }).catch(() => undefined);
}
