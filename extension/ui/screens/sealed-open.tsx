import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SealedView } from '../../shared/account.ts';
import type { BackupInfo, Opener } from '../../shared/api.ts';
import { plural, t } from '../../shared/i18n.ts';
import { useFocusStart } from '../account/use-focus.ts';
import { Button, Notice, Progress, Screen, say } from '../parts/index.ts';
import { firstThatFits } from '../parts/open-password.ts';
import { SealedActs } from '../reset/sealed-acts.tsx';
import { fetchBy, type SealedSecret } from '../reset/sealed-fetch.ts';
import { SealedProve } from '../reset/sealed-prove.tsx';
import { back, type Routes } from '../route.ts';
import { attempt, ownStep, refresh, ui } from '../state.ts';
import { BackupFacts, BackupSecret } from './open-backup-secret.tsx';
import { sealedDetail, sealedName } from './sealed-vaults.tsx';

/** One of them: what opens it, what is in it, and its items beside those of the vault that is open. */
export function SealedOpen({ view }: Routes['sealed-open']) {
  return (
    <Screen title={sealedName(view)}>
      <div class="stack wide">
        <div class="stack close quiet">
          <p>{sealedDetail(view)}</p>
          {view.fingerprint !== '' && <p>{t('found_fingerprint', view.fingerprint)}</p>}
        </div>
        {view.where === 'browser' ? <FromBrowser view={view} /> : <FromAccount view={view} />}
        <SealedActs view={view} />
      </div>
    </Screen>
  );
}

/** The file is let go of when the screen goes, whatever was done with it. */
function useFile() {
  const info = useSignal<BackupInfo | null>(null);
  useEffect(
    () => () => {
      const handle = info.peek()?.handle;
      if (handle) void ui.closeBackup({ handle }).catch(() => undefined);
    },
    [],
  );
  const merge = (opener: Opener): Promise<void> =>
    ownStep(async () => {
      const report = await ui.openBackup({ handle: info.value?.handle ?? '', opener, mode: 'merge' });
      info.value = null;
      await refresh();
      back();
      say(plural('sealed_merged', report.added + report.merged));
    });
  return { info, merge };
}

function FromBrowser({ view }: { view: SealedView }) {
  const { info, merge } = useFile();
  const unreadable = useSignal(false);
  useEffect(() => {
    void attempt(async () => {
      info.value = await ui.openSealed({ id: view.id });
    }).then((read) => {
      unreadable.value = !read;
    });
  }, []);
  useFocusStart(info.value === null);
  // What can't be read can still be saved, below.
  if (unreadable.value) return null;
  if (info.value === null) return <Progress text={t('backup_opening')} />;
  return (
    <BackupSecret
      info={info.value}
      canOpen
      onOpen={merge}
      texts={{ open: t('sealed_merge'), code: t('sealed_merge_code'), passkey: t('sealed_merge_biometrics') }}
    />
  );
}

/** The account gives its copy to who shows that it is theirs (S-133); then it is looked at before it is merged. */
function FromAccount({ view }: { view: SealedView }) {
  const { info, merge } = useFile();
  const openers = useSignal<Opener[]>([]);
  const busy = useSignal(false);
  const get = async (secret: SealedSecret, signal: AbortSignal): Promise<void> => {
    const got = await fetchBy(view.gen, secret, signal);
    openers.value = got.openers;
    info.value = got.info;
  };
  const mergeIt = async (): Promise<void> => {
    busy.value = true;
    await attempt(() => firstThatFits(openers.value, merge));
    busy.value = false;
  };
  useFocusStart(info.value === null);
  if (info.value === null) return <SealedProve view={view} onSecret={get} />;
  return (
    <div class="stack">
      <Notice kind="good" title={t('sealed_opened')}>
        <span>{t('sealed_opened_more')}</span>
      </Notice>
      <BackupFacts info={info.value} />
      {busy.value && <Progress text={t('backup_opening')} />}
      <Button kind="primary" full autofocus disabled={busy.value} onClick={mergeIt}>
        {t('sealed_merge')}
      </Button>
    </div>
  );
}
