import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';

export interface MenuItem {
  label: string;
  icon?: IconName;
  /** Shown at the end of the line, for example "Ctrl+C". */
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

interface MenuProps {
  /** Name of the button that opens it. */
  label: string;
  items: readonly MenuItem[];
  icon?: IconName;
  tabIndex?: number;
  focusKey?: string;
}

/** A button with a menu: arrows, Home, End, Enter, Escape; focus returns to the button. */
export function Menu({ label, items, icon = 'more', tabIndex, focusKey }: MenuProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const close = (refocus: boolean): void => {
    setOpen(false);
    if (refocus) button.current?.focus();
  };
  useLayoutEffect(() => {
    if (open && list.current && button.current) {
      // In the top layer: a row that is moved by a transform would otherwise hold and cut it.
      list.current.showPopover();
      place(list.current, button.current);
      entries(list.current)[0]?.focus({ preventScroll: true });
    }
  }, [open]);
  useEffect(() => {
    if (!open) return;
    const away = (event: Event): void => {
      if (!list.current?.contains(event.target as Node) && !button.current?.contains(event.target as Node)) close(false);
    };
    addEventListener('pointerdown', away);
    addEventListener('scroll', away, true);
    return () => {
      removeEventListener('pointerdown', away);
      removeEventListener('scroll', away, true);
    };
  }, [open]);

  const onKey = (event: KeyboardEvent): void => {
    const all = list.current ? entries(list.current) : [];
    const here = all.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all.at(to % all.length)?.focus();
    else if (event.key === 'Escape') close(true);
    else {
      if (event.key === 'Tab') close(false);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="menu-host">
      <IconButton
        icon={icon}
        label={label}
        menu
        expanded={open}
        buttonRef={button}
        onClick={() => setOpen(!open)}
        {...(tabIndex !== undefined && { tabIndex })}
        {...(focusKey && { focusKey })}
      />
      {open && (
        <div class="menu" role="menu" popover="manual" aria-label={label} ref={list} onKeyDown={onKey}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={item.danger ? 'menu-item danger' : 'menu-item'}
              disabled={item.disabled ?? false}
              onClick={() => {
                close(true);
                item.onSelect();
              }}
            >
              {item.icon && <Icon name={item.icon} />}
              <span>{item.label}</span>
              {item.shortcut && <kbd>{item.shortcut}</kbd>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const entries = (root: HTMLElement): HTMLButtonElement[] => [...root.querySelectorAll<HTMLButtonElement>('[role=menuitem]:not(:disabled)')];

/** Fixed, so that no scrolling parent cuts it; turned upwards where there is no room below. */
function place(list: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  list.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
  const below = at.bottom + 4 + height <= innerHeight - 8;
  list.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - 4 - height)}px`;
}
