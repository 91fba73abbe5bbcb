/**
 * Where the person is: a stack of screens. Only the top one is in the document; what must not be
 * lost below it (focus, scroll, half-typed search) is remembered in its stack entry.
 */
import { type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { SealedView } from '../shared/account.ts';
import type { ItemId, ItemKind } from '../shared/api.ts';
import type { AccountAddress } from './account/account-fields.tsx';
import { backToFocus, markFocus } from './parts/focus.ts';
import type { LinkInfo, ResetLink } from './reset/start-link.ts';

/** Every screen with what it needs to know. Nothing secret is ever put in an address. */
export interface Routes {
  // ways in
  welcome: object;
  create: object;
  /** What is known of the account already; both may be changed there. */
  'sign-in': Partial<AccountAddress>;
  'sign-in-help': AccountAddress;
  'sign-in-code': AccountAddress;
  /** `send`: the code is yet to be asked for. `kit`: the recovery code of a vault that was just made, shown next. */
  'account-code': { at: AccountAddress; send: boolean; kit: string | null };
  /** `after: 'used'` = an old code opened the vault and this one replaces it. */
  'recovery-kit': { code: string; after: 'created' | 'used' | 'renewed' };
  biometrics: { first: boolean };
  locked: object;
  'why-not': object;
  'ways-back': object;
  'use-recovery': object;
  'start-over': object;
  /** Both may be known from a form before. */
  reset: Partial<AccountAddress>;
  'reset-code': { server?: string };
  /** Without a link: the one that was taken over from the server's page. */
  'reset-new': { link?: ResetLink & LinkInfo };
  'hint-mail': Partial<AccountAddress>;
  /** `gen`: the sealed vault that is to take its place again. */
  'undo-reset': { gen?: string };
  'open-backup': object;
  /** `code`: the recovery code of a moment ago, so that it need not be typed as a proof. */
  'set-password': { code?: string };
  damaged: object;
  // after unlocking
  list: object;
  item: { id: ItemId };
  new: object;
  edit: { id: ItemId | ''; kind: ItemKind };
  history: { id: ItemId };
  generator: object;
  health: object;
  settings: object;
  equivalents: object;
  never: object;
  'page-report': object;
  'http-auth': object;
  'join-account': { first?: AccountAddress };
  account: object;
  /** As the server has it now. */
  'account-hint': { hint: string };
  'change-email': { pending: string | null };
  devices: object;
  'leave-account': object;
  'delete-account': object;
  'bring-password': object;
  suspended: object;
  'sealed-vaults': object;
  'sealed-open': { view: SealedView };
  import: object;
  export: object;
  bin: object;
}
export type RouteName = keyof Routes;
export type Route = { [N in RouteName]: { name: N } & Routes[N] }[RouteName];

export interface Entry {
  readonly id: number;
  readonly route: Route;
  readonly kept: Map<string, Signal<unknown>>;
  focus: string | null;
  scroll: Map<string, number>;
}

let nextId = 1;
const entry = (route: Route): Entry => ({ id: nextId++, route, kept: new Map(), focus: null, scroll: new Map() });

export const stack = signal<readonly Entry[]>([]);
export const top = (): Entry | undefined => stack.value.at(-1);
export const atRoot = (): boolean => stack.value.length < 2;

function leave(): void {
  const here = top();
  if (here) [here.focus, here.scroll] = markFocus();
}

/** One screen deeper; Back and Escape lead here again, with focus where it was. */
export function go(route: Route): void {
  leave();
  stack.value = [...stack.value, entry(route)];
}

/** One step back. False at the root, where Escape then closes the popup. */
export function back(): boolean {
  if (atRoot()) return false;
  stack.value = stack.value.slice(0, -1);
  const here = top();
  if (here) backToFocus(here.focus, here.scroll);
  return true;
}

/** In place of the screen that is shown, for the next step of the same task. */
export function replace(route: Route): void {
  stack.value = [...stack.value.slice(0, -1), entry(route)];
}

/** Forgets where the person was: after unlocking, locking, and at the end of a task. */
export function reset(...routes: [Route, ...Route[]]): void {
  stack.value = routes.map(entry);
}

export const EntryContext = createContext<Entry | null>(null);

/** State that outlives going one screen deeper and back (search text, chosen tab). */
export function useKept<T>(name: string, initial: T): Signal<T> {
  const here = useContext(EntryContext);
  const [own] = useState(() => {
    const known = here?.kept.get(name) as Signal<T> | undefined;
    if (known) return known;
    const fresh = signal(initial);
    here?.kept.set(name, fresh as Signal<unknown>);
    return fresh;
  });
  return own;
}
