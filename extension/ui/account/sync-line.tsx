import { useEffect, useState } from 'preact/hooks';
import type { AccountState } from '../../shared/account.ts';
import { Icon } from '../parts/index.ts';
import { syncWords } from './state-words.ts';

const EVERY_MS = 20_000;

/** The one line about sync, kept true while it is looked at. */
export function SyncLine({ account }: { account: AccountState }) {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const { text, more, warn } = syncWords(account);
  return (
    <span class={warn ? 'sync-line warn' : 'sync-line'}>
      {warn && <Icon name="warning" small />}
      <span class={warn ? 'stack' : 'cut'}>
        <span>{text}</span> {more && <span>{more}</span>}
      </span>
    </span>
  );
}
