import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ImportReport } from '../../shared/api.ts';
import { errorText } from '../../shared/i18n.ts';
import { problem } from '../parts/notice.tsx';
import { codeOf, ui } from '../state.ts';
import { type ImportResult, importRefusalOf, readImport } from '../tools.ts';
import { refusalText } from './import-words.ts';
import { stored } from './website.ts';

export type Importing =
  | { step: 'choose' }
  | { step: 'reading'; file: string }
  | { step: 'preview'; file: string; found: ImportResult }
  | { step: 'saving'; file: string; found: ImportResult }
  | { step: 'done'; found: ImportResult; report: ImportReport };

/** From a chosen file to saved items. Until the last step nothing in the vault is touched. */
export function useImport() {
  const state = useSignal<Importing>({ step: 'choose' });
  const job = useRef<AbortController>(undefined);
  useEffect(() => () => job.current?.abort(), []);

  const startAgain = (): void => {
    job.current?.abort();
    problem(null);
    state.value = { step: 'choose' };
  };
  const read = async (file: File): Promise<void> => {
    startAgain();
    const mine = new AbortController();
    job.current = mine;
    state.value = { step: 'reading', file: file.name };
    try {
      const found = await readImport(file, mine.signal);
      if (mine.signal.aborted) return;
      state.value = { step: 'preview', file: file.name, found };
    } catch (failure) {
      if (mine.signal.aborted) return;
      const refusal = importRefusalOf(failure);
      state.value = { step: 'choose' };
      problem(refusal ? refusalText(refusal) : errorText(codeOf(failure)));
    }
  };
  const save = async (): Promise<void> => {
    const now = state.value;
    if (now.step !== 'preview') return;
    problem(null);
    state.value = { ...now, step: 'saving' };
    try {
      const report = await ui.importItems({ items: now.found.items.map((item) => ({ ...item, websites: item.websites.map(stored) })) });
      state.value = { step: 'done', found: now.found, report };
    } catch (failure) {
      state.value = now;
      problem(errorText(codeOf(failure)));
    }
  };
  return { state: state.value, read: (file: File) => void read(file), save: () => void save(), startAgain };
}
