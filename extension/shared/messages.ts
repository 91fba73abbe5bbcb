import type { UiApi } from './api.ts';
import type { ErrorCode } from './errors.ts';

/** A page's call to the background. `input` is checked there; its type is only a promise. */
export interface UiRequest {
  to: 'background';
  call: keyof UiApi;
  input: unknown;
}

/** Before the handle of a sign-in: the port of the page that shows what was found; the sign-in ends with it. */
export const JOINING_PORT = 'joining:';

/** What comes back: a call without a result answers `null`, because undefined is lost on the way. */
export type UiAnswer = { ok: unknown } | { error: ErrorCode };

/** The background's orders to its offscreen document, the only place in Chromium with a clipboard. */
export type OffscreenRequest = { to: 'offscreen'; order: 'write'; text: string } | { to: 'offscreen'; order: 'read' };

export type OffscreenAnswer = { done: boolean; text: string };
