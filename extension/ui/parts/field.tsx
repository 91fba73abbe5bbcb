import type { ComponentChildren, Ref } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../../shared/i18n.ts';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** A quiet sentence under the field. */
  note?: ComponentChildren;
  /** What is wrong with the value; said with the field by screen readers. */
  error?: string | undefined;
  /** The label is for screen readers only, where the place makes it plain to the eye. */
  hideLabel?: boolean;
  disabled?: boolean;
  readOnly?: boolean;
  required?: boolean;
  autofocus?: boolean;
  autocomplete?: string;
  placeholder?: string;
  maxLength?: number;
  mono?: boolean;
  focusKey?: string;
  onKeyDown?: (event: KeyboardEvent) => void;
  onBlur?: () => void;
}

interface InputProps extends FieldProps {
  type?: 'text' | 'search' | 'email' | 'url' | 'password';
  icon?: IconName;
  large?: boolean;
  inputMode?: 'text' | 'url' | 'email' | 'numeric';
  /** Buttons inside the box, at its end. */
  trailing?: ComponentChildren;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField(props: InputProps) {
  const { type = 'text', icon, large, inputMode, trailing, inputRef, error } = props;
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <div class={['box', large && 'large', error && 'bad'].filter(Boolean).join(' ')}>
        {icon && <Icon name={icon} />}
        <input
          class={props.mono ? 'input mono' : 'input'}
          {...({ type } as { type: 'text' })}
          {...(inputMode && { inputMode })}
          {...(inputRef && { ref: inputRef })}
          {...control(id, props)}
        />
        {trailing}
      </div>
    </Labelled>
  );
}

interface PasswordFieldProps extends Omit<InputProps, 'type'> {
  shown?: boolean;
  onShown?: (on: boolean) => void;
  /** What the button says where the secret is no password: to show it, to hide it. */
  toggleTexts?: readonly [string, string];
}

/** Hidden until Show password is pressed; `shown` is given where one button serves several fields. */
export function PasswordField(props: PasswordFieldProps) {
  const [own, setOwn] = useState(false);
  const shown = props.shown ?? own;
  const hasToggle = props.shown === undefined || props.onShown !== undefined;
  const toggle = (): void => (props.onShown ?? setOwn)(!shown);
  return (
    <TextField
      autocomplete="off"
      {...props}
      mono={shown}
      type={shown ? 'text' : 'password'}
      trailing={
        <>
          {props.trailing}
          {hasToggle && (
            <IconButton
              icon={shown ? 'eye-off' : 'eye'}
              label={props.toggleTexts?.[shown ? 1 : 0] ?? t(shown ? 'hide_password' : 'show_password')}
              focusKey="show-password"
              onClick={toggle}
            />
          )}
        </>
      }
    />
  );
}

export function TextArea(props: FieldProps & { rows?: number; areaRef?: Ref<HTMLTextAreaElement> }) {
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <div class={props.error ? 'box bad' : 'box'}>
        <textarea
          class={props.mono ? 'area mono' : 'area'}
          rows={props.rows ?? 3}
          {...(props.areaRef && { ref: props.areaRef })}
          {...control(id, props)}
        />
      </div>
    </Labelled>
  );
}

const control = (id: string, p: FieldProps) => ({
  id,
  value: p.value,
  onInput: (event: Event) => p.onInput((event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value),
  ...(p.onKeyDown && { onKeyDown: p.onKeyDown }),
  ...(p.onBlur && { onBlur: p.onBlur }),
  disabled: p.disabled ?? false,
  readOnly: p.readOnly ?? false,
  required: p.required ?? false,
  ...(p.maxLength !== undefined && { maxLength: p.maxLength }),
  ...(p.placeholder !== undefined && { placeholder: p.placeholder }),
  autocomplete: p.autocomplete ?? 'off',
  autocapitalize: 'off' as const,
  spellcheck: false,
  'aria-invalid': p.error ? true : undefined,
  'aria-describedby': [p.note && `${id}-note`, p.error && `${id}-error`].filter(Boolean).join(' ') || undefined,
  'data-autofocus': p.autofocus ? '' : undefined,
  'data-focus': p.focusKey,
});

export function Labelled(props: {
  id: string;
  label: string;
  hideLabel?: boolean;
  note?: ComponentChildren;
  error?: string | undefined;
  children: ComponentChildren;
}) {
  const { id, label, hideLabel, note, error, children } = props;
  return (
    <div class="field">
      <label class={hideLabel ? 'hidden-text' : 'field-label'} for={id}>
        {label}
      </label>
      {children}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="warning" small />
          {error}
        </p>
      )}
      {note && (
        <div class="field-note" id={`${id}-note`}>
          {note}
        </div>
      )}
    </div>
  );
}
