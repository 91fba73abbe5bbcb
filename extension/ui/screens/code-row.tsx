import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemId, TotpCode } from '../../shared/api.ts';
import { plural, t } from '../../shared/i18n.ts';
import { copySecret } from '../items/actions.ts';
import { codeHalves } from '../items/secret-text.ts';
import { CopyRow, CountdownRing } from '../parts/index.ts';
import { attempt, ui } from '../state.ts';

/** In its last seconds a code is hardly worth typing: the next one is shown beside it. */
const SHOW_NEXT_MS = 5000;

/** The one-time code of now, with the time that it has left. */
export function CodeRow({ id }: { id: ItemId }) {
  const code = useSignal<TotpCode | null>(null);
  const nearEnd = useSignal(false);
  const load = (): void => {
    void attempt(async () => {
      code.value = await ui.totp({ id });
    });
  };
  useEffect(load, [id]);
  const now = code.value;
  useEffect(() => {
    nearEnd.value = false;
    if (!now) return;
    const timer = setTimeout(
      () => {
        nearEnd.value = true;
      },
      now.expiresAt - SHOW_NEXT_MS - Date.now(),
    );
    return () => clearTimeout(timer);
  }, [now]);
  if (!now) return null;
  return (
    <CopyRow
      label={t('item_one_time_code')}
      copyLabel={t('item_copy_code')}
      onCopy={() => copySecret(id, 'totp')}
      trailing={
        <CountdownRing
          expiresAt={now.expiresAt}
          periodSeconds={now.periodSeconds}
          label={(seconds) => plural('item_seconds_left', seconds)}
          onEnd={load}
        />
      }
    >
      <span class="totp">
        <Halves code={now.code} />
        {nearEnd.value && <span class="totp-next">{t('item_next_code', codeHalves(now.next).join(' '))}</span>}
      </span>
    </CopyRow>
  );
}

/** In two halves, as people read it out; the gap is spacing only. */
function Halves({ code }: { code: string }) {
  const [first, second] = codeHalves(code);
  return (
    <span class="code digit totp-code">
      <span class="secret-group">{first}</span>
      <span class="secret-group">{second}</span>
    </span>
  );
}
