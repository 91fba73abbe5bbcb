import { ICONS, type IconName } from './icons.ts';

/** A line icon beside words, or inside an IconButton that carries the name. Never alone. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg class={small ? 'icon small' : 'icon'} viewBox="0 0 20 20" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}
