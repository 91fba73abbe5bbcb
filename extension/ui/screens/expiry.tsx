import { monthYear, t } from '../../shared/i18n.ts';
import { type Expiry, expiryState } from '../items/cards.ts';
import { Badge } from '../parts/index.ts';

/** What there is to say of a card's last month; nothing while it is far off. */
export function expiryText(expiry: Expiry | null): string | null {
  const state = expiry && expiryState(expiry);
  if (!expiry || !state) return null;
  if (state === 'expired') return t('card_expired', monthYear(expiry.year, expiry.month));
  return t(state === 'this-month' ? 'card_expires_this_month' : 'card_expires_next_month');
}

export function ExpiryBadge({ expiry }: { expiry: Expiry | null }) {
  const text = expiryText(expiry);
  return text === null ? null : <Badge kind="warn">{text}</Badge>;
}
