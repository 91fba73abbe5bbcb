import { type PluralKey, plural, type TextKey, t } from '../../shared/i18n.ts';
import { type CrackTime, crackTime, type Grade, grade } from './entropy.ts';

const GRADE: Record<Grade, { text: TextKey; score: 1 | 2 | 3 | 4 }> = {
  weak: { text: 'generator_grade_weak', score: 1 },
  fair: { text: 'generator_grade_fair', score: 2 },
  strong: { text: 'generator_grade_strong', score: 3 },
  'very-strong': { text: 'generator_grade_very_strong', score: 4 },
};

const CRACK: Record<Extract<CrackTime, { count: number }>['unit'], PluralKey> = {
  minutes: 'generator_crack_minutes',
  hours: 'generator_crack_hours',
  days: 'generator_crack_days',
  years: 'generator_crack_years',
  centuries: 'generator_crack_centuries',
};

/** The strength of a generated password, for a meter. */
export function strengthOf(bits: number): { score: 1 | 2 | 3 | 4; text: string; more: string } {
  const { text, score } = GRADE[grade(bits)];
  return { score, text: `${t(text)}: ${t('generator_bits', Math.floor(bits))}.`, more: crackText(crackTime(bits)) };
}

function crackText(time: CrackTime): string {
  if ('count' in time) return plural(CRACK[time.unit], time.count);
  return t(time.unit === 'ages' ? 'generator_crack_ages' : 'generator_crack_moments');
}
