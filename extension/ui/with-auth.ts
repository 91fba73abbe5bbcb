import { AuthSession } from './auth-session.ts';

/** A session for one piece of work; giving the work up ends the worker in the middle of a derivation. */
export async function withAuth<T>(password: string, signal: AbortSignal, work: (session: AuthSession) => Promise<T>): Promise<T> {
  const session = new AuthSession(password, signal);
  try {
    return await work(session);
  } finally {
    session.end();
  }
}
