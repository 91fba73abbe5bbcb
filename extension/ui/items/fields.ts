import type { ItemEdit, ItemKind } from '../../shared/api.ts';

/** The fields of cards and identities, in the order in which they are asked for and shown. */
export interface FieldSpec {
  key: string;
  secret: boolean;
  /** Short enough to share a line with its neighbour in the editor. */
  half?: true;
  /** Which keys a touch keyboard offers. */
  inputMode?: 'numeric' | 'email';
}

const CARD: readonly FieldSpec[] = [
  { key: 'cardholder', secret: false },
  { key: 'cardNumber', secret: true, inputMode: 'numeric' },
  { key: 'expiryMonth', secret: false, half: true, inputMode: 'numeric' },
  { key: 'expiryYear', secret: false, half: true, inputMode: 'numeric' },
  { key: 'securityCode', secret: true, half: true, inputMode: 'numeric' },
  { key: 'pin', secret: true, half: true, inputMode: 'numeric' },
];

const IDENTITY: readonly FieldSpec[] = [
  { key: 'title', secret: false },
  { key: 'givenName', secret: false, half: true },
  { key: 'familyName', secret: false, half: true },
  { key: 'birthday', secret: false },
  { key: 'email', secret: false, inputMode: 'email' },
  { key: 'phone', secret: false, inputMode: 'numeric' },
  { key: 'organisation', secret: false },
  { key: 'street', secret: false },
  { key: 'city', secret: false, half: true },
  { key: 'region', secret: false, half: true },
  { key: 'postalCode', secret: false, half: true },
  { key: 'country', secret: false, half: true },
  { key: 'idNumber', secret: true },
  { key: 'passportNumber', secret: true },
  { key: 'licenceNumber', secret: true },
  { key: 'taxNumber', secret: true },
];

export const KINDS: readonly ItemKind[] = ['login', 'card', 'identity', 'note'];

export function fieldsOf(kind: ItemKind): readonly FieldSpec[] {
  if (kind === 'card') return CARD;
  return kind === 'identity' ? IDENTITY : [];
}

/** "09/2029"; what there is of it. */
export function expiryOf(fields: Record<string, string>): string {
  return [fields['expiryMonth'], fields['expiryYear']].filter(Boolean).join('/');
}

/** Fields that a newer version wrote and this one has no name for: shown by their key, never lost. */
export function unnamedFields(kind: ItemKind, fields: Record<string, string>): string[] {
  const named = new Set(fieldsOf(kind).map((field) => field.key));
  return Object.keys(fields).filter((key) => !named.has(key));
}

export function blankItem(kind: ItemKind): ItemEdit {
  return {
    id: '',
    kind,
    name: '',
    username: '',
    password: '',
    websites: [],
    totp: '',
    notes: '',
    custom: [],
    fields: {},
    tags: [],
    favourite: false,
  };
}
