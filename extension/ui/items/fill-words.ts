import type { FillOutcome, FillRefusal } from '../../shared/api.ts';
import { plural, type TextKey, t } from '../../shared/i18n.ts';

const REFUSED: Record<FillRefusal, TextKey> = {
  'no-page': 'fill_no_page',
  'no-form': 'fill_no_form',
  'no-match': 'fill_no_match',
  'cross-origin-frame': 'fill_cross_origin_frame',
  'insecure-page': 'fill_insecure_page',
  'opaque-origin': 'fill_opaque_origin',
  'page-changed': 'fill_page_changed',
  'not-visible': 'fill_not_visible',
  'page-not-reachable': 'fill_page_not_reachable',
};

/** Why nothing was filled, and what to do about it. */
export function refusalText(outcome: Extract<FillOutcome, { result: 'refused' }>): string {
  return t(REFUSED[outcome.reason], outcome.origin);
}

export function filledText(outcome: Extract<FillOutcome, { result: 'filled' }>): string {
  return outcome.next === 'next-step' ? t('fill_filled_next') : plural('fill_filled', outcome.fields);
}

/** What is unusual about the form, with the page's origin in it; the target is shown on its own. */
export function confirmText(outcome: Extract<FillOutcome, { result: 'confirm' }>): string {
  if (outcome.reason === 'cross-origin-frame') return t('fill_confirm_frame');
  return t(outcome.reason === 'method-get' ? 'fill_confirm_get' : 'fill_confirm_action', outcome.origin);
}
