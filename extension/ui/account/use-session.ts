/** A form whose answer needs the account and the master password: one at a time, to be cancelled, and ended with the screen. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { coolDown, warmUp } from '../auth.ts';
import { AuthSession } from '../auth-session.ts';
import { attempt } from '../state.ts';
import { heldSession, letGo } from './held.ts';

interface SessionForm {
  busy: Signal<boolean>;
  /** Runs `work` with a session for the password, or with one that has it; false when it failed, which has then been said. */
  run: (password: string | AuthSession, work: (session: AuthSession, signal: AbortSignal) => Promise<unknown>) => Promise<boolean>;
  cancel: () => void;
}

export function useSessionForm(): SessionForm {
  const busy = useSignal(false);
  const job = useRef<AbortController>(undefined);
  const cancel = (): void => job.current?.abort();
  useEffect(() => {
    warmUp();
    return () => {
      cancel();
      coolDown();
    };
  }, []);
  const run: SessionForm['run'] = async (password, work) => {
    if (busy.value) return false;
    busy.value = true;
    const mine = new AbortController();
    job.current = mine;
    const session = typeof password === 'string' ? new AuthSession(password) : password;
    // Ending the worker is what stops a derivation in its middle.
    mine.signal.addEventListener('abort', () => session.end());
    const done = await attempt(() =>
      work(session, mine.signal).catch((failure) => (mine.signal.aborted ? undefined : Promise.reject(failure))),
    );
    // One that is held goes on to the next step, unless the person gave this one up.
    if (mine.signal.aborted && session === heldSession()) letGo();
    if (session !== heldSession()) session.end();
    busy.value = false;
    return done && !mine.signal.aborted;
  };
  return { busy, run, cancel };
}
