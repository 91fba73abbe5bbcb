/** What a reset link leads to, asked before anything is typed: whose account, and whether the link is still good. */
import { AuthSession } from '../auth-session.ts';
import { ui } from '../state.ts';

export interface ResetLink {
  server: string;
  /** The code, or the whole link. */
  token: string;
}

export interface LinkInfo {
  email: string;
  undoDays: number;
  sealedDays: number;
}

/** Asking uses nothing up (S-125). What is sent along is no password: it is made up, and forgotten. */
export async function askAbout({ server, token }: ResetLink): Promise<LinkInfo> {
  const session = new AuthSession(crypto.randomUUID());
  try {
    const { email, undoDays, sealedDays } = await ui.resetStart({ server, token, request: await session.registerStart() });
    return { email, undoDays, sealedDays };
  } finally {
    session.end();
  }
}

/** Of a pasted link the server too; of a typed code only the code. */
export function readTyped(typed: string): { token: string; server: string | null } {
  const text = typed.trim();
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return { token: text, server: null };
  return { token: text, server: new URL(text).origin };
}
