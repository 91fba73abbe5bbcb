import type { ComponentChildren } from 'preact';
import { t } from '../../shared/i18n.ts';
import { atRoot, back } from '../route.ts';
import { IconButton } from './button.tsx';
import { AlertRegion } from './notice.tsx';

/** The title line: Back when there is a way back, the heading, and at most three actions. */
export function Header(props: { title: string; actions?: ComponentChildren; onBack?: () => void }) {
  const { title, actions, onBack } = props;
  const hasBack = onBack !== undefined || !atRoot();
  return (
    <header class={hasBack ? 'header with-back' : 'header'}>
      {hasBack && <IconButton icon="back" label={t('back')} onClick={onBack ?? (() => void back())} />}
      <h1>{title}</h1>
      {actions}
    </header>
  );
}

interface ScreenProps {
  /** Leave out where the screen draws its own `h1` (Locked, Welcome, the list). */
  title?: string;
  actions?: ComponentChildren;
  onBack?: () => void;
  children: ComponentChildren;
  /** Fixed at the bottom: the primary action, or one line of state. */
  foot?: ComponentChildren;
  /** No padding and no scrolling of its own: the screen does both (lists). */
  flush?: boolean;
  /** The screen places `AlertRegion` itself. */
  ownAlert?: boolean;
  scrollKey?: string;
}

/** The frame of every screen: header, scrolling body with the alert region on top, foot. */
export function Screen(props: ScreenProps) {
  const { title, actions, onBack, children, foot, flush, ownAlert, scrollKey = 'body' } = props;
  return (
    <>
      {title !== undefined && <Header title={title} actions={actions} {...(onBack && { onBack })} />}
      <main class={flush ? 'screen-body flush' : 'screen-body'} data-scroll={flush ? undefined : scrollKey}>
        {!ownAlert && <AlertRegion />}
        {children}
      </main>
      {foot && <div class="screen-foot">{foot}</div>}
    </>
  );
}
