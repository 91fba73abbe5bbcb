/** What a woken service worker answers with the largest vault we promise; how fast: `./build.sh bench`. */
import { expect, test } from './fixtures.ts';
import { call, login, makeVault } from './support/calls.ts';

const FIRST = { text: '', in: 'items', offset: 0, limit: 40 } as const;

test('10,000 items: status and the first rows after a cold wake', async ({ sesame }) => {
  test.setTimeout(240_000);
  const page = await sesame.openPopup();
  await makeVault(page);
  for (let part = 0; part < 5; part += 1) {
    const items = Array.from({ length: 2_000 }, (_, at) =>
      login(`part${part}-${at}`, { notes: 'n'.repeat(200), websites: [{ url: `https://part${part}-${at}.example`, match: 'host' }] }),
    );
    await call(page, 'importItems', { items });
  }
  for (let round = 0; round < 2; round += 1) {
    await sesame.killWorker();
    const [status, list] = await Promise.all([call(page, 'status'), call(page, 'list', FIRST)]);
    expect(status.state).toBe('unlocked');
    expect(list.total).toBe(10_000);
    expect(list.rows).toHaveLength(40);
    expect(list.rows[0]?.name).toBe('part0-0');
  }
});
