/**
 * Checks at the boundary (S-89): a message is `unknown` until one of these has built a value of the
 * promised type from it. Unknown keys, wrong types and over-long texts end in `invalid`.
 */
import { fromB64 } from '../shared/bytes.ts';
import { SesameError } from '../shared/errors.ts';

export type Check<T> = (value: unknown) => T;

/** Marks a field of `shape` that may be left out. */
interface Optional<T> extends Check<T> {
  optional: true;
}

function refuse(): never {
  throw new SesameError('invalid');
}

/** A text of at most `max` UTF-16 units. */
export const text =
  (max: number, form?: RegExp): Check<string> =>
  (value) =>
    typeof value === 'string' && value.length <= max && (form === undefined || form.test(value)) ? value : refuse();

export const flag: Check<boolean> = (value) => (typeof value === 'boolean' ? value : refuse());

export const whole =
  (min: number, max: number): Check<number> =>
  (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max ? value : refuse();

export const oneOf =
  <const T extends string | number | boolean>(...values: T[]): Check<T> =>
  (value) => {
    const found = values.indexOf(value as T);
    return found < 0 ? refuse() : (values[found] as T);
  };

/** Base64url of `min` to `max` bytes, passed on as the text that it is. */
export const b64 =
  (min: number, max = min): Check<string> =>
  (value) => {
    if (typeof value !== 'string' || value.length > Math.ceil((max * 4) / 3)) return refuse();
    const { length } = fromB64(value);
    return length >= min && length <= max ? value : refuse();
  };

export const list =
  <T>(item: Check<T>, max: number): Check<T[]> =>
  (value) =>
    Array.isArray(value) && value.length <= max ? value.map(item) : refuse();

export const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value) =>
    value === null ? null : check(value);

export function optional<T>(check: Check<T>): Optional<T> {
  return Object.assign((value: unknown) => check(value), { optional: true as const });
}

function plain(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : refuse();
}

type Fields<T> = { [K in keyof T]-?: undefined extends T[K] ? Optional<Exclude<T[K], undefined>> : Check<T[K]> };

/** Exactly these fields. The result is built anew, so nothing that was not checked comes along (S-96). */
export const shape = <T extends object>(fields: Fields<T>): Check<T> => {
  const known = Object.entries(fields) as [string, Check<unknown> & Partial<Optional<unknown>>][];
  return (value) => {
    const given = plain(value);
    const built: [string, unknown][] = [];
    for (const [name, check] of known) {
      if (Object.hasOwn(given, name)) built.push([name, check(given[name])]);
      else if (!check.optional) refuse();
    }
    return built.length === Object.keys(given).length ? (Object.fromEntries(built) as T) : refuse();
  };
};

/** Names and texts, as in an item's `fields`; a name is letters and digits, so never `__proto__`. */
export const texts =
  (names: number, max: number): Check<Record<string, string>> =>
  (value) => {
    const pairs = Object.entries(plain(value));
    const name = text(40, /^[A-Za-z][A-Za-z0-9]*$/);
    const content = text(max);
    return pairs.length <= names ? Object.fromEntries(pairs.map(([key, held]) => [name(key), content(held)])) : refuse();
  };

/** A choice between shapes by the value of one of their fields. */
export const variant =
  <T extends object>(by: keyof T & string, choices: Record<string, Check<T>>): Check<T> =>
  (value) => {
    const which = plain(value)[by];
    const choice = typeof which === 'string' && Object.hasOwn(choices, which) ? choices[which] : undefined;
    return choice ? choice(value) : refuse();
  };

export const none: Check<null> = (value) => (value === null || value === undefined ? null : refuse());
export const id = text(32, /^[0-9a-f]{32}$/);
