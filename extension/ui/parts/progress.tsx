import { useEffect, useState } from 'preact/hooks';
import { t } from '../../shared/i18n.ts';
import { Button } from './button.tsx';
import { wait } from './notice.tsx';

interface ProgressProps {
  /** What is being done: "Opening the vault". */
  text: string;
  /** 0..1 when known. */
  part?: number;
  onCancel?: () => void;
}

/** Draws nothing for 300 ms; after 2 s it can be cancelled. Said once in the status region. */
export function Progress({ text, part, onCancel }: ProgressProps) {
  const [stage, setStage] = useState<0 | 1 | 2>(0);
  useEffect(() => {
    const soon = setTimeout(() => {
      setStage(1);
      wait(text);
    }, 300);
    const long = setTimeout(() => setStage(2), 2000);
    return () => {
      clearTimeout(soon);
      clearTimeout(long);
      wait('');
    };
  }, [text]);
  if (stage === 0) return null;
  return (
    <div class="progress">
      <div class="stack tight grow">
        <div class="bar" role="progressbar" aria-label={text} aria-valuenow={part === undefined ? undefined : Math.round(part * 100)}>
          <i class={part === undefined ? '' : 'known'} style={part === undefined ? undefined : { width: `${part * 100}%` }} />
        </div>
        <p class="small quiet" aria-hidden="true">
          {text}
        </p>
      </div>
      {stage === 2 && onCancel && (
        <Button kind="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
      )}
    </div>
  );
}
