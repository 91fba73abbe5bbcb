import { type TextKey, t } from '../../shared/i18n.ts';
import { IMPORT_PROBLEMS, type ImportFormat, type ImportProblem, type ImportRefusal } from '../tools.ts';

/** Names of products are the same in every language; only the plain table needs words. */
const FORMAT: Record<Exclude<ImportFormat, 'csv'>, string> = {
  'sesame-json': 'Sesame (JSON)',
  'sesame-csv': 'Sesame (CSV)',
  'bitwarden-json': 'Bitwarden (JSON)',
  '1password-1pux': '1Password (1PUX)',
  'keepass-xml': 'KeePass (XML)',
  'chrome-csv': 'Chrome, Edge (CSV)',
  'firefox-csv': 'Firefox (CSV)',
  'safari-csv': 'Safari (CSV)',
  'bitwarden-csv': 'Bitwarden (CSV)',
  '1password-csv': '1Password (CSV)',
  'lastpass-csv': 'LastPass (CSV)',
  'keepass-csv': 'KeePass (CSV)',
  'proton-csv': 'Proton Pass (CSV)',
  'dashlane-csv': 'Dashlane (CSV)',
  'nordpass-csv': 'NordPass (CSV)',
};

const PROBLEM: Record<ImportProblem, TextKey> = {
  unreadable: 'import_problem_unreadable',
  empty: 'import_problem_empty',
  'too-large': 'import_problem_too_large',
  'too-many': 'import_problem_too_many',
  deleted: 'import_problem_deleted',
  'odd-code': 'import_problem_odd_code',
  'odd-address': 'import_problem_odd_address',
  'other-kind': 'import_problem_other_kind',
  attachment: 'import_problem_attachment',
  passkey: 'import_problem_passkey',
};

const REFUSAL: Record<ImportRefusal, TextKey> = {
  empty: 'import_refused_empty',
  'not-recognised': 'import_refused_not_recognised',
  encrypted: 'import_refused_encrypted',
  'not-text': 'import_refused_not_text',
  damaged: 'import_refused_damaged',
};

export function formatName(format: ImportFormat): string {
  return format === 'csv' ? t('import_format_csv') : FORMAT[format];
}

/** The engine's own refusals of single items come as texts as well; what is unknown here is "unreadable". */
export function problemText(reason: string): string {
  return t(PROBLEM[IMPORT_PROBLEMS.find((known) => known === reason) ?? 'unreadable']);
}

/** Why nothing of a file could be used. The vault is as it was. */
export function refusalText(reason: ImportRefusal): string {
  return t(REFUSAL[reason]);
}
