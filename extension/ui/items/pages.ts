import type { ItemSummary, ListPage, ListQuery } from '../../shared/api.ts';

/** Rows `from` up to, but not including, `to`. */
export interface Span {
  from: number;
  to: number;
}

/** Rows asked for in one call: more than a screen, little enough to answer at once. */
export const PAGE_ROWS = 60;

type Ask = (query: ListQuery) => Promise<ListPage>;
export type Filter = Omit<ListQuery, 'offset' | 'limit'>;

/**
 * The rows of one list, fetched page by page as they come into view. Every new search starts a
 * new generation; an answer that belongs to an older one is dropped, so that slow answers never
 * overwrite what was typed since.
 */
export class Pages {
  total: number | null = null;
  /** Set by whoever draws the rows. */
  onChange: () => void = () => {};
  onFailure: (error: unknown) => void = () => {};
  /** Settles when the rows shown are those of the latest search. */
  ready: Promise<void> = Promise.resolve();
  readonly #ask: Ask;
  #filter: Filter = { text: '', in: 'items' };
  #generation = 0;
  #rows = new Map<number, ItemSummary>();
  #asked = new Set<number>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Starts over with another search. The old rows stay on screen until the first answer. */
  search(filter: Filter): Promise<void> {
    this.#filter = filter;
    this.#generation += 1;
    this.#asked = new Set([0]);
    this.ready = this.#fetch(0, this.#generation, true);
    return this.ready;
  }

  /** The same search again, because items changed; what is shown stays until its new page is there. */
  async refresh(span: Span): Promise<void> {
    this.#generation += 1;
    this.#asked = new Set();
    await this.#load(span);
  }

  row(index: number): ItemSummary | undefined {
    return this.#rows.get(index);
  }

  indexOf(id: string): number {
    for (const [index, row] of this.#rows) if (row.id === id) return index;
    return -1;
  }

  /** Fetches what is missing of `span`. */
  async need(span: Span): Promise<void> {
    if (this.total !== null) await this.#load(span);
  }

  async #load(span: Span): Promise<void> {
    const wanted: Promise<void>[] = [];
    for (let page = Math.floor(span.from / PAGE_ROWS); page * PAGE_ROWS < Math.max(span.to, span.from + 1); page += 1) {
      if (this.#asked.has(page)) continue;
      this.#asked.add(page);
      wanted.push(this.#fetch(page, this.#generation, false));
    }
    await Promise.all(wanted);
  }

  async #fetch(page: number, generation: number, fresh: boolean): Promise<void> {
    try {
      const answer = await this.#ask({ ...this.#filter, offset: page * PAGE_ROWS, limit: PAGE_ROWS });
      if (generation !== this.#generation) return;
      if (fresh) this.#rows = new Map();
      this.total = answer.total;
      for (const index of this.#rows.keys()) if (index >= answer.total) this.#rows.delete(index);
      for (const [at, row] of answer.rows.entries()) this.#rows.set(answer.offset + at, row);
      this.onChange();
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#asked.delete(page);
      this.onFailure(error);
    }
  }
}
