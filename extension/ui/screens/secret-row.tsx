import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ItemId, SecretRef } from '../../shared/api.ts';
import { copySecret } from '../items/actions.ts';
import { CopyRow, IconButton } from '../parts/index.ts';
import { attempt, ui } from '../state.ts';
import { Dots, SecretText } from './secret-text.tsx';

interface SecretRowProps {
  id: ItemId;
  secret: SecretRef;
  label: string;
  copyLabel: string;
  showLabel: string;
  hideLabel: string;
  /** How it is laid out once it is shown, where that is not as a password. */
  draw?: (value: string) => ComponentChildren;
}

/** A secret that copies on click without being shown, and is fetched only when it is to be read. */
export function SecretRow({ id, secret, label, copyLabel, showLabel, hideLabel, draw }: SecretRowProps) {
  const [value, setValue] = useState<string | null>(null);
  const toggle = (): void => {
    if (value !== null) setValue(null);
    else void attempt(async () => setValue(await ui.reveal({ id, secret })));
  };
  return (
    <CopyRow
      label={label}
      copyLabel={copyLabel}
      onCopy={() => copySecret(id, secret)}
      focusKey={`copy-${secret}`}
      trailing={
        <IconButton
          icon={value === null ? 'eye' : 'eye-off'}
          label={value === null ? showLabel : hideLabel}
          onClick={toggle}
          focusKey={`show-${secret}`}
        />
      }
    >
      {value === null ? <Dots /> : draw ? draw(value) : <SecretText value={value} />}
    </CopyRow>
  );
}
