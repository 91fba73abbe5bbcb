import { useSignal } from '@preact/signals';
import { recently, t } from '../../shared/i18n.ts';
import { downloadVaultFile } from '../parts/download.ts';
import { Button, Notice, Screen, Section, say } from '../parts/index.ts';
import { ResetAsk } from '../reset/ask.tsx';
import { OtherBrowsers } from '../reset/rungs.tsx';
import type { Routes } from '../route.ts';
import { attempt, status, ui } from '../state.ts';

/** The last way back in: what it does, what it leaves alone, and who could still open the vault instead. */
export function ResetScreen({ email, server }: Routes['reset']) {
  const now = status.value;
  const account = now?.account ?? null;
  const first = { email: email ?? account?.email ?? '', server: server ?? account?.server ?? '' };
  return (
    <Screen title={t('reset_account')}>
      <div class="stack wide">
        <Notice title={t('reset_what')}>
          <ul class="stack tight facts">
            <li>{t('reset_what_new')}</li>
            <li>{t('reset_what_kept')}</li>
            <li>{t('reset_what_others')}</li>
          </ul>
        </Notice>
        {account && (
          <Section title={t('reset_before')}>
            <p class="quiet">{t('reset_before_devices', account.email)}</p>
            <OtherBrowsers account={account} />
            {account.lastSyncAt !== null && <p class="quiet">{t('reset_before_synced', recently(account.lastSyncAt))}</p>}
          </Section>
        )}
        {now && now.state !== 'absent' && <SealedCopy />}
        <ResetAsk first={first} withServer autofocus={first.email === ''} />
      </div>
    </Screen>
  );
}

/** Kept in the browser in any case; as a file it also outlives the browser. */
function SealedCopy() {
  const saved = useSignal(false);
  const save = (): Promise<boolean> =>
    attempt(async () => {
      downloadVaultFile(await ui.saveSealedCopy());
      saved.value = true;
      say(t('start_over_saved'));
    });
  return (
    <Section title={t('reset_copy')}>
      <p class="quiet">{t(saved.value ? 'reset_copy_saved' : 'reset_copy_more')}</p>
      <Button icon="download" full onClick={save}>
        {t('save_sealed_copy')}
      </Button>
    </Section>
  );
}
