/** What the person types to name an account: an e-mail address and a server's address. */

/** The server as a person would say it: "sesame.example", with its port where it has one. */
export function hostOf(server: string): string {
  try {
    return new URL(server).host;
  } catch {
    return server;
  }
}

/** Only what is surely no address: the server has the last word. */
export const looksLikeEmail = (typed: string): boolean => /^[^\s@,"<>]+@[^\s@,"<>]+\.?[^\s@,"<>]*$/.test(typed.trim());
