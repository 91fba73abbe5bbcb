import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { errorText, type TextKey, t } from '../../shared/i18n.ts';
import { CeremonyError } from '../ceremony-failure.ts';
import { codeOf, status } from '../state.ts';
import { causeMore, failureText } from './biometric.ts';
import { Button } from './button.tsx';
import { focusStart } from './focus.ts';
import { Mark } from './mark.tsx';
import { problem } from './notice.tsx';
import { Progress } from './progress.tsx';
import { Screen } from './screen.tsx';

interface Asking {
  title: string;
  lead?: ComponentChildren;
  /** The button for another try. */
  again: TextKey;
  work: (cancelled: AbortSignal) => Promise<unknown>;
  onCancel: () => void;
}

/** The ceremony window's one question to the device, asked at once: the click that led here was the wish. */
export function AskDevice({ title, lead, again, work, onCancel }: Asking) {
  const job = useRef<AbortController>(undefined);
  const waiting = useSignal(false);
  const ask = async (): Promise<void> => {
    if (waiting.value) return;
    problem(null);
    waiting.value = true;
    const mine = new AbortController();
    job.current = mine;
    try {
      await work(mine.signal);
    } catch (failure) {
      if (failure instanceof CeremonyError) problem(said(failure));
      else problem(errorText(codeOf(failure)));
    } finally {
      waiting.value = false;
    }
  };
  useEffect(() => {
    void ask();
    return () => job.current?.abort();
  }, []);
  useLayoutEffect(() => {
    if (!waiting.value) focusStart(document.body);
  }, [waiting.value]);
  return (
    <Screen>
      <div class="stack wide locked-top">
        <Mark size={56} />
        <h1 class="title-large">{title}</h1>
        {lead}
        {waiting.value ? (
          <Progress text={t('biometric_waiting')} onCancel={() => job.current?.abort()} />
        ) : (
          <Button kind="primary" full large icon="fingerprint" autofocus onClick={() => void ask()}>
            {t(again)}
          </Button>
        )}
        <Button full onClick={onCancel}>
          {waiting.value ? t('close') : t('cancel')}
        </Button>
      </div>
    </Screen>
  );
}

/** What happened, and what may lie behind it: in this window there is no other screen to look it up. */
function said({ failure }: CeremonyError) {
  const more = failure === 'cancelled' ? [] : causeMore(failure, status.value?.locked?.passkeys ?? []);
  return { text: failureText(failure), more: more.map((line) => <span key={line}>{line}</span>) };
}
