import { expect, test } from '@playwright/test';
import { crackTime, grade } from '../../../extension/ui/items/entropy.ts';
import { codeHalves, layOut } from '../../../extension/ui/items/secret-text.ts';

const flat = (secret: string) => layOut(secret).groups.map((group) => group.map((run) => run.text).join(''));

test.describe('secrets laid out for reading', () => {
  test('groups of four, with nothing added or lost', () => {
    expect(flat('aB3$xYz9Q')).toEqual(['aB3$', 'xYz9', 'Q']);
    for (const secret of ['', 'x', 'hunter2', 'a b c d e f g', 'né\u0301e👩‍👩‍👧12345']) expect(flat(secret).join('')).toBe(secret);
  });
  test('short ones stay whole', () => expect(flat('482913')).toEqual(['482913']));
  test('a passphrase is grouped by its words, separator at the end', () => {
    expect(flat('amber-canyon-tidy7-owl')).toEqual(['amber-', 'canyon-', 'tidy7-', 'owl']);
    expect(flat('harbor-7-meadow-owl')).toEqual(['harbor-', '7-', 'meadow-', 'owl']);
    expect(flat('Amber Canyon Tidy')).toEqual(['Amber ', 'Canyon ', 'Tidy']);
    expect([layOut('amber-canyon-tidy').gaps, layOut('aB3$xYz9Q').gaps]).toEqual([false, true]);
  });
  test('mixed separators are no passphrase', () => expect(flat('amber-canyon_tidy')[0]).toBe('ambe'));
  test('digits, letters and symbols are told apart', () => {
    expect(layOut('a1$é').groups).toEqual([
      [
        { kind: 'letter', text: 'a' },
        { kind: 'digit', text: '1' },
        { kind: 'symbol', text: '$' },
        { kind: 'letter', text: 'é' },
      ],
    ]);
  });
  test('an emoji is not cut in two', () => expect(flat('abc👩‍👩‍👧defgh')[0]).toBe('abc👩‍👩‍👧'));
  test('one-time codes in halves', () => {
    expect(codeHalves('123456')).toEqual(['123', '456']);
    expect(codeHalves('1234567')).toEqual(['1234', '567']);
  });
});

test.describe('strength in words', () => {
  test('grades', () => {
    expect([20, 45, 60, 80].map(grade)).toEqual(['weak', 'fair', 'strong', 'very-strong']);
  });
  test('times grow with the bits', () => {
    expect(crackTime(10)).toEqual({ unit: 'moments' });
    expect(crackTime(53)).toEqual({ unit: 'hours', count: 13 });
    expect(crackTime(60).unit).toBe('days');
    expect(crackTime(128)).toEqual({ unit: 'ages' });
    expect(crackTime(5000)).toEqual({ unit: 'ages' });
  });
});
