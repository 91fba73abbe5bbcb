/**
 * Three browsers of one account, edits at random, and a line to the real server that fails at random:
 * requests that never arrive, answers that never come, requests that arrive twice, half answers, late ones, and
 * browsers that are ended in the middle. When the line is whole again all agree, and nothing is lost (S-33).
 */
import { expect } from '@playwright/test';
import { login } from '../e2e/support/calls.ts';
import type { Device } from '../support/engine-device.ts';
import type { Handler } from '../support/mutator.ts';
import { test } from './fixtures.ts';

/** Numbers that are the same for the same seed (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const TYPE = { 'content-type': 'application/sesame1' };

function faulty(draw: (below: number) => number): Handler {
  return async ({ pass }) => {
    switch (draw(12)) {
      case 0:
        return null;
      case 1:
        await pass();
        return null;
      case 2:
        await pass();
        return pass();
      case 3: {
        const answer = await pass();
        return { ...answer, claimed: answer.body.length, body: answer.body.subarray(0, answer.body.length >> 1) };
      }
      case 4:
        return { status: 503, headers: TYPE, body: Buffer.from('000e00000000', 'hex') };
      case 5:
        await new Promise((done) => setTimeout(done, 5));
        return pass();
      default:
        return pass();
    }
  };
}

/** Everything that a person ever typed as a password here must still be somewhere in the item. */
function valuesOf(device: Device, id: string): string[] {
  const view = JSON.parse(device.engine.itemView(id, device.disk.store('items').get(id) ?? new Uint8Array(0))) as {
    history: { index: number }[];
    others?: { index: number }[];
  };
  const row = device.disk.store('items').get(id) ?? new Uint8Array(0);
  const old = view.history.map(({ index }) => device.engine.reveal(id, row, `history:${index}`));
  const others = (view.others ?? []).map(({ index }) => device.engine.reveal(id, row, `other:${index}`));
  return [device.edit(id).password ?? '', ...old, ...others];
}

for (const seed of [1, 2, 3]) {
  test(`S-33: faults, seed ${seed}`, async ({ world }) => {
    test.setTimeout(120_000);
    const draw = random(seed);
    const first = await world.first(['apple', 'banana', 'cherry', 'damson']);
    const devices = [first, await world.another(first), await world.another(first)];
    // By item: what was typed, and whether somebody deleted it.
    const typed = new Map<string, Set<string>>();
    const deleted = new Set<string>();
    let count = 0;
    world.mutator.on(/\/v1\/(v|session)\//, faulty(draw));
    for (let step = 0; step < 60; step += 1) {
      const device = devices[draw(devices.length)] ?? first;
      // By name: ids are other ones in every run.
      const items = device.items.sort((one, two) => one.name.localeCompare(two.name));
      const item = items[draw(Math.max(items.length, 1))];
      const act = draw(10);
      count += 1;
      if (act < 4 && item) {
        const password = `typed ${count}`;
        device.save({ ...item, password });
        typed.set(item.id, (typed.get(item.id) ?? new Set()).add(password));
      } else if (act === 4) device.save(login(`new ${count}`));
      else if (act === 5 && item && draw(3) === 0) {
        // Whoever deletes an item deletes what they see of it; what they don't see is not theirs to delete.
        for (const value of valuesOf(device, item.id)) typed.get(item.id)?.delete(value);
        device.remove(item.id);
        deleted.add(item.id);
      } else if (act === 6) device.restart();
      else await device.sync().catch((failure: { code?: string }) => expect(failure.code).not.toBe('sync-suspended'));
    }
    world.mutator.honest();
    for (let turn = 0; turn < 3; turn += 1) for (const device of devices) await device.sync();
    const [one, ...others] = devices.map((device) => device.items);
    for (const other of others) expect(other).toEqual(one);
    expect(devices.map(({ waiting }) => waiting)).toEqual([0, 0, 0]);
    const here = new Set(one?.map(({ id }) => id));
    for (const [id, passwords] of typed) {
      // Deleted by somebody who had seen all that was typed, or kept with all of it.
      if (here.has(id)) expect(valuesOf(first, id)).toEqual(expect.arrayContaining([...passwords]));
      else expect([deleted.has(id), ...passwords]).toEqual([true]);
    }
  });
}
