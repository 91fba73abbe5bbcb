/** An account in Firefox: its own rules for pages, workers and what may be fetched, the same server. */
import { login } from '../e2e/support/calls.ts';
import { until } from '../e2e/support/cdp.ts';
import { PASSWORD } from '../e2e/support/flows.ts';
import { startServer } from '../support/server.ts';
import { EMAIL, fill, reads, replace, signUp, synced } from './account.ts';
import { launchFirefox } from './firefox.ts';
import { call, expect, test } from './fixtures.ts';

test('signs up and syncs, and another Firefox signs in to what is there', async ({ firefox }) => {
  test.setTimeout(180_000);
  const server = await startServer();
  const other = await launchFirefox();
  try {
    const page = await signUp(firefox, server);
    await call(page, 'save', login('Sesame Bank'));
    await synced(page);

    const there = await other.open(other.url('popup.html'));
    await there.click(await there.byRole('button', 'Sign in'));
    await fill(there, 'Email address', EMAIL);
    await fill(there, 'Master password', PASSWORD);
    await replace(there, 'Server address', server.origin);
    await there.click(await there.byRole('button', 'Sign in'));
    // What can be said only once it is open moves the button.
    await reads(there, /Last changed/);
    await there.click(await there.byRole('button', 'Use this vault'));
    await until('the open vault', async () => ((await call(there, 'status')).state === 'unlocked' ? true : undefined), 60_000);
    const { rows } = await call(there, 'list', { text: '', in: 'items', offset: 0, limit: 10 });
    expect(rows.map(({ name }) => name)).toEqual(['Sesame Bank']);
    await synced(there);
  } finally {
    await other.close();
    await server.stop();
  }
});
