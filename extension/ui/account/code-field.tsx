import type { Signal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { t } from '../../shared/i18n.ts';
import { Button, say, TextField } from '../parts/index.ts';
import { attempt, codeOf } from '../state.ts';

/** What is wrong with a mailed code before anybody is asked, or null. */
export function codeTypo(typed: string): string | null {
  if (typed.trim() === '') return t('code_missing');
  return typed.replace(/[\s-]/g, '').length === 10 ? null : t('code_wrong');
}

/** What is wrong with a mailed code by the server's word; null where the failure is another one. */
export function codeProblem(failure: unknown): string | null {
  const why = codeOf(failure);
  if (why === 'expired-code') return t('code_expired');
  return why === 'denied' ? t('code_wrong') : null;
}

/** The code that the server mailed, and the way to another one. */
export function CodeField(props: {
  code: Signal<string>;
  error?: string | undefined;
  onAgain: () => Promise<unknown>;
  autofocus?: boolean;
  onTyped?: () => void;
}) {
  const { code, error, onAgain, autofocus, onTyped } = props;
  const sending = useSignal(false);
  const again = async (): Promise<void> => {
    sending.value = true;
    const done = await attempt(onAgain);
    sending.value = false;
    if (done) say(t('code_sent_again'));
  };
  return (
    <div class="stack tight">
      <TextField
        label={t('code_from_mail')}
        value={code.value}
        mono
        maxLength={40}
        autocomplete="one-time-code"
        {...(autofocus && { autofocus })}
        note={t('code_note')}
        error={error}
        onInput={(value) => {
          code.value = value;
          onTyped?.();
        }}
      />
      <div>
        <Button kind="quiet" inset icon="refresh" disabled={sending.value} onClick={() => void again()}>
          {t('send_again')}
        </Button>
      </div>
    </div>
  );
}
