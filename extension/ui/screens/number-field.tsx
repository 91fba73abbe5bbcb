import { useId } from 'preact/hooks';
import { number } from '../../shared/i18n.ts';

interface NumberFieldProps {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
  disabled?: boolean;
}

/** A slider with its value in figures beside the label. */
export function Slider({ label, value, min, max, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <div class="line between">
        <label class="field-label" for={id}>
          {label}
        </label>
        <span class="strong" aria-hidden="true">
          {number(value)}
        </span>
      </div>
      <input
        id={id}
        class="slider"
        type="range"
        min={min}
        max={max}
        value={value}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}

/** A small number with its label before it. Out of range is brought back into it. */
export function NumberField({ label, value, min, max, onChange, disabled }: NumberFieldProps) {
  const id = useId();
  const put = (typed: number): void => {
    if (Number.isFinite(typed)) onChange(Math.max(min, Math.min(max, Math.round(typed))));
  };
  return (
    <div class="line between number-field">
      <label for={id}>{label}</label>
      <span class="box">
        <input
          id={id}
          class="input"
          type="number"
          min={min}
          max={max}
          value={value}
          disabled={disabled ?? false}
          onInput={(event) => put(event.currentTarget.valueAsNumber)}
        />
      </span>
    </div>
  );
}
