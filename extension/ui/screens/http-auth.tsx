import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { HttpAuthView, ItemId } from '../../shared/api.ts';
import { errorText, t } from '../../shared/i18n.ts';
import { Button, Card, ListRow, Monogram, Notice, problem, Screen } from '../parts/index.ts';
import { changes, codeOf, status, ui } from '../state.ts';

/** Asked again this often, ms: the request is gone with the background's worker, which rests when nobody speaks to it. */
const ASK_AGAIN = 15_000;
/** A page can make this window appear under a click that was meant for the page (S-50), ms. */
const ARMED_AFTER = 500;

/** The window in which a server's question is answered, by the person and never by itself. */
export function HttpAuthScreen() {
  const asked = useSignal<HttpAuthView | null | undefined>(undefined);
  const state = status.value?.state;
  const changed = changes.value;
  useEffect(() => {
    const ask = async (): Promise<void> => {
      asked.value = await ui.httpAuth().catch(() => null);
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_AGAIN);
    return () => clearInterval(timer);
  }, [state, changed]);
  const view = asked.value;
  if (view === undefined) return null;
  return view === null ? <Over /> : <Question view={view} />;
}

function Over() {
  return (
    <Screen title={t('http_auth_title')}>
      <p class="lead">{t('http_auth_over')}</p>
      <Button onClick={() => close()} autofocus>
        {t('close')}
      </Button>
    </Screen>
  );
}

function Question({ view }: { view: HttpAuthView }) {
  const { id, origin, realm, rows } = view;
  const drawn = useRef(performance.now());
  const answer = async (itemId: ItemId | null): Promise<void> => {
    if (performance.now() - drawn.current < ARMED_AFTER) return;
    problem(null);
    try {
      const { sent } = await ui.answerHttpAuth({ id, itemId });
      if (itemId !== null && !sent) problem(t('http_auth_refused'));
    } catch (failure) {
      problem(errorText(codeOf(failure)));
    }
  };
  return (
    <Screen title={t('http_auth_title')}>
      <div class="stack">
        <p class="lead">{t('http_auth_asks')}</p>
        <p class="mono strong whole-address">
          <bdi>{origin}</bdi>
        </p>
        {realm !== '' && (
          <p class="quiet whole-address">
            {t('http_auth_realm')} <q>{realm}</q>
          </p>
        )}
        {rows === null && (
          <Notice kind="info">
            <span>{t('http_auth_locked')}</span>
          </Notice>
        )}
        {rows?.length === 0 && <p class="quiet">{t('http_auth_none')}</p>}
        {rows && rows.length > 0 && (
          <Card list label={t('http_auth_choose')}>
            {rows.map((row) => (
              <li key={row.id}>
                <ListRow
                  leading={<Monogram name={row.name} />}
                  title={row.name}
                  detail={row.detail}
                  focusKey={`send-${row.id}`}
                  onClick={() => void answer(row.id)}
                />
              </li>
            ))}
          </Card>
        )}
        <Button onClick={() => void answer(null)} autofocus>
          {t('http_auth_browser')}
        </Button>
      </div>
    </Screen>
  );
}
