/**
 * How often somebody may do something. A page's script can say anything any number of times (S-91): without an
 * end to it, it could wear out the disk, or find out by trying what is saved for it.
 */
export class Allowance {
  readonly #most: number;
  readonly #eachMs: number;
  /** When each will have all of it again, by the clock of `now`. */
  readonly #until = new Map<string, number>();

  /** `most` at once; each comes back after `eachMs`. */
  constructor(most: number, eachMs: number) {
    this.#most = most;
    this.#eachMs = eachMs;
  }

  take(who: string, now: number = performance.now()): boolean {
    for (const [other, until] of this.#until) if (until <= now) this.#until.delete(other);
    const until = Math.max(this.#until.get(who) ?? now, now) + this.#eachMs;
    if (until - now > this.#most * this.#eachMs) return false;
    this.#until.set(who, until);
    return true;
  }
}
