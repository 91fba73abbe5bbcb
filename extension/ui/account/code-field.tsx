import type { Signal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { t } from '../../shared/i18n.ts';
import { Button, say, TextField } from '../parts/index.ts';
import { attempt } from '../state.ts';

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
