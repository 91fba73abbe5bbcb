import { expect, test } from '@playwright/test';
import { CEILING_MS, deadlineFor, isAlive, type Session, UseClock } from '../../../extension/background/session.ts';

const NOW = 1_800_000_000_000;
const session = (change: Partial<Session> = {}): Session => ({
  secret: 'AAAA',
  state: '{}',
  lockAfter: 15,
  seen: NOW,
  deadline: NOW + 15 * 60_000,
  ceiling: NOW + CEILING_MS,
  ...change,
});

test.describe('S-101: a stored session counts only while everything about it is right', () => {
  test('before its deadline', () => {
    expect(isAlive(session(), NOW + 14 * 60_000)).toBe(true);
  });
  test('not at or after the deadline', () => {
    expect(isAlive(session(), NOW + 15 * 60_000)).toBe(false);
  });
  test('not when the clock was moved back', () => {
    expect(isAlive(session(), NOW - 60_000)).toBe(false);
    expect(isAlive(session(), NOW - 1_000)).toBe(true);
  });
  for (const part of ['secret', 'state', 'deadline', 'ceiling', 'seen', 'lockAfter'] as const) {
    test(`not without its ${part}`, () => {
      const { [part]: _, ...rest } = session();
      expect(isAlive(rest, NOW)).toBe(false);
    });
  }
  test('not with a deadline beyond the ceiling, or a ceiling beyond 12 h', () => {
    expect(isAlive(session({ deadline: NOW + CEILING_MS + 1 }), NOW)).toBe(false);
    expect(isAlive(session({ ceiling: NOW + 2 * CEILING_MS }), NOW)).toBe(false);
  });
  test('not when it is no object at all', () => {
    for (const odd of [null, undefined, '', 0, []]) expect(isAlive(odd, NOW)).toBe(false);
  });
});

test('S-102: the ceiling holds with any idle time, also with none', () => {
  const ceiling = NOW + CEILING_MS;
  expect(deadlineFor(NOW, 5, ceiling)).toBe(NOW + 300_000);
  expect(deadlineFor(ceiling - 60_000, 60, ceiling)).toBe(ceiling);
  expect(deadlineFor(NOW, 0, ceiling)).toBe(ceiling);
});

test('time since the last use is by the clock that says more', () => {
  const clock = new UseClock(NOW, 1_000);
  // Asleep: the steady clock stood still.
  expect(clock.now(NOW + 600_000, 1_500)).toBe(NOW + 600_000);
  // Set back a little: the steady clock went on.
  expect(clock.now(NOW - 2_000, 301_000)).toBe(NOW + 300_000);
  // Set back a lot: said as it is, so that the session ends.
  expect(clock.now(NOW - 3_600_000, 301_000)).toBe(NOW - 3_600_000);
});
