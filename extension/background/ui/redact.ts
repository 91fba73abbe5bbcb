/** Names of form fields whose values are never kept unsealed, wherever in a draft they stand. */
const SECRET_NAME = /pass|repeat|secret|code|pin|totp|stretched|prf|key/i;

/** Null when nothing is left that may be kept. */
export function withoutSecrets(value: string): string | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const kept = JSON.stringify(parsed, (name, held: unknown) => (SECRET_NAME.test(name) ? undefined : held));
  return kept === '{}' ? null : kept;
}
