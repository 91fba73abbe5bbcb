/** Cards: networks by their first digits, grouping as printed, the check digit, and expiry by whole months. */
import { expect, test } from '@playwright/test';
import { brandOf, expiryFrom, expiryOfText, expiryState, groupsOf, isPlausible } from '../../../extension/ui/items/cards.ts';

test('the network is known by the first digits, as soon as they say it', () => {
  for (const [number, brand] of [
    ['4111 1111 1111 1111', 'Visa'],
    ['5555555555554444', 'Mastercard'],
    ['2221000000000009', 'Mastercard'],
    ['2720999999999996', 'Mastercard'],
    ['2721000000000000', null],
    ['378282246310005', 'American Express'],
    ['30569309025904', 'Diners Club'],
    ['3530111333300000', 'JCB'],
    ['6011111111111117', 'Discover'],
    ['6200000000000005', 'UnionPay'],
    ['5018000000000009', 'Maestro'],
    ['9', null],
    ['', null],
    ['3', null],
  ] as const) {
    expect(brandOf(number), number).toBe(brand);
  }
});

test('grouped as it is printed; what is no number stays as it was typed', () => {
  expect(groupsOf('4111111111111111')).toEqual(['4111', '1111', '1111', '1111']);
  expect(groupsOf('3782-822463-10005')).toEqual(['3782', '822463', '10005']);
  expect(groupsOf('6304000000000000000')).toEqual(['6304', '0000', '0000', '0000', '000']);
  expect(groupsOf('see the drawer')).toEqual(['see the drawer']);
  expect(groupsOf('123')).toEqual(['123']);
});

test('a digit mistyped, or two next to each other exchanged, is noticed', () => {
  const number = '4111111111111111';
  expect(isPlausible('4111 1111 1111 1111')).toBe(true);
  expect(isPlausible('378282246310005')).toBe(true);
  for (let at = 0; at < number.length; at += 1) {
    const wrong = number.slice(0, at) + ((Number(number[at]) + 1) % 10) + number.slice(at + 1);
    expect(isPlausible(wrong), wrong).toBe(false);
  }
  expect(isPlausible('5555555555545444')).toBe(false);
  expect(isPlausible('')).toBe(false);
});

test('a card is good until its month is over', () => {
  const today = new Date(2026, 2, 31);
  const at = (month: string, year: string) => {
    const expiry = expiryFrom(month, year);
    return expiry && expiryState(expiry, today);
  };
  expect(at('2', '26')).toBe('expired');
  expect(at('12', '2025')).toBe('expired');
  expect(at('03', '2026')).toBe('this-month');
  expect(at('4', '26')).toBe('next-month');
  expect(at('5', '2026')).toBeNull();
  expect(at('1', '2027')).toBeNull();
  expect(expiryFrom('13', '2026')).toBeNull();
  expect(expiryFrom('', '2026')).toBeNull();
  expect(expiryOfText('2026-03')).toEqual({ year: 2026, month: 3 });
  expect(expiryOfText('')).toBeNull();
});
