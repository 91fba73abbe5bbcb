import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { AuditReport, ItemId, ItemSummary } from '../../shared/api.ts';
import { attempt, changes, ui } from '../state.ts';
import { strength } from '../tools.ts';
import { PAGE_ROWS } from './pages.ts';
import { checkWeak, type WeakCheck } from './weak-check.ts';

export interface Health {
  report: AuditReport;
  rows: Map<ItemId, ItemSummary>;
}

/** What the engine finds at once, and the slower estimate of every password, which can be stopped. */
export function useHealth() {
  const health = useSignal<Health | null>(null);
  const weak = useSignal<WeakCheck | null>(null);
  const running = useSignal(false);
  const stop = useRef<AbortController>(undefined);
  const change = changes.value;

  const run = async (): Promise<void> => {
    stop.current?.abort();
    const mine = new AbortController();
    stop.current = mine;
    running.value = true;
    await attempt(async () => {
      const [report, list] = await Promise.all([ui.audit(), allRows()]);
      if (mine.signal.aborted) return;
      health.value = { report, rows: new Map(list.map((row) => [row.id, row])) };
      const sources = {
        reveal: (row: ItemSummary) => ui.reveal({ id: row.id, secret: 'password' }),
        score: async (password: string, hints: string[]) => (await strength(password, hints, mine.signal)).score,
        progress: (state: WeakCheck) => {
          weak.value = state;
        },
      };
      const result = await checkWeak(list, sources, mine.signal);
      if (stop.current === mine) weak.value = result;
    });
    if (stop.current === mine) running.value = false;
  };
  useEffect(() => {
    void run();
    return () => stop.current?.abort();
  }, [change]);
  return { health: health.value, weak: weak.value, running: running.value, cancel: () => stop.current?.abort(), again: () => void run() };
}

/** Every row of the vault, a page at a time, so that no single answer is huge. */
async function allRows(): Promise<ItemSummary[]> {
  const rows: ItemSummary[] = [];
  for (let offset = 0; ; ) {
    const page = await ui.list({ text: '', in: 'items', offset, limit: PAGE_ROWS * 10 });
    rows.push(...page.rows);
    offset += page.rows.length;
    if (page.rows.length === 0 || offset >= page.total) return rows;
  }
}
