import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { BackupInfo, Opener } from '../../shared/api.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { errorText, t } from '../../shared/i18n.ts';
import { CeremonyError } from '../ceremony-failure.ts';
import { codeOf, inTab } from '../state.ts';
import { reachable } from '../webauthn.ts';
import { failureText, passkeyOpener } from './biometric.ts';
import { Button } from './button.tsx';
import { PasswordField, TextField } from './field.tsx';
import { Progress } from './progress.tsx';

/** What a person shows to open a vault that is not the one lying here: any one of its secrets. */
export type ShownSecret = { by: 'password'; password: string } | { by: 'recovery'; code: string } | { by: 'passkey'; opener: Opener };
type By = ShownSecret['by'];

interface Props {
  /** Names of the fields, and what the buttons under them say. */
  texts: { password: string; open: string; code: string; openByCode: string; openByPasskey: string };
  /** Whether that vault has, or may have, a recovery code. */
  hasCode: boolean;
  passkeys: BackupInfo['passkeys'];
  onShown: (secret: ShownSecret, signal: AbortSignal) => Promise<unknown>;
  /** What is to be said of a failure in this place; `undefined` for the words that it has everywhere. */
  explain: (code: ErrorCode, by: By) => string | undefined;
}

/** A field for each kind of secret, and what is wrong with one beneath it. Leaving gives the work up. */
export function SecretForms({ texts, hasCode, passkeys, onShown, explain }: Props) {
  const password = useSignal('');
  const code = useSignal('');
  const wrong = useSignal<Partial<Record<By, string>>>({});
  const busy = useSignal(false);
  const job = useRef<AbortController>(undefined);
  useEffect(() => () => job.current?.abort(), []);

  const textOf = (failure: unknown, by: By): string => {
    if (failure instanceof CeremonyError) return failureText(failure.failure);
    const why = codeOf(failure);
    return explain(why, by) ?? errorText(why);
  };
  const run = async (by: By, show: (signal: AbortSignal) => Promise<ShownSecret>): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    wrong.value = {};
    const mine = new AbortController();
    job.current = mine;
    try {
      await onShown(await show(mine.signal), mine.signal);
    } catch (failure) {
      if (!mine.signal.aborted) wrong.value = { [by]: textOf(failure, by) };
    } finally {
      busy.value = false;
    }
  };
  const byPassword = (event: SubmitEvent): void => {
    event.preventDefault();
    void run('password', async () => ({ by: 'password', password: password.value }));
  };
  const byCode = (event: SubmitEvent): void => {
    event.preventDefault();
    void run('recovery', async () => ({ by: 'recovery', code: code.value }));
  };
  const byPasskey = (): void => void run('passkey', async (signal) => ({ by: 'passkey', opener: await passkeyOpener(passkeys, signal) }));

  return (
    <>
      <form class="stack tight" onSubmit={byPassword}>
        <PasswordField
          label={texts.password}
          value={password.value}
          onInput={(value) => {
            password.value = value;
          }}
          error={wrong.value.password}
          autofocus
        />
        <Button type="submit" kind="primary" full disabled={busy.value || password.value === ''}>
          {texts.open}
        </Button>
      </form>
      {busy.value && <Progress text={t('backup_opening')} onCancel={() => job.current?.abort()} />}
      {hasCode && (
        <form class="stack tight" onSubmit={byCode}>
          <TextField
            label={texts.code}
            value={code.value}
            onInput={(value) => {
              code.value = value;
            }}
            mono
            maxLength={80}
            error={wrong.value.recovery}
          />
          <Button type="submit" full disabled={busy.value || code.value.trim() === ''}>
            {texts.openByCode}
          </Button>
        </form>
      )}
      {reachable(passkeys).length > 0 && inTab.value && (
        <Button full icon="fingerprint" disabled={busy.value} onClick={byPasskey}>
          {texts.openByPasskey}
        </Button>
      )}
      {wrong.value.passkey && <p class="field-error">{wrong.value.passkey}</p>}
    </>
  );
}
