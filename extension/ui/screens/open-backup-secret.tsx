import type { BackupInfo, Opener } from '../../shared/api.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { date, number, t } from '../../shared/i18n.ts';
import { failureText } from '../parts/biometric.ts';
import { Card, ListRow, Section } from '../parts/index.ts';
import { withPassword } from '../parts/open-password.ts';
import { SecretForms, type ShownSecret } from '../parts/secret-forms.tsx';
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
  const show = (secret: ShownSecret, signal: AbortSignal): Promise<unknown> => {
    if (secret.by === 'password') return withPassword(secret.password, info.passwordSlots, signal, onOpen);
    return onOpen(secret.by === 'recovery' ? secret : secret.opener);
  };
  return (
    <div class="stack">
      <BackupFacts info={info} />
      {canOpen && (
        <SecretForms
          texts={{
            password: t('master_password'),
            open: texts?.open ?? t('backup_open'),
            code: t('recovery_code'),
            openByCode: texts?.code ?? t('backup_open_code'),
            openByPasskey: texts?.passkey ?? t('backup_open_biometrics'),
          }}
          hasCode={info.recovery}
          passkeys={info.passkeys}
          onShown={show}
          explain={explain}
        />
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

function explain(code: ErrorCode, by: ShownSecret['by']): string | undefined {
  if (code === 'not-found') return t('backup_again');
  if (code !== 'wrong-secret') return undefined;
  return { password: t('backup_wrong_password'), recovery: t('wrong_recovery_code'), passkey: failureText('key-changed') }[by];
}
