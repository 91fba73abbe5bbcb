import { type TextKey, t } from '../../shared/i18n.ts';
import { checkOtp, type OtpProblem } from '../items/otp-secret.ts';
import { PasswordField } from '../parts/index.ts';
import type { EditorPart } from './editor-fields.tsx';

const PROBLEM: Record<OtpProblem, TextKey> = {
  character: 'editor_totp_character',
  short: 'editor_totp_short',
  'not-otpauth': 'editor_totp_not_otpauth',
  counter: 'editor_totp_counter',
  'no-secret': 'editor_totp_no_secret',
  options: 'editor_totp_options',
};

/** Judged while it is typed; "too short" waits until saving, since everyone starts short. */
export function EditorCode({ editor, state }: EditorPart) {
  const check = checkOtp(state.item.totp);
  const early = check.state === 'bad' && check.reason === 'short' && editor.reasonOf('totp') === null;
  const error = check.state === 'bad' && !early ? t(PROBLEM[check.reason], check.char ?? '') : undefined;
  const note = check.state === 'good' ? t('editor_totp_good', check.digits, check.period) : t('editor_totp_hint');
  const label = t('editor_totp');
  return (
    <PasswordField
      label={label}
      value={state.item.totp}
      onInput={(totp) => editor.edit({ totp })}
      error={error}
      note={error ? undefined : note}
      toggleTexts={[t('item_show', label), t('item_hide', label)]}
      focusKey="totp"
    />
  );
}
