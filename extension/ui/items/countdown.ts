import type { TotpCode } from '../../shared/api';

/** In its last seconds a code is hardly worth typing: the next one is shown beside it. */
const SHOW_NEXT_SECONDS = 5;

export interface Countdown {
  /** Whole seconds left, never below 0. */
  seconds: number;
  /** Part of the period that is left, 1 to 0, for the ring. */
  left: number;
  showNext: boolean;
  /** The code has run out: ask for the next. */
  over: boolean;
}

export function countdown(code: TotpCode, now: number): Countdown {
  const ms = Math.max(0, code.expiresAt - now);
  const seconds = Math.ceil(ms / 1000);
  return {
    seconds,
    left: Math.min(1, ms / (code.periodSeconds * 1000)),
    showNext: ms > 0 && seconds <= SHOW_NEXT_SECONDS,
    over: ms === 0,
  };
}
