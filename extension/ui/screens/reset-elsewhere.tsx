import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { date, t } from '../../shared/i18n.ts';
import { Button, Link, Notice } from '../parts/index.ts';
import { go } from '../route.ts';
import { status, ui } from '../state.ts';

/** Whether the person has decided to leave it so; kept with the vault that it is about. */
const DECIDED = 'reset-stays';

/** On a browser that still has the vault from before: nothing here has changed, and three ways on. */
export function ResetElsewhere() {
  const account = status.value?.account;
  const shown = account?.state === 'reset-elsewhere' && account.reset ? account : null;
  const decided = useSignal<string | null>('');
  useEffect(() => {
    if (!shown) return;
    void ui.loadDraft({ form: DECIDED }).then(
      (kept) => (decided.value = kept),
      () => (decided.value = null),
    );
  }, [shown === null]);
  if (!shown?.reset || decided.value === '' || decided.value === String(shown.reset.at)) return null;
  const { at, undoUntil } = shown.reset;
  const stay = (): void => {
    decided.value = String(at);
    void ui.saveDraft({ form: DECIDED, value: String(at) }).catch(() => undefined);
  };
  const { email, server } = shown;
  return (
    <Notice kind="warn" title={t('elsewhere_title', date(at))}>
      <span>{t('elsewhere_safe')}</span>
      {undoUntil > Date.now() && <span>{t('elsewhere_not_me', date(undoUntil))}</span>}
      <div class="stack tight">
        {undoUntil > Date.now() && <Button onClick={() => go({ name: 'undo-reset' })}>{t('undo_reset')}</Button>}
        <Button onClick={() => go({ name: 'sign-in', email, server })}>{t('elsewhere_merge')}</Button>
        <Link onClick={stay}>{t('elsewhere_stay')}</Link>
      </div>
    </Notice>
  );
}
