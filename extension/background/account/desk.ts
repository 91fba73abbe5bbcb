/** Turns on the engine of a vault that belongs to an account. */
import type { Engine } from '../../../build/wasm/engine/engine.js';
import { SesameError } from '../../shared/errors.ts';
import { type EngineDesk, run } from '../engine.ts';
import { readAll } from '../storage.ts';
import { onOpen } from '../ui/desk.ts';
import type { AccountView, MemberEngine, ResetEngine, SessionEngine, SyncEngine } from './engine-api.ts';
import type { Turn } from './round.ts';

export type AccountEngine = Engine & SyncEngine & SessionEngine & MemberEngine & ResetEngine;

export const accountEngine = (engine: Engine): AccountEngine => engine;

export function viewOf(engine: Engine): AccountView | null {
  const view = accountEngine(engine).accountView();
  return view === undefined ? null : (JSON.parse(view) as AccountView);
}

/** Null where no vault is, or one without an account; works while locked. */
export const accountView = (): Promise<AccountView | null> => run(({ engine, state }) => (state === 'absent' ? null : viewOf(engine)));

/** The account of the vault that is here; throws `no-account`. */
export async function theAccount(): Promise<AccountView> {
  const view = await accountView();
  if (!view) throw new SesameError('no-account');
  return view;
}

/** A short turn on an open vault with an account. */
export function step<T>(job: (turn: Turn<AccountEngine>, desk: EngineDesk) => T | Promise<T>): Promise<T> {
  return onOpen((desk) => {
    const engine = accountEngine(desk.engine);
    if (engine.accountView() === undefined) throw new SesameError('no-account');
    return job({ engine, bases: () => readAll('bases'), commit: desk.commit }, desk);
  });
}
