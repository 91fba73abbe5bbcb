/** What a woken service worker needs for the popup's first screen, with the largest vault we promise. */
import { expect, test } from './fixtures.ts';
import { call, login, makeVault, unlock } from './support/calls.ts';

const FIRST = { text: '', in: 'items', offset: 0, limit: 40 } as const;

test('10,000 items: status and list after a cold wake', async ({ sesame }) => {
  test.setTimeout(240_000);
  const page = await sesame.openPopup();
  await makeVault(page);
  for (let part = 0; part < 5; part += 1) {
    const items = Array.from({ length: 2_000 }, (_, at) =>
      login(`Item ${part}-${at}`, { notes: 'n'.repeat(200), websites: [{ url: `https://s${part}-${at}.example`, match: 'host' }] }),
    );
    await call(page, 'importItems', { items });
  }
  await call(page, 'lock');
  await unlock(page);
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    await sesame.killWorker();
    const took = await page.evaluate(async (query) => {
      const ask = (name: string, input: unknown) => chrome.runtime.sendMessage({ to: 'background', call: name, input });
      const begin = performance.now();
      const [status, list] = await Promise.all([ask('status', null), ask('list', query)]);
      const took = performance.now() - begin;
      if (status.ok.state !== 'unlocked' || list.ok.total !== 10_000) throw new Error(JSON.stringify([status, list]).slice(0, 200));
      return took;
    }, FIRST);
    times.push(took);
  }
  times.sort((a, b) => a - b);
  const median = times[4] ?? Number.POSITIVE_INFINITY;
  console.log(
    `cold wake to status and list, 10,000 items: median ${median.toFixed(0)} ms of ${times.map((ms) => ms.toFixed(0)).join(' ')}`,
  );
  // The goal on an idle machine is 150 ms from opening the popup; this only catches what grows with the items.
  expect(median).toBeLessThan(600);
});
