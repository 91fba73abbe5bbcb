/** What the field that somebody is in is for, by the engine's understanding of its page: the same whether locked or open (S-78). */
import type { SettingsView } from '../shared/api.ts';
import type { FieldKind } from '../shared/field.ts';
import type { Snapshot } from '../shared/page.ts';
import { seemsUnlocked } from './autolock.ts';
import { run } from './engine.ts';

/** Answer of `Engine.understand`. */
interface Understanding {
  fields: { role: string; score: number }[];
  groups: { purpose: string; score: number }[];
}

const LOGIN = /^(username|current-password)$/;
const NEW = /^(new-password|confirm-password)$/;
const CARD = /^cc-/;
const PERSON = /^(email|tel|name|given-name|additional-name|family-name|organization|bday|sex|address-|postal-code|country)/;
/** Where an address or a name is asked for as such; elsewhere such a field is none of Sesame's business. */
const PERSONAL = /^(address|card|signup|newsletter|other)$/;
const ACCOUNT = /^(login|signup|login-or-signup|change|reset-request|reauth)/;
/** What a person types to sign in, to sign up or to change a password. */
const WATCHED = /^(username|email|tel|current-password|new-password|confirm-password)$/;

/** Null in a browser without a vault: there is nothing to offer. */
export const understand = (snapshot: Snapshot): Promise<Understanding | null> =>
  run(({ engine, state }) => (state === 'absent' ? null : (JSON.parse(engine.understand(JSON.stringify(snapshot))) as Understanding)));

export function kindOf(snapshot: Snapshot, known: Understanding | null): { kind: FieldKind | null; watch: number[] } {
  if (!known) return { kind: null, watch: [] };
  const watch = known.fields.flatMap(({ role }, at) => (WATCHED.test(role) ? [at] : [])).slice(0, 40);
  const at = snapshot.focused ?? -1;
  const role = known.fields[at]?.role ?? 'none';
  const purpose = known.groups[snapshot.fields[at]?.group ?? -1]?.purpose ?? 'other';
  return { kind: kindFor(role, purpose), watch };
}

function kindFor(role: string, purpose: string): FieldKind | null {
  if (LOGIN.test(role)) return 'login';
  if (NEW.test(role)) return 'new-password';
  if (role === 'otp') return 'code';
  if (CARD.test(role)) return 'card';
  if (/^(email|tel)$/.test(role) && ACCOUNT.test(purpose)) return 'login';
  return PERSON.test(role) && PERSONAL.test(purpose) ? 'identity' : null;
}

/** Outside of the vault, because an icon that comes back whenever Sesame is locked was not switched off. */
export async function iconWanted(): Promise<boolean> {
  const { noIcon } = (await chrome.storage.local.get('noIcon')) as { noIcon?: boolean };
  if (!(await seemsUnlocked())) return noIcon !== true;
  const icon = await run(({ engine, state }) => {
    const { filling } = state === 'unlocked' ? (JSON.parse(engine.settings()) as Partial<SettingsView>) : {};
    return (filling as { icon?: boolean } | undefined)?.icon ?? noIcon !== true;
  }).catch(() => true);
  if (icon === (noIcon === true)) await chrome.storage.local.set({ noIcon: !icon });
  return icon;
}
