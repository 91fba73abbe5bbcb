import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AccountInfo } from '../../shared/account.ts';
import { errorText } from '../../shared/i18n.ts';
import { problem } from '../parts/index.ts';
import { codeOf, ui } from '../state.ts';

interface Info {
  info: Signal<AccountInfo | null>;
  /** The server could not be asked: said, and the screen offers to try again. */
  failed: Signal<boolean>;
  load: () => Promise<void>;
}

/** What only the server knows of the account; asked for when a screen needs it. */
export function useInfo(): Info {
  const info = useSignal<AccountInfo | null>(null);
  const failed = useSignal(false);
  const load = async (): Promise<void> => {
    failed.value = false;
    problem(null);
    try {
      info.value = await ui.accountInfo();
    } catch (failure) {
      failed.value = true;
      problem(errorText(codeOf(failure)));
    }
  };
  useEffect(() => void load(), []);
  return { info, failed, load };
}
