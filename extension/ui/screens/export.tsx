import { useSignal } from '@preact/signals';
import type { Opener } from '../../shared/api.ts';
import { errorText, t } from '../../shared/i18n.ts';
import { downloadReadable, downloadVaultFile } from '../parts/download.ts';
import { Button, Card, Notice, problem, Screen, Section, Select, say, TextField } from '../parts/index.ts';
import { needsProof, ProofDialog } from '../parts/proof.tsx';
import { attempt, codeOf, refresh, ui } from '../state.ts';

/** Two ways out: the sealed file, and the readable one behind a warning, a typed word and a fresh proof. */
export function ExportScreen() {
  const readable = useSignal(false);
  const save = (): void => {
    void attempt(async () => {
      const backup = await ui.saveBackup();
      downloadVaultFile(backup);
      say(t('export_saved', backup.fileName));
      await refresh();
    });
  };
  return (
    <Screen title={t('export_title')}>
      <div class="stack wide">
        <Section title={t('export_encrypted_title')}>
          <Card padded>
            <div class="stack tight">
              <p>{t('export_encrypted_text')}</p>
              <div>
                <Button kind="primary" icon="download" onClick={save}>
                  {t('export_save')}
                </Button>
              </div>
            </div>
          </Card>
        </Section>
        <Section title={t('export_readable_title')}>
          {readable.value ? (
            <Readable />
          ) : (
            <Card padded>
              <div class="stack tight">
                <p>{t('export_readable_text')}</p>
                <div>
                  <Button onClick={() => (readable.value = true)}>{t('export_readable_button')}</Button>
                </div>
              </div>
            </Card>
          )}
        </Section>
      </div>
    </Screen>
  );
}

function Readable() {
  const format = useSignal<'csv' | 'json'>('csv');
  const typed = useSignal('');
  const proving = useSignal(false);
  const isTyped = typed.value.trim().toLowerCase() === t('export_word');

  const write = async (proof: Opener | null): Promise<void> => {
    const { fileName, text } = await ui.exportReadable({ format: format.value, proof, typed: typed.value });
    downloadReadable(fileName, text, format.value);
    proving.value = false;
    typed.value = '';
    say(t('export_done', fileName));
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!isTyped) return;
    problem(null);
    if (needsProof()) {
      proving.value = true;
      return;
    }
    await write(null).catch((failure: unknown) => {
      // The minute ran out in between: ask after all.
      if (codeOf(failure) === 'not-fresh') proving.value = true;
      else problem(errorText(codeOf(failure)));
    });
  };
  return (
    <>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <Notice kind="warn" title={t('export_warn_title')}>
          <span>{t('export_warn_text')}</span>
        </Notice>
        <Select
          label={t('export_format')}
          value={format.value}
          options={[
            { value: 'csv', label: t('export_csv') },
            { value: 'json', label: t('export_json') },
          ]}
          onChange={(next) => (format.value = next)}
        />
        <TextField label={t('export_type_word')} value={typed.value} onInput={(word) => (typed.value = word)} autofocus />
        <Button kind="danger" type="submit" full disabled={!isTyped}>
          {t('export_do')}
        </Button>
      </form>
      {proving.value && (
        <ProofDialog
          ceremony={{ then: 'export', format: format.value, typed: typed.value }}
          route="export"
          onProof={write}
          onClose={() => (proving.value = false)}
        />
      )}
    </>
  );
}
