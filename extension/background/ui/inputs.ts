/** The shapes of what pages may send, with their limits. FORMAT.md's limits are the engine's; these keep nonsense out. */
import type { Upload } from '../../shared/account.ts';
import type {
  CustomField,
  FillingSettings,
  GeneratorOptions,
  ItemEdit,
  ListQuery,
  NewPassword,
  Opener,
  PasskeyEnrolment,
  Prefs,
  Website,
} from '../../shared/api.ts';
import { b64, flag, id, list, oneOf, optional, orNull, shape, text, texts, variant, whole } from '../check.ts';

const LONG = 128 * 1024;
export const kdfId = oneOf(1, 2, 3);
export const salt = b64(32);
export const secret32 = b64(32);
export const handle = text(36, /^[0-9a-f-]{36}$/);
export const hint = text(400);
export const vaultName = text(200);
export const newPassword = shape<NewPassword>({ kdfId, salt, stretched: secret32, hint });
/** What the auth worker made of it for the account. */
export const accountPassword = shape<Upload & { signOutOthers: boolean }>({ upload: b64(192), serverKey: b64(32), signOutOthers: flag });
export const lockAfter = oneOf(1, 5, 15, 60, 0);
/** A recovery code as typed: blanks, dashes and either case; the engine reads it. */
export const code = text(200);
export const secretRef = text(60, /^[A-Za-z]+(:\d{1,4})?$/);
export const tabId = whole(0, Number.MAX_SAFE_INTEGER);

export const prefs = shape<Prefs>({
  theme: oneOf('system', 'light', 'dark'),
  language: oneOf('system', 'en', 'it'),
});

export const opener = variant<Opener>('by', {
  password: shape({ by: oneOf('password'), slotId: id, stretched: secret32 }),
  recovery: shape({ by: oneOf('recovery'), code }),
  passkey: shape({ by: oneOf('passkey'), slotId: id, prf: secret32 }),
});
export const proof = orNull(opener);

export const enrolment = shape<PasskeyEnrolment>({
  credentialId: b64(1, 1023),
  salt,
  prf: secret32,
  backupEligible: flag,
  synced: flag,
  name: text(200),
});

const kind = oneOf('login', 'card', 'identity', 'note');

export const listQuery = shape<ListQuery>({
  text: text(1000),
  in: oneOf('items', 'bin'),
  kind: optional(kind),
  tag: optional(text(1000)),
  favourites: optional(flag),
  offset: whole(0, 1_000_000),
  limit: whole(0, 1_000_000),
});

const website = shape<Website>({
  url: text(8192),
  match: oneOf('site', 'host', 'exact', 'starts-with', 'regex', 'never'),
});
const custom = shape<CustomField>({
  name: text(1000),
  kind: oneOf('text', 'hidden', 'boolean'),
  value: text(LONG),
});

export const itemEdit = shape<ItemEdit>({
  id: text(32, /^([0-9a-f]{32})?$/) as (value: unknown) => ItemEdit['id'],
  kind,
  name: text(4000),
  username: text(LONG),
  password: text(LONG),
  websites: list(website, 200),
  totp: text(8192),
  notes: text(LONG),
  custom: list(custom, 200),
  fields: texts(100, LONG),
  tags: list(text(1000), 200),
  favourite: flag,
});

export const generator = variant<GeneratorOptions>('mode', {
  characters: shape({
    mode: oneOf('characters'),
    length: whole(1, 1000),
    lower: flag,
    upper: flag,
    digits: flag,
    symbols: flag,
    avoidAmbiguous: flag,
    minDigits: whole(0, 1000),
    minSymbols: whole(0, 1000),
  }),
  passphrase: shape({
    mode: oneOf('passphrase'),
    words: whole(1, 100),
    separator: text(20),
    capitalise: flag,
    digit: flag,
  }),
});

const domain = text(253);
export const fillingSettings = shape<FillingSettings>({
  icon: flag,
  copyCode: flag,
  equivalents: list(list(domain, 20), 50),
  builtInOff: list(domain, 200),
  never: list(text(300), 2000),
});
