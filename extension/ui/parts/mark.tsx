import { SEED_LEFT, SEED_RIGHT } from './mark-path.ts';

/** The seed that is also a keyhole; it opens a little when the vault does. Decoration only. */
export function Mark({ size = 48, open = false }: { size?: number; open?: boolean }) {
  return (
    <svg class={open ? 'mark open' : 'mark'} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path class="half half-left" fill="currentColor" d={SEED_LEFT} />
      <path class="half half-right" fill="currentColor" d={SEED_RIGHT} />
    </svg>
  );
}
