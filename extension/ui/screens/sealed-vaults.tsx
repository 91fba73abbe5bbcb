import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SealedView } from '../../shared/account.ts';
import { date, errorText, plural, t } from '../../shared/i18n.ts';
import { Card, ListRow, Mark, Notice, Progress, Screen, Section } from '../parts/index.ts';
import { go } from '../route.ts';
import { changes, codeOf, status, ui } from '../state.ts';

/** Vaults that were put aside, in this browser and at the account, with how long each is kept. */
export function SealedVaults() {
  const found = useSignal<SealedView[] | null>(null);
  const failed = useSignal<string | null>(null);
  const change = changes.value;
  useEffect(() => {
    void ui.sealedVaults().then(
      (views) => {
        found.value = views;
        failed.value = null;
      },
      (failure: unknown) => {
        failed.value = errorText(codeOf(failure));
      },
    );
  }, [change]);
  const all = found.value ?? [];
  const offline = status.value?.account?.problem === 'offline';
  return (
    <Screen title={t('sealed_vaults')}>
      <div class="stack wide">
        <p class="quiet">{t('sealed_lead')}</p>
        {failed.value !== null && (
          <Notice kind="warn">
            <span>{failed.value}</span>
          </Notice>
        )}
        {found.value === null && failed.value === null && <Progress text={t('sealed_looking')} />}
        {found.value !== null && all.length === 0 && (
          <div class="empty">
            <Mark size={40} />
            <p class="lead centre">{t('sealed_none')}</p>
          </div>
        )}
        <SealedList title={t('sealed_at_account')} views={all.filter(({ where }) => where === 'account')} />
        <SealedList title={t('sealed_here')} views={all.filter(({ where }) => where === 'browser')} />
        {offline && <p class="quiet">{t('sealed_offline')}</p>}
      </div>
    </Screen>
  );
}

function SealedList({ title, views }: { title: string; views: SealedView[] }) {
  if (views.length === 0) return null;
  return (
    <Section title={title}>
      <Card list>
        {views.map((view) => (
          <li key={view.id}>
            <ListRow
              roomy
              described
              icon="lock"
              title={sealedName(view)}
              detail={sealedDetail(view)}
              focusKey={`sealed-${view.id}`}
              onClick={() => go({ name: 'sealed-open', view })}
            />
          </li>
        ))}
      </Card>
    </Section>
  );
}

export const sealedName = ({ at }: SealedView): string => t('sealed_of', date(at));

export function sealedDetail({ items, eraseAt, undoUntil }: SealedView): string {
  const parts = [
    items === null ? null : plural('sealed_items', items),
    eraseAt === null ? null : t('sealed_until', date(eraseAt)),
    undoUntil !== null && undoUntil > Date.now() ? t('sealed_undo_until', date(undoUntil)) : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
