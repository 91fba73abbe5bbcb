import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { t } from '../../shared/i18n.ts';
import { Button, CodeGrid, groupsOf, Notice, problem, Screen, say, TextField } from '../parts/index.ts';
import { back, type Routes, reset } from '../route.ts';
import { attempt, refresh, status, ui } from '../state.ts';
import { downloadKit, KitSheet } from './recovery-kit-page.tsx';

/** The recovery code, shown once, and the question whether the person has it. `onDone`: the ceremony window closes instead. */
export function RecoveryKit({ code, after, onDone }: Routes['recovery-kit'] & { onDone?: () => void }) {
  const covered = useSignal(false);
  const vaultName = status.value?.locked?.vaultName ?? '';
  const kit = { code, vaultName, madeAt: Date.now(), fingerprint: status.value?.account?.fingerprint ?? '' };
  const next = (): void => {
    if (onDone) onDone();
    else if (after === 'created') reset({ name: 'biometrics', first: true });
    else if (after === 'used') reset({ name: 'list' }, { name: 'set-password', code });
    else if (!back()) reset({ name: 'list' });
  };
  return (
    <Screen title={t('ways_back_in')} onBack={next}>
      <div class="stack">
        <div class="stack tight">
          <h2 class="title">{t('recovery_code')}</h2>
          <p class="quiet">{t(`kit_lead_${after}`)}</p>
        </div>
        {covered.value ? (
          <Covered
            onShow={() => {
              covered.value = false;
            }}
          />
        ) : (
          <CodeGrid code={code} label={t('recovery_code')} />
        )}
        {kit.fingerprint !== '' && <p class="small quiet">{t('kit_fingerprint', kit.fingerprint)}</p>}
        <div class="line">
          <Button icon="download" kind="primary" onClick={() => void attempt(() => downloadKit(kit))}>
            {t('download_recovery_kit')}
          </Button>
          <Button icon="print" onClick={() => print()}>
            {t('print')}
          </Button>
        </div>
        <Proof
          code={code}
          onFocus={() => {
            covered.value = true;
          }}
          onNext={next}
        />
        <KitSheet {...kit} />
      </div>
    </Screen>
  );
}

/** While the group is being typed the code is out of sight: else it would only prove good eyes. */
function Covered({ onShow }: { onShow: () => void }) {
  return (
    <Notice icon="eye-off">
      <span>{t('kit_covered')}</span>
      <Button kind="quiet" inset onClick={onShow}>
        {t('kit_show_again')}
      </Button>
    </Notice>
  );
}

function Proof({ code, onFocus, onNext }: { code: string; onFocus: () => void; onNext: () => void }) {
  const group = useMemo(() => 1 + Math.floor(Math.random() * groupsOf(code).length), [code]);
  const typed = useSignal('');
  const wrong = useSignal<string | undefined>(undefined);
  const confirm = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    problem(null);
    await attempt(async () => {
      const { confirmed } = await ui.confirmRecoveryCode({ group, text: typed.value });
      if (!confirmed) {
        wrong.value = t('kit_wrong_group', group);
        return;
      }
      await refresh();
      onNext();
      say(t('kit_confirmed'));
    });
  };
  return (
    <form class="stack tight" onSubmit={confirm}>
      <div onFocusIn={onFocus}>
        <TextField
          label={t('type_group', group)}
          value={typed.value}
          onInput={(value) => {
            typed.value = value;
            wrong.value = undefined;
          }}
          mono
          maxLength={12}
          note={t('kit_prove')}
          error={wrong.value}
        />
      </div>
      <div class="line end">
        <Button kind="quiet" onClick={onNext}>
          {t('later')}
        </Button>
        <Button type="submit" kind="primary" disabled={typed.value.trim() === ''}>
          {t('confirm')}
        </Button>
      </div>
    </form>
  );
}
