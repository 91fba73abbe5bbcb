import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** The buttons, the safe one first. */
  actions?: ComponentChildren;
}

/** The browser's own modal: everything outside is inert, Escape closes, focus goes back. */
export function Dialog({ title, onClose, children, actions }: DialogProps) {
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.showModal();
    box.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => before?.focus();
  }, []);
  const cancel = (event: Event): void => {
    event.preventDefault();
    onClose();
  };
  // The shell's Escape must not also leave the screen below.
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') event.stopPropagation();
  };
  return (
    <dialog class="dialog" ref={box} aria-labelledby={id} onCancel={cancel} onKeyDown={onKey}>
      <div class="stack">
        <h2 class="title" id={id}>
          {title}
        </h2>
        {children}
        {actions && <div class="line end wrap">{actions}</div>}
      </div>
    </dialog>
  );
}
