import { expect, test } from '@playwright/test';
import { countdown } from '../../../extension/ui/items/countdown';
import { crackTime, grade } from '../../../extension/ui/items/entropy';
import { MONOGRAM_COLOURS, monogram } from '../../../extension/ui/items/monogram';
import { codeHalves, groups } from '../../../extension/ui/items/secret-text';
import { ago, day } from '../../../extension/ui/items/when';

const flat = (secret: string) => groups(secret).map((group) => group.map((run) => run.text).join(''));

test.describe('secrets laid out for reading', () => {
  test('groups of four, with nothing added or lost', () => {
    expect(flat('aB3$xYz9Q')).toEqual(['aB3$', 'xYz9', 'Q']);
    for (const secret of ['', 'x', 'hunter2', 'a b c d e f g', 'né\u0301e👩‍👩‍👧12345']) expect(flat(secret).join('')).toBe(secret);
  });
  test('short ones stay whole', () => expect(flat('482913')).toEqual(['482913']));
  test('a passphrase is grouped by its words, separator at the end', () => {
    expect(flat('amber-canyon-tidy7-owl')).toEqual(['amber-', 'canyon-', 'tidy7-', 'owl']);
    expect(flat('Amber Canyon Tidy')).toEqual(['Amber ', 'Canyon ', 'Tidy']);
  });
  test('mixed separators are no passphrase', () => expect(flat('amber-canyon_tidy')[0]).toBe('ambe'));
  test('digits, letters and symbols are told apart', () => {
    expect(groups('a1$é')).toEqual([
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

test.describe('times in words', () => {
  const now = new Date(2026, 10, 22, 12, 0).getTime();
  test('from now to days', () => {
    expect(ago(now - 5_000, now, 'en')).toBe('now');
    expect(ago(now - 5 * 60_000, now, 'en')).toBe('5 minutes ago');
    expect(ago(now - 3 * 3_600_000, now, 'en')).toBe('3 hours ago');
    expect(ago(new Date(2026, 10, 21, 5, 0).getTime(), now, 'en')).toBe('yesterday');
    expect(ago(new Date(2026, 10, 19, 23, 0).getTime(), now, 'it')).toBe('3 giorni fa');
  });
  test('two weeks on, and from the future, the date', () => {
    expect(ago(new Date(2026, 2, 3).getTime(), now, 'en')).toBe('3 March 2026');
    expect(ago(new Date(2027, 2, 3).getTime(), now, 'it')).toBe('3 marzo 2027');
    expect(day(now, 'en')).toBe('22 November 2026');
  });
});

test.describe('one-time code countdown', () => {
  const code = { code: '123456', next: '654321', periodSeconds: 30, expiresAt: 100_000 };
  test('runs from full to over', () => {
    expect(countdown(code, 70_000)).toEqual({ seconds: 30, left: 1, showNext: false, over: false });
    expect(countdown(code, 85_000).left).toBe(0.5);
    expect(countdown(code, 100_000)).toEqual({ seconds: 0, left: 0, showNext: false, over: true });
    expect(countdown(code, 200_000).over).toBe(true);
  });
  test('the next code shows in the last five seconds only', () => {
    expect(countdown(code, 94_000).showNext).toBe(false);
    expect(countdown(code, 95_000).showNext).toBe(true);
    expect(countdown(code, 99_999).showNext).toBe(true);
  });
  test('a clock that was set back never shows more than a whole ring', () => expect(countdown(code, 0).left).toBe(1));
});

test.describe('monogram', () => {
  test('initials of the first two words', () => {
    expect(monogram('Example Bank').letters).toBe('EB');
    expect(monogram('github.com').letters).toBe('GC');
    expect(monogram('zürich').letters).toBe('Z');
    expect(monogram('éclair').letters).toBe('É');
    expect(monogram('').letters).toBe('?');
    expect(monogram('***').letters).toBe('*');
  });
  test('the colour comes from the name alone and is always one that exists', () => {
    expect(monogram('Bank')).toEqual(monogram(' bank '));
    const colours = new Set(Array.from({ length: 200 }, (_, n) => monogram(`site ${n}`).colour));
    expect(colours.size).toBe(MONOGRAM_COLOURS);
    expect(Math.max(...colours)).toBeLessThan(MONOGRAM_COLOURS);
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
