import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { BackupInfo, Opener } from '../../shared/api.ts';
import { date, errorText, number, t } from '../../shared/i18n.ts';
import { CeremonyError } from '../ceremony-failure.ts';
import { failureText, passkeyOpener } from '../parts/biometric.ts';
import { Button, Card, ListRow, PasswordField, Progress, Section, TextField } from '../parts/index.ts';
import { withPassword } from '../parts/open-password.ts';
import { codeOf, inTab } from '../state.ts';
import { reachable } from '../webauthn.ts';

interface Props {
  info: BackupInfo;
  /** False while another vault lies here locked: the file can be looked at, not opened. */
  canOpen: boolean;
  onOpen: (opener: Opener) => Promise<void>;
  /** What the buttons say where the file is no backup. */
  texts?: { open: string; code: string; passkey: string };
}

/** What the file is and which secrets open it, each with its date; then the fields for them. */
export function BackupSecret({ info, canOpen, onOpen, texts }: Props) {
  const password = useSignal('');
  const code = useSignal('');
  const wrong = useSignal<{ password?: string; code?: string; passkey?: string }>({});
  const busy = useSignal(false);
  const job = useRef<AbortController>(undefined);
  useEffect(() => () => job.current?.abort(), []);
  const keys = reachable(info.passkeys);

  const run = async (by: 'password' | 'code' | 'passkey', work: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    wrong.value = {};
    const mine = new AbortController();
    job.current = mine;
    try {
      await work(mine.signal);
    } catch (failure) {
      if (!mine.signal.aborted) wrong.value = { [by]: textOf(failure, by) };
    } finally {
      busy.value = false;
    }
  };
  const byPassword = (event: SubmitEvent): void => {
    event.preventDefault();
    void run('password', (signal) => withPassword(password.value, info.passwordSlots, signal, onOpen));
  };
  const byCode = (event: SubmitEvent): void => {
    event.preventDefault();
    void run('code', () => onOpen({ by: 'recovery', code: code.value }));
  };

  return (
    <div class="stack">
      <BackupFacts info={info} />
      {canOpen && (
        <>
          <form class="stack tight" onSubmit={byPassword}>
            <PasswordField
              label={t('master_password')}
              value={password.value}
              onInput={(value) => {
                password.value = value;
              }}
              error={wrong.value.password}
              autofocus
            />
            <Button type="submit" kind="primary" full disabled={busy.value || password.value === ''}>
              {texts?.open ?? t('backup_open')}
            </Button>
          </form>
          {busy.value && <Progress text={t('backup_opening')} onCancel={() => job.current?.abort()} />}
          {info.recovery && (
            <form class="stack tight" onSubmit={byCode}>
              <TextField
                label={t('recovery_code')}
                value={code.value}
                onInput={(value) => {
                  code.value = value;
                }}
                mono
                maxLength={80}
                error={wrong.value.code}
              />
              <Button type="submit" full disabled={busy.value || code.value.trim() === ''}>
                {texts?.code ?? t('backup_open_code')}
              </Button>
            </form>
          )}
          {keys.length > 0 && inTab.value && (
            <Button
              full
              icon="fingerprint"
              disabled={busy.value}
              onClick={() => void run('passkey', async (signal) => onOpen(await passkeyOpener(info.passkeys, signal)))}
            >
              {texts?.passkey ?? t('backup_open_biometrics')}
            </Button>
          )}
          {wrong.value.passkey && <p class="field-error">{wrong.value.passkey}</p>}
        </>
      )}
    </div>
  );
}

/** A vault that was fetched from an account says, while closed, only what its header says: no date. */
const opensWith = ({ passwordSetAt }: BackupInfo): string =>
  passwordSetAt === 0 ? t('backup_opens_password_then') : t('backup_opens_password', date(passwordSetAt));

/** Before any secret is asked for: what is in it, and what opens it. */
export function BackupFacts({ info }: { info: BackupInfo }) {
  const keys = reachable(info.passkeys);
  return (
    <Section title={t('backup_is')}>
      <Card list>
        <li>
          <ListRow
            roomy
            icon="download"
            title={info.vaultName || t('vault_unnamed')}
            detail={t('backup_saved_items', date(info.savedAt), number(info.itemCount))}
          />
        </li>
        <li>
          <ListRow roomy icon="key" title={opensWith(info)} detail={info.hint === '' ? t('hint_none') : t('backup_hint', info.hint)} />
        </li>
        {info.recovery && (
          <li>
            <ListRow
              roomy
              icon="code"
              title={info.recoveryCreatedAt === null ? t('backup_opens_code') : t('backup_opens_code_date', date(info.recoveryCreatedAt))}
            />
          </li>
        )}
        {keys.length > 0 && (
          <li>
            <ListRow roomy icon="fingerprint" title={t('backup_opens_passkey')} />
          </li>
        )}
      </Card>
    </Section>
  );
}

function textOf(failure: unknown, by: 'password' | 'code' | 'passkey'): string {
  if (failure instanceof CeremonyError) return failureText(failure.failure);
  const code = codeOf(failure);
  if (code === 'not-found') return t('backup_again');
  if (code !== 'wrong-secret') return errorText(code);
  return by === 'password' ? t('backup_wrong_password') : by === 'code' ? t('wrong_recovery_code') : failureText('key-changed');
}
