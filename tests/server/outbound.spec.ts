/** The account server in a network of its own, where all that it tries to reach is counted. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import type { Tried } from '../support/alone.ts';

/** How this machine lets us have one: as root, or as anybody's own root where that is allowed. */
const WAYS = [['--net'], ['--map-root-user', '--net']];
const way = WAYS.find((args) => spawnSync('unshare', [...args, 'ip', 'link', 'set', 'lo', 'up']).status === 0);

test('S-148: of the server nothing goes out but its mails, whatever it is asked', async () => {
  test.skip(way === undefined, 'this machine gives us no network namespace (unshare, ip)');
  const node = [process.execPath, '--import', './scripts/typescript.mjs', 'tests/support/alone.ts'];
  const { stdout } = await promisify(execFile)('unshare', [...(way ?? []), ...node]);
  const answer = JSON.parse(stdout) as { names: string[][]; mails: number; found: Tried; control: Tried };
  // It did its work: an account, a second browser, the hint, a reset, each with its mail.
  expect(answer.names).toEqual([['apple'], ['banana']]);
  expect(answer.mails).toBeGreaterThanOrEqual(4);
  expect(answer.found).toEqual({ elsewhere: 0, refused: 0, datagrams: 0 });
  // What is counted is counted: a try of each kind, made after it, is seen.
  expect(answer.control).toEqual({ elsewhere: 2, refused: 1, datagrams: 1 });
});
