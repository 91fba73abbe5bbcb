import type { Signal } from '@preact/signals';
import { t } from '../../shared/i18n.ts';
import { strengthOf } from '../items/entropy-words.ts';
import { choice, choose, type GeneratorChoice } from '../items/generator-choice.ts';
import { useGenerated } from '../items/use-generated.ts';
import { IconButton, Meter } from '../parts/index.ts';
import { CharacterOptions, PassphraseOptions } from './generator-options.tsx';
import { SecretText } from './secret-text.tsx';

/** Makes a password into `value`: the result on top, then how it is made. */
export function GeneratorPanel({ value }: { value: Signal<string> }) {
  const { bits, possible, again } = useGenerated(value);
  const now = choice.value;
  const modes: { mode: GeneratorChoice['mode']; label: string }[] = [
    { mode: 'characters', label: t('generator_characters') },
    { mode: 'passphrase', label: t('generator_passphrase') },
  ];
  return (
    <div class="stack">
      <div class="card padded stack tight">
        <div class="line top generated">
          <div class="grow generated-value" role="group" aria-label={t('generator_result')}>
            <SecretText value={value.value} />
          </div>
          <IconButton icon="refresh" label={t('generator_again')} onClick={again} />
        </div>
        {possible ? (
          <Meter label={t('generator_strength')} {...strengthOf(bits)} />
        ) : (
          <p class="field-error">{t('generator_choose_one')}</p>
        )}
      </div>
      <div class="segments" role="radiogroup" aria-label={t('generator_kind')}>
        {modes.map(({ mode, label }) => (
          <label key={mode}>
            <input type="radio" name="generator-kind" checked={now.mode === mode} onChange={() => choose({ ...now, mode })} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {now.mode === 'characters' ? (
        <CharacterOptions options={now.characters} onChange={(characters) => choose({ ...now, characters })} />
      ) : (
        <PassphraseOptions options={now.passphrase} onChange={(passphrase) => choose({ ...now, passphrase })} />
      )}
    </div>
  );
}
