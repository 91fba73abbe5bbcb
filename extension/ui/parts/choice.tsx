import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Labelled } from './field.tsx';
import { Icon } from './icon.tsx';

export interface Option<T extends string> {
  value: T;
  label: string;
  /** A quiet second line; for a disabled option, the reason. */
  detail?: string;
  disabled?: boolean;
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  note?: string;
  hideLabel?: boolean;
  disabled?: boolean;
  focusKey?: string;
}

/** The browser's own list: role combobox, and the keyboard that everyone's system teaches. */
export function Select<T extends string>(props: ChoiceProps<T>) {
  const { value, options, onChange, note, disabled, focusKey } = props;
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <div class="box select-box">
        <select
          id={id}
          class="select"
          value={value}
          disabled={disabled ?? false}
          aria-describedby={note ? `${id}-note` : undefined}
          data-focus={focusKey}
          onChange={(event) => onChange(event.currentTarget.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled ?? false} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" small />
      </div>
    </Labelled>
  );
}

export function RadioGroup<T extends string>({ label, value, options, onChange, hideLabel }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div class="field">
      <span class={hideLabel ? 'hidden-text' : 'field-label'} id={id}>
        {label}
      </span>
      <div class="choices" role="radiogroup" aria-labelledby={id}>
        {options.map((option) => (
          <label key={option.value} class={option.disabled ? 'choice off' : 'choice'}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled ?? false}
              aria-labelledby={`${id}-${option.value}`}
              aria-describedby={option.detail ? `${id}-${option.value}-d` : undefined}
              onChange={() => onChange(option.value)}
            />
            <span class="choice-text">
              <span id={`${id}-${option.value}`}>{option.label}</span>
              {option.detail && (
                <span class="field-note" id={`${id}-${option.value}-d`}>
                  {option.detail}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}

export function Checkbox(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  note?: ComponentChildren;
  disabled?: boolean;
}) {
  const { label, checked, onChange, note, disabled } = props;
  const id = useId();
  return (
    <label class={disabled ? 'choice plain off' : 'choice plain'}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled ?? false}
        aria-labelledby={id}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class="choice-text">
        <span id={id}>{label}</span>
        {note && (
          <span class="field-note" id={`${id}-note`}>
            {note}
          </span>
        )}
      </span>
    </label>
  );
}
