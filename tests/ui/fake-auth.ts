/** The workers of make-believe: in the place of ui/auth.ts for tests/ui. */
const bytes = new Uint8Array(32);
const soon = <T>(value: T, ms = 30): Promise<T> => new Promise((done) => setTimeout(() => done(value), ms));

export const warmUp = (): void => undefined;
export const coolDown = (): void => undefined;
export const passwordProblemOf = (): null => null;
export const AuthJob = {
  stretch: () => soon(bytes, Number(localStorage.getItem('slow') ?? 30)),
  calibrate: () => soon({ kdfId: 1, salt: 'A'.repeat(43), stretched: bytes }),
  checkHint: (password: string, hint: string) => soon(password !== '' && hint.includes(password) ? 'contains-password' : null),
  hasEdgeSpace: (password: string) => soon(password !== password.trim()),
  passwordProblem: (password: string) => soon(password === '' ? 'empty' : null),
};
