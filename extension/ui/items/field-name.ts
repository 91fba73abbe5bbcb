import { type TextKey, t } from '../../shared/i18n.ts';
import { fieldsOf, KINDS } from './fields.ts';

/** `cardNumber` -> `field_card_number`. */
export const fieldText = (key: string): TextKey => `field_${key.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)}` as TextKey;

/** What a person calls the field that a merge names: `username`, `custom:<name>`, `field:<key>` ... */
export function fieldName(field: string): string {
  const [kind = '', ...rest] = field.split(':');
  const name = rest.join(':');
  if (kind === 'custom') return name;
  if (kind === 'field') {
    const known = KINDS.some((each) => fieldsOf(each).some(({ key }) => key === name));
    return known ? t(fieldText(name)) : name;
  }
  const plain: Partial<Record<string, TextKey>> = {
    name: 'editor_name',
    username: 'item_username',
    password: 'item_password',
    notes: 'item_notes',
    totp: 'history_field_totp',
    websites: 'item_websites',
    kind: 'history_field_kind',
  };
  const key = plain[kind];
  return key ? t(key) : field;
}
