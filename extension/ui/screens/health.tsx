import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { ItemSummary } from '../../shared/api.ts';
import { number, plural, t } from '../../shared/i18n.ts';
import { expiryOfText } from '../items/cards.ts';
import { type Health, useHealth } from '../items/use-health.ts';
import type { WeakCheck } from '../items/weak-check.ts';
import { Badge, Button, Card, Link, ListRow, Monogram, Notice, Progress, Screen } from '../parts/index.ts';
import { go } from '../route.ts';
import { expiryText } from './expiry.tsx';

/** Rows shown of each finding until all are asked for. */
const FIRST_ROWS = 5;

/** What could be better about the passwords; every row leads to its item. */
export function HealthScreen() {
  const { health, weak, running, cancel, again } = useHealth();
  return (
    <Screen title={t('health_title')}>
      <div class="stack wide">
        {running && (
          <div class="line">
            <div class="grow">
              <Progress text={t('health_working')} {...(weak && weak.total > 0 && { part: weak.done / weak.total })} />
            </div>
            <Button kind="quiet" onClick={cancel}>
              {t('health_cancel')}
            </Button>
          </div>
        )}
        {!running && weak && weak.done < weak.total && (
          <Notice>
            <span>{t('health_stopped', number(weak.done), number(weak.total))}</span>
            <Link onClick={again}>{t('health_again')}</Link>
          </Notice>
        )}
        {health && isBare(health) && !running && <p class="lead">{t('health_nothing')}</p>}
        {health && !isBare(health) && <Findings health={health} weak={weak} running={running} />}
      </div>
    </Screen>
  );
}

const isBare = ({ report }: Health): boolean => report.checked === 0 && report.cards.length === 0;

function Findings({ health, weak, running }: { health: Health; weak: WeakCheck | null; running: boolean }) {
  const { report, rows } = health;
  const named = (ids: readonly string[]): ItemSummary[] => ids.flatMap((id) => rows.get(id) ?? []);
  const reused = report.reused.map((group) => named(group.ids)).filter((group) => group.length > 1);
  const ending = named(report.cards.filter(({ expires }) => expiryText(expiryOfText(expires)) !== null).map(({ id }) => id));
  const found = reused.length + report.old.length + report.insecureAddress.length + ending.length;
  const isGood = !running && weak?.weak.length === 0 && found === 0;
  return (
    <>
      {isGood && report.checked > 0 && <Notice kind="good">{plural('health_all_good', report.checked)}</Notice>}
      <Finding title={t('health_weak')} text={t('health_weak_text')} count={weak?.weak.length ?? 0}>
        <Rows rows={weak?.weak ?? []} />
      </Finding>
      <Finding title={t('health_reused')} text={t('health_reused_text')} count={reused.reduce((sum, group) => sum + group.length, 0)}>
        {reused.map((group) => (
          <div key={group[0]?.id} class="stack close">
            <p class="small quiet">{t('health_reused_group', number(group.length))}</p>
            <Rows rows={group} />
          </div>
        ))}
      </Finding>
      <Finding title={t('health_insecure')} text={t('health_insecure_text')} count={report.insecureAddress.length}>
        <Rows rows={named(report.insecureAddress)} />
      </Finding>
      <Finding title={t('health_old')} text={t('health_old_text')} count={report.old.length}>
        <Rows rows={named(report.old)} />
      </Finding>
      <Finding title={t('health_expiring')} text={t('health_expiring_text')} count={ending.length}>
        <Rows rows={ending} />
      </Finding>
      <Finding title={t('health_missing')} text={t('health_missing_text')} count={report.missingPassword.length}>
        <Rows rows={named(report.missingPassword)} />
      </Finding>
      {report.checked > 0 && <p class="small quiet">{plural('health_checked', report.checked)}</p>}
    </>
  );
}

/** One kind of finding; left out where there is nothing to say. */
function Finding(props: { title: string; text: string; count: number; children: ComponentChildren }) {
  const { title, text, count, children } = props;
  if (count === 0) return null;
  return (
    <section class="stack tight" aria-label={title}>
      <div>
        <h2 class="finding-title">
          {title} <Badge>{number(count)}</Badge>
        </h2>
        <p class="small quiet">{text}</p>
      </div>
      {children}
    </section>
  );
}

function Rows({ rows }: { rows: readonly ItemSummary[] }) {
  const all = useSignal(false);
  const shown = all.value ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <>
      <Card list>
        {shown.map((row) => (
          <li key={row.id}>
            <ListRow
              leading={<Monogram name={row.name} />}
              title={row.name}
              detail={expiryText(expiryOfText(row.expires ?? '')) ?? row.detail}
              focusKey={`health-${row.id}`}
              onClick={() => go({ name: 'item', id: row.id })}
            />
          </li>
        ))}
      </Card>
      {shown.length < rows.length && (
        <div>
          <Link onClick={() => (all.value = true)}>{t('health_show_all', number(rows.length))}</Link>
        </div>
      )}
    </>
  );
}
