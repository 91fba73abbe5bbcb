import type { ComponentChildren } from 'preact';
import { Badge } from './card.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';

type RungState = 'ready' | 'unproved' | 'missing' | 'impossible';
const LOOK: Record<RungState, 'good' | 'warn' | undefined> = {
  ready: 'good',
  unproved: 'warn',
  missing: undefined,
  impossible: undefined,
};

interface RungProps {
  icon: IconName;
  title: ComponentChildren;
  state: RungState;
  stateText: string;
  detail?: ComponentChildren;
  /** Its one action, with at most a quiet second. */
  children?: ComponentChildren;
}

/** One step of the ladder Ways back in: what it is, how it stands, what to do. */
export function Rung({ icon, title, state, stateText, detail, children }: RungProps) {
  return (
    <li class="rung">
      <span class="rung-icon">
        <Icon name={icon} />
      </span>
      <div class="stack tight grow">
        <div class="line between top">
          <h2 class="strong">{title}</h2>
          <Badge {...(LOOK[state] && { kind: LOOK[state] })}>{stateText}</Badge>
        </div>
        {detail && <div class="small quiet stack close">{detail}</div>}
        {children && <div class="line wrap">{children}</div>}
      </div>
    </li>
  );
}
