/** What a woken service worker needs for the popup's first screen, with the largest vault we promise. */
import type { Page } from '@playwright/test';
import { expect, type Sesame, test } from './fixtures.ts';
import { call, login, makeVault } from './support/calls.ts';

const FIRST = { text: '', in: 'items', offset: 0, limit: 40 } as const;

/** Milliseconds from the question to both answers, sorted; the worker is stopped before each. */
async function wakes(sesame: Sesame, page: Page, total: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    await sesame.killWorker();
    const answer = await page.evaluate(async (query) => {
      const ask = (name: string, input: unknown) => chrome.runtime.sendMessage({ to: 'background', call: name, input });
      const begin = performance.now();
      const [status, list] = await Promise.all([ask('status', null), ask('list', query)]);
      return { took: performance.now() - begin, state: status.ok.state, total: list.ok.total };
    }, FIRST);
    expect(answer).toMatchObject({ state: 'unlocked', total });
    times.push(answer.took);
  }
  return times.sort((a, b) => a - b);
}

const shown = (times: number[]): string => `${times[4]?.toFixed(0)} ms (${times.map((ms) => ms.toFixed(0)).join(' ')})`;

test('10,000 items: status and list after a cold wake', async ({ sesame }) => {
  test.setTimeout(240_000);
  const page = await sesame.openPopup();
  await makeVault(page);
  const many = (count: number, name: string) =>
    Array.from({ length: count }, (_, at) =>
      login(`${name}-${at}`, { notes: 'n'.repeat(200), websites: [{ url: `https://${name}-${at}.example`, match: 'host' }] }),
    );
  await call(page, 'importItems', { items: many(10, 'few') });
  const few = await wakes(sesame, page, 10);
  for (let part = 0; part < 5; part += 1) await call(page, 'importItems', { items: many(1_998, `part${part}`) });
  const all = await wakes(sesame, page, 10_000);
  console.log(`cold wake to status and list, median of 9: 10 items ${shown(few)}, 10,000 items ${shown(all)}`);
  // The goal is 150 ms on an idle machine, measured by `./build.sh bench`. A busy one is slow with ten items
  // too: this catches what grows with their number.
  expect((all[0] ?? Number.POSITIVE_INFINITY) / (few[0] ?? 1)).toBeLessThan(8);
});
