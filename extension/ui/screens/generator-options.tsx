import { t } from '../../shared/i18n.ts';
import { type Characters, LENGTHS, MINIMUMS, type Passphrase, WORDS } from '../items/generator-choice.ts';
import { Checkbox, Select } from '../parts/index.ts';
import { NumberField, Slider } from './number-field.tsx';

interface OptionsProps<T> {
  options: T;
  onChange: (options: T) => void;
}

export function CharacterOptions({ options, onChange }: OptionsProps<Characters>) {
  const put = (change: Partial<Characters>): void => onChange({ ...options, ...change });
  return (
    <div class="stack tight">
      <Slider label={t('generator_length')} value={options.length} {...LENGTHS} onChange={(length) => put({ length })} />
      <div>
        <Checkbox label={t('generator_lower')} checked={options.lower} onChange={(lower) => put({ lower })} />
        <Checkbox label={t('generator_upper')} checked={options.upper} onChange={(upper) => put({ upper })} />
        <Checkbox label={t('generator_digits')} checked={options.digits} onChange={(digits) => put({ digits })} />
        <Checkbox label={t('generator_symbols')} checked={options.symbols} onChange={(symbols) => put({ symbols })} />
        <Checkbox
          label={t('generator_ambiguous')}
          checked={options.avoidAmbiguous}
          onChange={(avoidAmbiguous) => put({ avoidAmbiguous })}
        />
      </div>
      <NumberField
        label={t('generator_min_digits')}
        value={options.minDigits}
        {...MINIMUMS}
        disabled={!options.digits}
        onChange={(minDigits) => put({ minDigits })}
      />
      <NumberField
        label={t('generator_min_symbols')}
        value={options.minSymbols}
        {...MINIMUMS}
        disabled={!options.symbols}
        onChange={(minSymbols) => put({ minSymbols })}
      />
    </div>
  );
}

export function PassphraseOptions({ options, onChange }: OptionsProps<Passphrase>) {
  const put = (change: Partial<Passphrase>): void => onChange({ ...options, ...change });
  const separators = [
    { value: '-', label: t('generator_separator_hyphen') },
    { value: ' ', label: t('generator_separator_space') },
    { value: '.', label: t('generator_separator_dot') },
    { value: '_', label: t('generator_separator_underscore') },
    { value: '', label: t('generator_separator_none') },
  ];
  return (
    <div class="stack tight">
      <Slider label={t('generator_words')} value={options.words} {...WORDS} onChange={(words) => put({ words })} />
      <Select
        label={t('generator_separator')}
        value={options.separator}
        options={separators}
        onChange={(separator) => put({ separator })}
      />
      <div>
        <Checkbox label={t('generator_capitalise')} checked={options.capitalise} onChange={(capitalise) => put({ capitalise })} />
        <Checkbox label={t('generator_digit')} checked={options.digit} onChange={(digit) => put({ digit })} />
      </div>
    </div>
  );
}
