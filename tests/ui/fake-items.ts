/** Items of make-believe for tests/ui/fake.ts. */
import type { ItemEdit, ItemSummary, ItemView } from '../../extension/shared/api.ts';

const NAMES: [string, string, ItemSummary['kind']][] = [
  ['GitHub', 'alice@example.org', 'login'],
  ['Proton Mail', 'alice.rossi', 'login'],
  ['Wikipedia', 'Alice R.', 'login'],
  ['Travel card', 'Visa ending 4242', 'card'],
  ['Alice Rossi', 'Home address', 'identity'],
  ['Bank of the North', '0048 2291', 'login'],
  ['Wi-Fi at home', 'Secure note', 'note'],
  ['Library', 'a.rossi', 'login'],
  ['Zucchini seeds shop', 'alice+garden@example.org', 'login'],
  ['Mastodon', '@alice@social.example', 'login'],
  ['Ärzteverein', 'rossi', 'login'],
  ['Old forum', 'seedling', 'login'],
];

export const items = (count: number): ItemSummary[] =>
  Array.from({ length: count }, (_, n) => {
    const [name, detail, kind] = NAMES[n % NAMES.length] ?? ['', '', 'login'];
    return {
      id: `a${n}`,
      kind,
      name: n < NAMES.length ? name : `${name} ${n}`,
      detail,
      host: 'github.com',
      favourite: n === 1,
      tags: n === 0 ? ['work'] : [],
      hasPassword: kind === 'login',
      hasTotp: n === 0,
      modifiedAt: 0,
      deletedAt: null,
      expires: kind === 'card' ? soon() : null,
    };
  });

/** This month: a card that is worth a word. */
const soon = (): string => new Date().toISOString().slice(0, 7);

/** Which made-up item an id stands for decides what its page holds. */
const nth = (id: string): number => Number(id.slice(1)) % NAMES.length;

export const itemView = (id: string, now: number): ItemView => {
  const base = loginView(id, now);
  const [name, , kind] = NAMES[nth(id)] ?? ['', '', 'login'];
  const bare = {
    ...base,
    kind,
    name,
    username: '',
    hasPassword: false,
    websites: [],
    totp: null,
    notes: '',
    custom: [],
    history: [],
    others: [],
  };
  if (kind === 'card') {
    const fields = { cardholder: 'Alice Rossi', cardNumber: '', expiryMonth: '09', expiryYear: '2029', securityCode: '' };
    return { ...bare, fields, secretKeys: ['cardNumber', 'securityCode'] };
  }
  if (kind === 'identity') {
    const fields = {
      givenName: 'Alice',
      familyName: 'Rossi',
      email: 'alice@example.org',
      street: 'Via Roma 1',
      postalCode: '10121',
      city: 'Torino',
    };
    return { ...bare, fields: { ...fields, idNumber: '' }, secretKeys: ['idNumber'] };
  }
  return kind === 'note' ? { ...bare, notes: 'Network: Garden\nThe router is behind the books.' } : base;
};

const loginView = (id: string, now: number): ItemView => ({
  id,
  kind: 'login',
  name: 'GitHub',
  username: 'alice@example.org',
  hasPassword: true,
  passwordChangedAt: now - 40 * 86_400_000,
  websites: [{ url: 'https://github.com', match: 'host' }],
  totp: { digits: 6, periodSeconds: 30 },
  notes: 'Recovery codes are in the drawer.',
  custom: [
    { name: 'Team', kind: 'text', value: 'Garden' },
    { name: 'Phone PIN', kind: 'hidden', value: '' },
  ],
  fields: {},
  secretKeys: [],
  tags: ['work'],
  favourite: false,
  createdAt: now - 400 * 86_400_000,
  modifiedAt: now - 40 * 86_400_000,
  deletedAt: null,
  history: [{ index: 0, replacedAt: now - 40 * 86_400_000 }],
  others: [{ index: 0, field: 'username', at: now - 3 * 86_400_000 }],
});

export const itemEdit = (id: string): ItemEdit => ({
  id,
  kind: 'login',
  name: 'GitHub',
  username: 'alice@example.org',
  password: 'oD4!kel-8mR0',
  websites: [{ url: 'https://github.com', match: 'host' }],
  totp: '',
  notes: '',
  custom: [],
  fields: {},
  tags: [],
  favourite: false,
});
