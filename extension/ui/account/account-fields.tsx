/** Whose account, and where: the two fields that begin every way to it. */
import { type Signal, useSignal } from '@preact/signals';
import { t } from '../../shared/i18n.ts';
import { DEFAULT_SERVER, serverOrigin } from '../../shared/server-address.ts';
import { TextField } from '../parts/index.ts';
import { looksLikeEmail } from './address.ts';

export interface AccountAddress {
  email: string;
  server: string;
}

export interface AccountForm {
  email: Signal<string>;
  server: Signal<string>;
  errors: Signal<{ email?: string; server?: string }>;
  /** What was typed, or null with the errors shown. */
  read: () => AccountAddress | null;
}

export function useAccountForm(first: Partial<AccountAddress> = {}): AccountForm {
  const email = useSignal(first.email ?? '');
  const server = useSignal(first.server || DEFAULT_SERVER);
  const errors = useSignal<AccountForm['errors']['value']>({});
  const read = (): AccountAddress | null => {
    const origin = originOf(server.value);
    const wrong: AccountForm['errors']['value'] = {
      ...(!looksLikeEmail(email.value) && { email: t('error_email_invalid') }),
      ...(origin === null && { server: t('error_server_address_invalid') }),
    };
    errors.value = wrong;
    if (wrong.email === undefined && origin !== null) return { email: email.value.trim(), server: origin };
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return null;
  };
  return { email, server, errors, read };
}

interface FieldsProps {
  form: AccountForm;
  emailNote?: string;
  autofocus?: boolean;
  onTyped?: (typed: AccountAddress) => void;
}

export function EmailField({ form, emailNote, autofocus, onTyped }: FieldsProps) {
  const { email, server, errors } = form;
  return (
    <TextField
      label={t('email_address')}
      type="email"
      inputMode="email"
      autocomplete="email"
      value={email.value}
      maxLength={254}
      {...(autofocus && { autofocus })}
      {...(emailNote && { note: emailNote })}
      error={errors.value.email}
      onInput={(value) => {
        email.value = value;
        errors.value = {};
        onTyped?.({ email: value, server: server.value });
      }}
    />
  );
}

export function ServerField({ form, onTyped }: FieldsProps) {
  const { email, server, errors } = form;
  return (
    <TextField
      label={t('server_address')}
      type="url"
      inputMode="url"
      autocomplete="off"
      value={server.value}
      maxLength={300}
      note={t('server_address_note')}
      error={errors.value.server}
      onInput={(value) => {
        server.value = value;
        errors.value = {};
        onTyped?.({ email: email.value, server: value });
      }}
      onBlur={() => {
        // Shown as it will be used: who leaves out the scheme sees which one is meant.
        server.value = originOf(server.value) ?? server.value;
      }}
    />
  );
}

function originOf(typed: string): string | null {
  try {
    return serverOrigin(typed);
  } catch {
    return null;
  }
}
