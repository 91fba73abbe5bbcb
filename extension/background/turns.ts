/** Jobs that are done one after another, in the order in which they came, whatever becomes of the one before. */
export class Turns {
  #tail: Promise<unknown> = Promise.resolve();

  take<T>(job: () => T | Promise<T>): Promise<T> {
    const turn = this.#tail.then(job);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}
