import type { ComponentChildren, Ref } from 'preact';
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';

interface Common {
  onClick?: (event: MouseEvent) => void;
  disabled?: boolean;
  describedBy?: string;
  /** First focus of the screen. */
  autofocus?: boolean;
  /** A stable name, so that focus finds its way back when the text changes. */
  focusKey?: string;
  buttonRef?: Ref<HTMLButtonElement>;
}

interface ButtonProps extends Common {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  type?: 'button' | 'submit';
  icon?: IconName;
  full?: boolean;
  large?: boolean;
  /** A quiet button whose words begin where the text above it does. */
  inset?: boolean;
  children: ComponentChildren;
  /** Only where the visible words need more: it must begin with them. */
  label?: string;
}

export function Button(props: ButtonProps) {
  const { kind = 'plain', type = 'button', icon, full, large, inset, children, label } = props;
  return (
    <button
      type={type}
      class={['button', kind, full && 'full', large && 'large', inset && 'inset'].filter(Boolean).join(' ')}
      aria-label={label}
      {...common(props)}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps extends Common {
  icon: IconName;
  label: string;
  /** A toggle says its state; leave out for plain buttons. */
  pressed?: boolean;
  accent?: boolean;
  tabIndex?: number;
  menu?: boolean;
  expanded?: boolean;
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, pressed, accent, tabIndex, menu, expanded } = props;
  return (
    <button
      type="button"
      class={accent ? 'icon-button accent' : 'icon-button'}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-haspopup={menu ? 'menu' : undefined}
      aria-expanded={expanded}
      tabIndex={tabIndex}
      {...common(props)}
    >
      <Icon name={icon} />
    </button>
  );
}

const common = ({ onClick, disabled, describedBy, autofocus, focusKey, buttonRef }: Common) => ({
  ...(onClick && { onClick }),
  ...(buttonRef && { ref: buttonRef }),
  disabled: disabled ?? false,
  'aria-describedby': describedBy,
  'data-autofocus': autofocus ? '' : undefined,
  'data-focus': focusKey,
});

/** Leads to another screen of Sesame. */
export function Link(props: { onClick: () => void; children: ComponentChildren; inText?: boolean; describedBy?: string }) {
  const { onClick, children, inText, describedBy } = props;
  const follow = (event: MouseEvent): void => {
    event.preventDefault();
    onClick();
  };
  return (
    // biome-ignore lint/a11y/useValidAnchor: a place of this page, which the router draws.
    <a class={inText ? 'link in-text' : 'link'} href="#" onClick={follow} aria-describedby={describedBy} draggable={false}>
      {children}
    </a>
  );
}
