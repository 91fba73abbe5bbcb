import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';

type NoticeKind = 'info' | 'good' | 'warn' | 'bad';
const ICON_OF: Record<NoticeKind, IconName> = { info: 'info', good: 'check', warn: 'warning', bad: 'warning' };

/** A standing remark on a screen. What has just happened goes through `say` and `problem` instead. */
export function Notice(props: { kind?: NoticeKind; title?: string; icon?: IconName; children?: ComponentChildren }) {
  const { kind = 'info', title, icon, children } = props;
  return (
    <div class={`notice ${kind}`}>
      <Icon name={icon ?? ICON_OF[kind]} />
      <div class="notice-text">
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}

/** What went wrong: happened, safe, next. Lines below the first are drawn quieter. */
interface Problem {
  text: string;
  more?: ComponentChildren;
}

const said = signal('');
const waiting = signal('');
const wrong = signal<Problem | null>(null);
let fading: ReturnType<typeof setTimeout> | undefined;

/** A result, in the one region with role status: a toast that goes away by itself. */
export function say(text: string): void {
  clearTimeout(fading);
  said.value = '';
  // Emptied first, so that the same sentence twice is said twice.
  setTimeout(() => {
    said.value = text;
  }, 20);
  fading = setTimeout(() => {
    said.value = '';
  }, 6000);
}

/** The last result no longer matters, for example because the vault has been locked. */
export function hush(): void {
  clearTimeout(fading);
  said.value = '';
}

/** A problem, in the one region with role alert; `null` when it no longer holds. */
export function problem(what: Problem | string | null): void {
  wrong.value = typeof what === 'string' ? { text: what } : what;
}

/** What is being waited for; drawn by `Progress`, said by the status region. */
export function wait(text: string): void {
  waiting.value = text;
}

/** Rendered once by the shell. */
export function StatusRegion() {
  return (
    <div class="toast" role="status">
      {waiting.value && <i class="hidden-text">{waiting.value}</i>}
      {said.value && <span>{said.value}</span>}
    </div>
  );
}

/** Rendered once by each screen: `Screen` does it unless the screen has a better place. */
export function AlertRegion() {
  const now = wrong.value;
  return (
    <div class="alert-region" role="alert">
      {now && (
        <Notice kind="bad">
          <span>{now.text}</span>
          {now.more}
        </Notice>
      )}
    </div>
  );
}
