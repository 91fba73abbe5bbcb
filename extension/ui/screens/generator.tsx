import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { dateTime, t } from '../../shared/i18n.ts';
import { copyText } from '../items/actions.ts';
import { Button, Card, CopyRow, Screen, Section } from '../parts/index.ts';
import { attempt, ui } from '../state.ts';
import { GeneratorPanel } from './generator-panel.tsx';
import { SecretText } from './secret-text.tsx';

export function GeneratorScreen() {
  const value = useSignal('');
  const history = useSignal<{ value: string; at: number }[]>([]);
  const loadHistory = async (): Promise<void> => {
    history.value = await ui.generatorHistory();
  };
  useEffect(() => void attempt(loadHistory), []);
  const copy = async (): Promise<void> => {
    // Into the history first: what was copied and then lost can be found there.
    const kept = await attempt(async () => {
      await ui.rememberGenerated({ value: value.value });
      await loadHistory();
    });
    if (kept) await copyText(value.value);
  };
  return (
    <Screen
      title={t('generator_title')}
      foot={
        <Button kind="primary" full icon="copy" disabled={value.value === ''} onClick={() => void copy()}>
          {t('generator_copy')}
        </Button>
      }
    >
      <div class="stack wide">
        <GeneratorPanel value={value} />
        <Section title={t('generator_history')}>
          {history.value.length === 0 ? (
            <p class="quiet">{t('generator_history_empty')}</p>
          ) : (
            <Card>
              {history.value.map((old) => (
                <CopyRow
                  key={`${old.at}${old.value}`}
                  label={dateTime(old.at)}
                  copyLabel={t('generator_history_copy')}
                  onCopy={() => copyText(old.value)}
                >
                  <SecretText value={old.value} />
                </CopyRow>
              ))}
            </Card>
          )}
        </Section>
      </div>
    </Screen>
  );
}
