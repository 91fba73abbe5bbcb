/** How dom.ts and dom-field.ts get at what a prototype has, whatever a page calls its elements (S-81). */

export function getter<T extends object, K extends keyof T>(prototype: T, key: K): (self: T) => T[K] {
  const get = Object.getOwnPropertyDescriptor(prototype, key)?.get;
  return (self) => (get ? (Reflect.apply(get, self, []) as T[K]) : (undefined as T[K]));
}

export function setter<T extends object, K extends keyof T>(prototype: T, key: K): (self: T, value: T[K]) => void {
  const set = Object.getOwnPropertyDescriptor(prototype, key)?.set;
  return (self, value) => {
    if (set) Reflect.apply(set, self, [value]);
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a method's own types are kept by inference.
export function method<F extends (...args: any[]) => any>(
  // biome-ignore lint/complexity/noBannedTypes: what a prototype holds.
  call: Function | undefined,
): (self: object, ...args: Parameters<F>) => ReturnType<F> {
  return (self, ...args) => Reflect.apply(call as F, self, args) as ReturnType<F>;
}
