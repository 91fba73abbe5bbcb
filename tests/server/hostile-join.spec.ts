/** What a server can do at the moments when trust begins: signing up, signing in, and the ways in. */
import { createHash } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Writes } from '../../extension/background/storage.ts';
import { login } from '../e2e/support/calls.ts';
import { Device } from '../support/engine-device.ts';
import { flipped, readPulled, seqOf } from '../support/wire.ts';
import { FRUIT } from '../support/world.ts';
import { changed, changedPull, codeOf, PULL, test } from './fixtures.ts';

test('S-23: the second message of a sign-in is the account’s whole, or no third is sent', async ({ world }) => {
  const a = await world.first();
  const finished = world.mutator.count(/\/login\/finish$/);
  // login id 16, credential id 32, length 2, KE2 320: of each part, something.
  for (const at of [20, 47, 55, 81, 82, 113, 150, 200, 260, 273, 274, 305, 306, 337, 338, 369]) {
    world.mutator.on(
      /\/login\/start$/,
      changed((body) => flipped(body, at)),
    );
    const code = await new Device(world.server, a.email).login().then(() => 'signed in', codeOf);
    expect(code, `byte ${at}`).not.toBe('signed in');
    world.mutator.honest();
  }
  // The answer to another account's sign-in, and the same one a second time.
  const b = await world.first([]);
  await new Device(world.server, b.email).login();
  const others = world.mutator.last(/\/login\/start$/).body;
  await new Device(world.server, a.email).login();
  const before = world.mutator.last(/\/login\/start$/).body;
  for (const body of [others, before]) {
    world.mutator.on(
      /\/login\/start$/,
      changed(() => body),
    );
    await expect(new Device(world.server, a.email).login()).rejects.toBeDefined();
    world.mutator.honest();
  }
  // Two went right, and nothing else came to a third message.
  expect(world.mutator.count(/\/login\/finish$/)).toBe(finished + 2);
});

test('S-26: an account under other ids than this browser chose is not gone into', async ({ world }) => {
  // Session: token 48 (account 16 in it), ttl 4, account 16, generation 16.
  for (const [name, places] of [
    ['account', [0, 52]],
    ['generation', [68]],
  ] as const) {
    const device = new Device(world.server, `${name}@example.org`);
    world.mutator.on(
      /\/register\/finish$/,
      changed((body) => places.reduce((bytes, at) => flipped(bytes, at), body)),
    );
    await expect(device.signUp(), name).rejects.toBeDefined();
    expect(device.engine.accountView(), name).toBeUndefined();
    // The vault itself is there and open.
    expect(device.save(login('kept'))).not.toBe('');
    world.mutator.honest();
  }
});

test('S-01, S-05, S-11, S-12, S-13, S-14: no header but the person’s own opens or comes in', async ({ world }) => {
  const a = await world.first();
  const stranger = await world.first([]);
  const theirs = stranger.disk.store('vault').get('header');
  const lies: [string, (header: Buffer) => Buffer | null][] = [
    ['of another account', () => Buffer.from(theirs ?? [])],
    ['none', () => null],
    ['another kind of slot', (header) => flipped(header, passwordSlot(header) + 16)],
    ['a stronger derivation', (header) => set(header, passwordSlot(header) + 17, 2)],
    ['no derivation', (header) => set(header, passwordSlot(header) + 17, 0)],
    ['an unknown derivation', (header) => set(header, passwordSlot(header) + 17, 255)],
    ['another salt', (header) => flipped(header, passwordSlot(header) + 25)],
    ['another wrap', (header) => flipped(header, passwordSlot(header) + 120)],
    ['another public key', (header) => flipped(header, -40)],
    ['another MAC', (header) => flipped(header, -1)],
    ['a slot fewer', dropSlot],
    ['a slot twice', doubleSlot],
  ];
  for (const [name, lie] of lies) {
    world.mutator.on(
      PULL,
      changedPull((pulled) => {
        pulled.header = pulled.header && lie(pulled.header);
      }),
    );
    const device = new Device(world.server, a.email);
    const code = await device.signIn().then(() => 'opened', codeOf);
    expect(code, name).not.toBe('opened');
    expect(device.disk.store('vault').size, name).toBe(0);
    world.mutator.honest();
  }
});

const set = (bytes: Buffer, at: number, value: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(value, at);
  return copy;
};

// magic 4, version 2, account 16, generation 16, number 8, reader 2, slots 1; a slot: id 16, kind 1, derivation 1, flags 2, salt 32,
// length 2 and credential id, wrap 112.
const SLOTS = 48;
const slotLength = (header: Buffer, at: number): number => 54 + header.readUInt16BE(at + 52) + 112;

function passwordSlot(header: Buffer): number {
  for (let at = SLOTS + 1; at < header.length - 64; at += slotLength(header, at)) if (header.readUInt8(at + 16) === 1) return at;
  throw new Error('no password slot');
}

function dropSlot(header: Buffer): Buffer {
  const at = SLOTS + 1;
  return Buffer.concat([set(header.subarray(0, at), SLOTS, header.readUInt8(SLOTS) - 1), header.subarray(at + slotLength(header, at))]);
}

function swapSlots(header: Buffer): Buffer {
  const at = SLOTS + 1;
  const [one, two] = [slotLength(header, at), slotLength(header, at + slotLength(header, at))];
  const end = at + one + two;
  return Buffer.concat([header.subarray(0, at), header.subarray(at + one, end), header.subarray(at, at + one), header.subarray(end)]);
}

function doubleSlot(header: Buffer): Buffer {
  const at = SLOTS + 1;
  const slot = header.subarray(at, at + slotLength(header, at));
  return Buffer.concat([set(header.subarray(0, at), SLOTS, header.readUInt8(SLOTS) + 1), slot, header.subarray(at)]);
}

test('S-13: ways in can’t be taken back to how they were, or away', async ({ world }) => {
  const [a, b] = await world.pair();
  const before = readPulled(world.mutator.last(PULL).body).header;
  const made = a.engine.newRecoveryCode() as { writes: Writes };
  a.disk.apply(made.writes);
  await a.sync();
  const now = Buffer.from(a.disk.store('vault').get('header') ?? []);
  expect(before?.equals(now)).toBe(false);
  const copy = b.disk.copy();
  const lies: [string, (header: Buffer) => Buffer | null][] = [
    ['the header from before', () => before],
    ['no header', () => null],
    ['a slot fewer', dropSlot],
    ['slots in another order', swapSlots],
  ];
  for (const [name, lie] of lies) {
    world.mutator.on(
      PULL,
      changedPull((pulled) => {
        pulled.header = pulled.header && lie(pulled.header);
      }),
    );
    expect(await b.sync().then(() => 'synced', codeOf), name).toBe('sync-suspended');
    expect(b.disk.store('vault').get('header'), name).toEqual(copy.get('vault')?.get('header'));
    world.mutator.honest();
    b.restart(copy);
  }
  await b.sync();
  expect(Buffer.from(b.disk.store('vault').get('header') ?? []).equals(now)).toBe(true);
  // Suspended or not, who has the right header can say so again.
  b.disk.apply((b.engine.newRecoveryCode() as { writes: Writes }).writes);
  await b.sync();
  await a.sync();
  expect(a.disk.store('vault').get('header')).toEqual(b.disk.store('vault').get('header'));
});

test('S-09, S-35: a browser that signs in is told how much there is; an older state must be lied about throughout, and is recognised later', async ({
  world,
}) => {
  const a = await world.first();
  await world.another(a);
  const old = world.mutator.last(PULL).body;
  const { manifest } = readPulled(old);
  a.save(login('newest'));
  await a.sync();
  world.mutator.on(
    PULL,
    changed(() => old),
  );
  expect(await new Device(world.server, a.email).signIn().then(() => 'opened', codeOf)).toBe('sync-suspended');

  // The session's own words about the newest state, too: token 48, ttl 4, account 16, generation 16, epoch 8, seq 8, hash 32.
  world.mutator.on(
    /\/login\/finish$/,
    changed((body) => {
      body.writeBigUInt64BE(seqOf(manifest), 92);
      createHash('sha256').update(manifest).digest().copy(body, 100);
      return body;
    }),
  );
  const fresh = await new Device(world.server, a.email).signIn();
  // It can't know better: it says what it found, for the person to compare.
  expect(fresh.names).toEqual(FRUIT);
  expect(fresh.view.fingerprint).toBe(a.view.fingerprint);
  world.mutator.honest();
  // The truth is a successor of what it was shown; who knew the truth would not take this browser's word for it.
  await fresh.sync();
  expect(fresh.items).toEqual(a.items);
});

test('S-10: two browsers that were led apart are never led together again unasked', async ({ world }) => {
  const [a, b] = await world.pair();
  const c = await world.another(a);
  // The server goes back by one commit, and another one takes its place: each is signed and true.
  const copy = await world.server.snapshot();
  a.save(login('one way'));
  await a.sync();
  await b.sync();
  await world.server.rollBack(copy);
  c.save(login('other way'));
  await c.sync();
  const before = b.items;
  expect(await b.sync().then(() => 'synced', codeOf)).toBe('sync-suspended');
  expect(b.view.reason).toMatch(/^(fork|rollback)$/);
  expect(b.items).toEqual(before);
  expect(b.names).toContain('one way');
  expect(b.names).not.toContain('other way');
  // The person has both come together, and nothing of either is lost.
  b.resolve('merge');
  await b.sync();
  await c.sync();
  expect(b.items).toEqual(c.items);
  expect(c.names).toEqual([...FRUIT, 'one way', 'other way'].sort());
});
