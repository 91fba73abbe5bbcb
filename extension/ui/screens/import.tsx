import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ImportReport, ItemKind } from '../../shared/api.ts';
import { number, type PluralKey, plural, t } from '../../shared/i18n.ts';
import { KINDS } from '../items/fields.ts';
import { formatName, problemText } from '../items/import-words.ts';
import { type Importing, useImport } from '../items/use-import.ts';
import { Button, Card, Icon, Notice, Progress, Screen, Section } from '../parts/index.ts';
import { reset } from '../route.ts';
import { attempt, inTab, ui } from '../state.ts';
import type { ImportResult } from '../tools.ts';

/** Brings items from a file: what it is and what is in it are shown before anything is saved. */
export function ImportScreen() {
  const { state, read, save, startAgain } = useImport();
  return (
    <Screen title={t('import_title')} foot={footOf(state, save, startAgain)}>
      {state.step === 'choose' && <Choose onFile={read} />}
      {state.step === 'reading' && <Progress text={t('import_reading', state.file)} onCancel={startAgain} />}
      {(state.step === 'preview' || state.step === 'saving') && (
        <div class="stack">
          {state.step === 'saving' && <Progress text={t('import_working')} />}
          <Preview file={state.file} found={state.found} />
        </div>
      )}
      {state.step === 'done' && <Done report={state.report} found={state.found} />}
    </Screen>
  );
}

function footOf(state: Importing, onSave: () => void, onAgain: () => void) {
  if (state.step === 'done') {
    return (
      <Button kind="primary" full onClick={() => reset({ name: 'list' })}>
        {t('import_back_to_list')}
      </Button>
    );
  }
  if (state.step !== 'preview' && state.step !== 'saving') return null;
  const count = state.found.items.length;
  return (
    <div class="line end">
      <Button onClick={onAgain}>{t('import_other')}</Button>
      <Button kind="primary" disabled={count === 0 || state.step === 'saving'} onClick={onSave}>
        {plural('import_do', count)}
      </Button>
    </div>
  );
}

function Choose({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const over = useSignal(false);
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  if (!inTab.value) return <ChooseInTab />;
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    over.value = false;
    take(event.dataTransfer?.files);
  };
  const drag = (on: boolean) => (event: DragEvent) => {
    event.preventDefault();
    over.value = on;
  };
  return (
    <div class="stack">
      <p class="lead">{t('import_intro')}</p>
      <div
        class={over.value ? 'drop over' : 'drop'}
        role="group"
        aria-label={t('import_file')}
        onDrop={drop}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
      >
        <Icon name="download" />
        <Button kind="primary" autofocus onClick={() => input.current?.click()}>
          {t('import_choose')}
        </Button>
        <span class="quiet">{t('import_drop')}</span>
        <input
          ref={input}
          type="file"
          class="hidden-text"
          tabIndex={-1}
          aria-label={t('import_file')}
          accept=".csv,.json,.xml,.1pux,.zip"
          onChange={(event) => take(event.currentTarget.files)}
        />
      </div>
      <p class="small quiet">{t('import_formats')}</p>
    </div>
  );
}

/** A file dialog takes the focus, and with it some browsers close the popup: a tab stays. */
function ChooseInTab() {
  const open = (): void => {
    void attempt(async () => {
      await ui.setIntent({ kind: 'view', route: 'import' });
      await chrome.tabs.create({ url: chrome.runtime.getURL('popup.html') });
      close();
    });
  };
  return (
    <div class="stack">
      <p class="lead">{t('import_intro')}</p>
      <Button kind="primary" icon="tab" onClick={open}>
        {t('open_in_tab')}
      </Button>
      <p class="small quiet">{t('import_formats')}</p>
    </div>
  );
}

const COUNT: Record<ItemKind, PluralKey> = {
  login: 'import_count_login',
  card: 'import_count_card',
  identity: 'import_count_identity',
  note: 'import_count_note',
};

function Preview({ file, found }: { file: string; found: ImportResult }) {
  const counts = KINDS.map((kind) => ({ kind, count: found.items.filter((item) => item.kind === kind).length })).filter(
    ({ count }) => count > 0,
  );
  return (
    <div class="stack">
      <div>
        <p class="title cut">
          <bdi>{file}</bdi>
        </p>
        <p class="quiet">{t('import_looks_like', formatName(found.format))}</p>
      </div>
      <Card list>
        {counts.map(({ kind, count }) => (
          <li key={kind} class="row">
            {plural(COUNT[kind], count)}
          </li>
        ))}
      </Card>
      {found.items.length === 0 && <Notice kind="warn">{t('import_nothing')}</Notice>}
      <p class="quiet">{t('import_nothing_yet')}</p>
      <Problems lines={found.problems.map(({ line, reason }) => ({ line, text: problemText(reason) }))} />
    </div>
  );
}

function Done({ report, found }: { report: ImportReport; found: ImportResult }) {
  const problems = [...found.problems, ...report.problems];
  return (
    <div class="stack">
      <Notice kind="good" title={plural('import_done_added', report.added)}>
        {report.merged > 0 && <span>{plural('import_done_merged', report.merged)}</span>}
        {report.skipped > 0 && <span>{plural('import_done_skipped', report.skipped)}</span>}
      </Notice>
      <Notice kind="warn">{t('import_delete_file')}</Notice>
      <Problems lines={problems.map(({ line, reason }) => ({ line, text: problemText(reason) }))} />
    </div>
  );
}

function Problems({ lines }: { lines: { line: number; text: string }[] }) {
  if (lines.length === 0) return null;
  return (
    <Section title={plural('import_problems', lines.length)}>
      <Card list>
        {lines.map(({ line, text }, at) => (
          <li key={at} class="row">
            {line > 0 ? t('import_line', number(line), text) : text}
          </li>
        ))}
      </Card>
    </Section>
  );
}
