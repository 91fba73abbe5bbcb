import { useId } from 'preact/hooks';
import type { ItemSummary } from '../../shared/api.ts';
import { t } from '../../shared/i18n.ts';
import { ItemRow, rowKey } from './item-row.tsx';

interface SiteRowsProps {
  site: { host: string; rows: ItemSummary[] };
  onFill: (row: ItemSummary) => void;
  /** ArrowUp above the first row, ArrowDown below the last. */
  onTop: () => void;
  onPast: () => void;
}

/** The items that match the tab. Enter fills, as the button at the row's end does. */
export function SiteRows({ site, onFill, onTop, onPast }: SiteRowsProps) {
  const title = useId();
  const onKey = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const at = siteRows().indexOf(target);
    const row = site.rows[at];
    if (!row || event.altKey) return;
    if (event.key === 'Enter' && !event.repeat) onFill(row);
    else if (event.key === 'ArrowDown') (siteRows()[at + 1] ?? { focus: onPast }).focus();
    else if (event.key === 'ArrowUp') (siteRows()[at - 1] ?? { focus: onTop }).focus();
    else if (!rowKey(event, row)) return;
    event.preventDefault();
  };
  return (
    <section class="site-rows" aria-labelledby={title}>
      <div class="line between list-title">
        <h2 class="section-title" id={title}>
          {t('list_this_site')}
        </h2>
        <bdi class="small quiet site-host">{site.host}</bdi>
      </div>
      {site.rows.length === 0 && <p class="quiet site-none">{t('list_none_here', site.host)}</p>}
      <ul onKeyDown={onKey}>
        {site.rows.map((row) => (
          <li key={row.id}>
            <ItemRow row={row} inTabOrder onFill={() => onFill(row)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const siteRows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.site-rows [data-row-main]')];
export const firstSiteRow = (): HTMLElement | undefined => siteRows()[0];
export const lastSiteRow = (): HTMLElement | undefined => siteRows().at(-1);
