import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface CopyRowProps {
  label: string;
  /** What is drawn: text, `CodeText`, or dots for a hidden secret. */
  children: ComponentChildren;
  /** Accessible name, for example "Copy password". */
  copyLabel: string;
  /** Copies and says so; false when it did not work. */
  onCopy: () => Promise<boolean>;
  /** Buttons after the value (Show password, Open). */
  trailing?: ComponentChildren;
  focusKey?: string;
}

/** A value that copies on click: one button over the whole row, what it says is "Copy password" and the like. */
export function CopyRow({ label, children, copyLabel, onCopy, trailing, focusKey }: CopyRowProps) {
  const id = useId();
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (): Promise<void> => {
    if (!(await onCopy())) return;
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div class="row acts copy-row">
      <button
        type="button"
        class="cover"
        aria-label={copyLabel}
        aria-describedby={id}
        title={copyLabel}
        onClick={() => void copy()}
        data-focus={focusKey}
      />
      <span class="row-text">
        <span class="row-detail">{label}</span>
        <span class="copy-value" id={id}>
          {children}
        </span>
      </span>
      <span class={copied ? 'copied' : 'copy-icon'}>
        <Icon name={copied ? 'check' : 'copy'} />
      </span>
      {trailing && <span class="row-trailing">{trailing}</span>}
    </div>
  );
}
