/** The built engine and the background's rounds against the real server, behind somebody who lies. */
import { expect } from '@playwright/test';
import { login } from '../e2e/support/calls.ts';
import type { Device } from '../support/engine-device.ts';
import type { Answer, Handler } from '../support/mutator.ts';
import { flipped, MANIFEST_AT, type Pulled, type RowList, readPulled, readRows, seqOf, writeRows } from '../support/wire.ts';
import { FRUIT, type World } from '../support/world.ts';
import { changed, changedPull, codeOf, PULL, test } from './fixtures.ts';

const ROWS = /\/v\/rows$/;
const COMMIT = /\/v\/commit$/;

const changedRows = (change: (list: RowList) => void): Handler =>
  changed((body) => {
    const list = readRows(body);
    change(list);
    return writeRows(list);
  });

const outcome = (device: Device): Promise<string> => device.sync().then(() => 'synced', codeOf);

/** What must not move, whatever a server says: the vault, what waits, the keys. */
function kept(device: Device): unknown {
  return { items: device.items, waiting: device.waiting, header: device.disk.store('vault').get('header') };
}

/** Nothing of the lie came in, and the person can go on with what is here. `what` tells one lie of many from the others. */
async function refuses(world: World, device: Device, match: RegExp, lie: Handler, reason?: string, what?: string): Promise<void> {
  const before = kept(device);
  world.mutator.honest();
  world.mutator.on(match, lie);
  const code = await outcome(device);
  expect(code, what).toMatch(/^(sync-suspended|server-error|offline)$/);
  expect(kept(device)).toEqual(before);
  expect(device.view.state).toBe(code === 'sync-suspended' ? 'suspended' : 'ok');
  if (reason !== undefined) expect(device.view.reason).toBe(reason);
  world.mutator.honest();
}

test('S-15, S-31: no byte of an answer can be another one', async ({ world }) => {
  const [a, b] = await world.pair();
  const [apple] = a.items;
  if (apple) a.save({ ...apple, password: 'changed' });
  await a.sync();
  const copy = b.disk.copy();
  await b.sync();
  const pulled = world.mutator.last(PULL).body;
  const rows = world.mutator.last(ROWS).body;
  b.restart(copy);
  const places = (length: number, dense: number): number[] =>
    Array.from({ length }, (_, at) => at).filter((at) => at < dense || at % 97 === 0 || at >= length - 70);
  for (const at of places(pulled.length, 140)) {
    await refuses(
      world,
      b,
      PULL,
      changed((body) => flipped(body, at)),
      undefined,
      `byte ${at} of the pull`,
    );
    b.restart(copy);
  }
  // The last byte says whether more is to come; when all that was asked for has come, it says nothing.
  for (const at of places(rows.length - 1, 40)) {
    await refuses(
      world,
      b,
      ROWS,
      changed((body) => flipped(body, at)),
      undefined,
      `byte ${at} of the rows`,
    );
    b.restart(copy);
  }
  await b.sync();
  expect(b.items).toEqual(a.items);
});

test('S-04, S-07, S-08: no row can be missing, doubled, in another’s place, older, or back from the dead', async ({ world }) => {
  const [a, b] = await world.pair();
  const copy = b.disk.copy();
  const [apple, banana, cherry] = a.items;
  if (!apple || !banana || !cherry) throw new Error('no items');
  a.save({ ...apple, password: 'one' });
  await a.sync();
  const pull = await pulledBy(world, b);
  const old = readRows(world.mutator.last(ROWS).body).rows[0];
  a.save({ ...a.edit(apple.id), password: 'two' });
  a.save({ ...banana, password: 'two' });
  a.remove(cherry.id);
  await a.sync();
  b.restart(copy);
  expect(pull.buckets.length).toBeGreaterThan(0);

  const lies: [string, RegExp, Handler][] = [
    ['one row fewer', ROWS, changedRows((list) => void list.rows.pop())],
    ['one row twice', ROWS, changedRows((list) => void list.rows.push(...list.rows.slice(0, 1)))],
    ['another order', ROWS, changedRows((list) => void list.rows.reverse())],
    ['no rows at all', ROWS, changedRows((list) => void list.rows.splice(0))],
    ['blobs exchanged', ROWS, changedRows(({ rows }) => exchange(rows, 'blob'))],
    ['ids exchanged', ROWS, changedRows(({ rows }) => exchange(rows, 'id'))],
    ['an older revision', ROWS, changedRows(({ rows }) => void Object.assign(rows.find(({ id }) => id === apple.id) ?? {}, old))],
    [
      'an older blob under the new revision',
      ROWS,
      changedRows(({ rows }) => void Object.assign(rows.find(({ id }) => id === apple.id) ?? {}, { blob: old?.blob })),
    ],
    [
      'a tombstone as an item',
      ROWS,
      changedRows(({ rows }) => void rows.map((row) => Object.assign(row, { op: row.op === 2 ? 1 : row.op }))),
    ],
    ['an item as a tombstone', ROWS, changedRows(({ rows }) => void rows.map((row) => Object.assign(row, { op: 2 })))],
    ['an entry fewer', PULL, changedPull(({ buckets }) => void buckets[0]?.entries.pop())],
    ['a bucket fewer', PULL, changedPull(({ buckets }) => void buckets.pop())],
    [
      'a tombstone hidden',
      PULL,
      changedPull(({ buckets }) => void buckets.map((one) => Object.assign(one, { entries: one.entries.filter(({ op }) => op !== 2) }))),
    ],
    ['no buckets', PULL, changedPull(({ buckets }) => void buckets.splice(0))],
  ];
  for (const [name, match, lie] of lies) {
    await test.step(name, () => refuses(world, b, match, lie));
    b.restart(copy);
  }
  await b.sync();
  expect(b.items).toEqual(a.items);
});

function exchange<K extends 'blob' | 'id'>(rows: RowList['rows'], what: K): void {
  const [one, two] = rows;
  if (!one || !two) throw new Error('two rows were expected');
  [one[what], two[what]] = [two[what], one[what]];
}

async function pulledBy(world: World, device: Device): Promise<Pulled> {
  await device.sync();
  return readPulled(world.mutator.last(PULL).body);
}

test('S-09: every older state of the account is noticed, again and again', async ({ world }) => {
  const [a, b] = await world.pair();
  const states: Buffer[] = [];
  for (const password of ['one', 'two', 'three']) {
    const [apple] = a.items;
    if (apple) a.save({ ...apple, password });
    await a.sync();
    const fresh = await world.another(a);
    states.push(world.mutator.last(PULL).body);
    expect(fresh.items).toEqual(a.items);
  }
  await b.sync();
  const now = b.items;
  const copy = b.disk.copy();
  for (const old of states.slice(0, -1)) {
    await refuses(
      world,
      b,
      PULL,
      changed(() => old),
      'rollback',
    );
    // What is true does not mend it by itself: the person decides, not the server (S-17).
    expect(await b.syncByItself()).toBe(false);
    expect(b.items).toEqual(now);
    b.restart(copy);
  }
  // One lie, then the truth, when the person presses: it goes on.
  await refuses(
    world,
    b,
    PULL,
    changed(() => states[0] ?? Buffer.alloc(0)),
    'rollback',
  );
  expect(await outcome(b)).toBe('sync-suspended');
  b.resolve('retry');
  expect(await outcome(b)).toBe('synced');
  expect(await b.syncByItself()).toBe(true);
});

test('S-17, S-21: after a lie nothing more is asked, nothing is told, and the vault can be read', async ({ world }) => {
  const [a, b] = await world.pair();
  a.save(login('fig'));
  await a.sync();
  const before = world.mutator.exchanges.length;
  await refuses(
    world,
    b,
    PULL,
    changedPull((pulled) => void pulled.manifest.fill(1, MANIFEST_AT.signature)),
    'forged',
  );
  // The pull was the last word.
  expect(
    world.mutator.exchanges
      .slice(before)
      .map(({ path }) => path)
      .at(-1),
  ).toMatch(PULL);
  const asked = world.mutator.exchanges.length;
  expect(await b.syncByItself()).toBe(false);
  b.restart();
  expect(await b.syncByItself()).toBe(false);
  expect(() => b.save(login('lost'))).toThrow();
  expect(world.mutator.exchanges.length).toBe(asked);
  expect(b.names).toEqual(FRUIT);
  b.resolve('merge');
  expect(await outcome(b)).toBe('synced');
  expect(b.items).toEqual(a.items);
});

test('S-18: what a server has not makes nothing new, and sends nothing', async ({ world }) => {
  const [, b] = await world.pair();
  const nothing: [string, Answer][] = [
    ['an empty body', { status: 200, headers: { 'content-type': 'application/sesame1' }, body: Buffer.alloc(0) }],
    ['not found', { status: 404, headers: { 'content-type': 'application/sesame1' }, body: Buffer.from('000900000000', 'hex') }],
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('<h1>Welcome</h1>') }],
    ['zeros', { status: 200, headers: { 'content-type': 'application/sesame1' }, body: Buffer.alloc(2247) }],
  ];
  const [apple] = b.items;
  if (apple) b.save({ ...apple, password: 'mine' });
  const copy = b.disk.copy();
  const before = kept(b);
  const commits = world.mutator.count(COMMIT);
  for (const [name, answer] of nothing) {
    await test.step(name, async () => {
      world.mutator.on(PULL, () => answer);
      expect(await outcome(b)).not.toBe('synced');
      expect(kept(b)).toEqual(before);
      world.mutator.honest();
      b.restart(copy);
    });
  }
  // The first state of the chain, signed and true, but long gone: an account that looks new.
  const fresh = readPulled(world.mutator.last(PULL).body);
  expect(seqOf(fresh.manifest)).toBeGreaterThan(0n);
  expect(world.mutator.count(COMMIT)).toBe(commits);
});
