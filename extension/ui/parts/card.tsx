import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { monogram } from '../../shared/monogram.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';

/** A raised surface. `list` makes it a list whose children are `li` elements with rows. */
export function Card(props: { children: ComponentChildren; padded?: boolean; list?: boolean; label?: string }) {
  const { children, padded, list, label } = props;
  const look = padded ? 'card padded' : 'card';
  if (list) {
    return (
      <ul class={look} aria-label={label}>
        {children}
      </ul>
    );
  }
  return <div class={look}>{children}</div>;
}

/** A titled part of a screen: role region under its own heading. */
export function Section(props: { title: string; children: ComponentChildren; hideTitle?: boolean; action?: ComponentChildren }) {
  const { title, children, hideTitle, action } = props;
  const id = useId();
  return (
    <section class="stack tight" aria-labelledby={id}>
      <div class={hideTitle ? 'hidden-text' : 'line between'}>
        <h2 class="section-title" id={id}>
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}

interface RowProps {
  title: ComponentChildren;
  detail?: ComponentChildren;
  icon?: IconName;
  leading?: ComponentChildren;
  trailing?: ComponentChildren;
  /** Makes the whole row one button, named by its title and detail. */
  onClick?: () => void;
  /** The button is named by the title alone; the detail only describes it. */
  described?: boolean;
  /** Lets title and detail run over several lines. */
  roomy?: boolean;
  focusKey?: string;
}

/** 52 px: something at the start, two lines of text, something at the end. */
export function ListRow(props: RowProps) {
  const { title, detail, icon, leading, trailing, onClick, described, roomy, focusKey } = props;
  const id = useId();
  const inside = (
    <>
      {leading}
      {icon && <Icon name={icon} />}
      <span class="row-text">
        <span class="row-title" id={`${id}-title`}>
          {title}
        </span>
        {detail && (
          <span class="row-detail" id={`${id}-detail`}>
            {detail}
          </span>
        )}
      </span>
      {trailing}
    </>
  );
  const look = roomy ? 'row roomy' : 'row';
  if (!onClick) return <div class={look}>{inside}</div>;
  if (described) {
    return (
      <div class={`${look} acts`}>
        <button
          type="button"
          class="cover"
          aria-labelledby={`${id}-title`}
          aria-describedby={detail ? `${id}-detail` : undefined}
          onClick={onClick}
          data-focus={focusKey}
        />
        {inside}
      </div>
    );
  }
  return (
    <button type="button" class={look} onClick={onClick} data-focus={focusKey}>
      {inside}
    </button>
  );
}

export function Badge({ kind, children }: { kind?: 'good' | 'warn' | 'bad'; children: ComponentChildren }) {
  return (
    <span class={kind ? `badge ${kind}` : 'badge'}>
      {kind && <Icon name={kind === 'good' ? 'check' : 'warning'} small />}
      {children}
    </span>
  );
}

export function Monogram({ name }: { name: string }) {
  const { letter, hue } = monogram(name);
  return (
    <span class="monogram" aria-hidden="true" style={{ '--hue': String(hue) }}>
      {letter}
    </span>
  );
}
