import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AccountApi, SignInView } from '../../shared/account.ts';
import type { Opener } from '../../shared/api.ts';
import { ago, date, plural, t } from '../../shared/i18n.ts';
import { JOINING_PORT } from '../../shared/messages.ts';
import { enter } from '../home.ts';
import { Button, Card, Link, ListRow, Notice, Progress, RadioGroup, Screen, Section, say } from '../parts/index.ts';
import { reset } from '../route.ts';
import { attempt, ownStep, refresh, ui } from '../state.ts';
import { withSession } from './flows.ts';
import { heldSession, letGo } from './held.ts';
import { type SyncChoice, SyncRadios } from './sync-choice.tsx';
import { useFocusStart } from './use-focus.ts';

type Seen = ReturnType<AccountApi['signInLook']>;
/** The background ends after 30 s without a question. */
const ASK_EVERY_MS = 20_000;
const ASK_FOR_MS = 10 * 60_000;

interface Props {
  view: SignInView;
  /** What opened the account, and opens the vault now. */
  by: 'password' | 'recovery';
  code?: string;
  onDone: () => Promise<void>;
}

/** An honest-looking empty vault must not pass for one's own: what it holds is said before it is taken (S-35). */
export function Found({ view, by, code, onDone }: Props) {
  const mode = useSignal<SyncChoice>('auto');
  const local = useSignal<'merge' | 'none'>(view.localOpen ? 'merge' : 'none');
  const unlike = useSignal(false);
  const busy = useSignal(false);
  const seen = useSignal<Seen | null>(null);
  const failed = useSignal(false);
  useFocusStart();
  // Whether this screen is left or the whole page goes: the sign-in ends with it, unless what was found was taken.
  useEffect(() => {
    const port = chrome.runtime.connect({ name: `${JOINING_PORT}${view.handle}` });
    return () => port.disconnect();
  }, []);

  const look = async (opener: Opener): Promise<void> => {
    seen.value = await ui.signInLook({ handle: view.handle, opener });
  };
  const begin = (): Promise<boolean> =>
    attempt(async () => {
      const session = heldSession();
      if (by === 'recovery') await look({ by, code: code ?? '' });
      else if (session) await withSession(session, view.passwordSlots, look);
    });
  useEffect(() => {
    void begin().then((done) => {
      failed.value = !done;
      letGo();
    });
    // What was found is in the background's memory only, and the background ends when nobody asks it anything.
    const timer = setInterval(() => void ui.status().catch(() => undefined), ASK_EVERY_MS);
    const end = setTimeout(() => clearInterval(timer), ASK_FOR_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
      letGo();
    };
  }, []);

  const use = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    await attempt(() =>
      ownStep(async () => {
        const { newRecoveryCode, report } = await ui.signInOpen({
          handle: view.handle,
          opener: null,
          mode: mode.value,
          local: local.value,
        });
        await onDone();
        enter(await refresh(), newRecoveryCode);
        say(report ? plural('found_merged', report.added + report.merged) : t('found_done'));
      }),
    );
    busy.value = false;
  };
  const cancel = (): void => reset({ name: view.hasLocalVault ? (view.localOpen ? 'list' : 'locked') : 'welcome' });

  return (
    <Screen
      title={t('found_title')}
      onBack={cancel}
      foot={
        <div class="stack tight">
          {(busy.value || (seen.value === null && !failed.value)) && <Progress text={t('found_opening')} />}
          <Button kind="primary" full large disabled={busy.value || seen.value === null} onClick={() => void use()}>
            {t('found_use')}
          </Button>
        </div>
      }
    >
      <div class="stack">
        <Section title={t('found_what')} hideTitle>
          <Facts view={view} seen={seen.value} />
          {view.items === 0 && (
            <Notice kind="warn" title={t('found_empty')}>
              <span>{t('found_empty_more')}</span>
            </Notice>
          )}
        </Section>
        <Unlike open={unlike.value} onOpen={() => (unlike.value = true)} onCancel={cancel} />
        {view.hasLocalVault && !view.sameVault && <LocalVault view={view} value={local.value} onChange={(way) => (local.value = way)} />}
        <SyncRadios value={mode.value} onChange={(choice) => (mode.value = choice)} />
      </div>
    </Screen>
  );
}

/** How much, how old, whose browsers, and which vault: by these a person knows it again. */
function Facts({ view, seen }: { view: SignInView; seen: Seen | null }) {
  const at = seen?.changedAt ?? view.changedAt;
  const names = seen?.deviceNames.filter((name) => name !== '') ?? [];
  return (
    <Card list>
      <li>
        <ListRow roomy icon="note" title={plural('found_items', view.items)} detail={at === null ? '' : t('found_changed', changed(at))} />
      </li>
      <li>
        <ListRow roomy icon="device" title={plural('found_devices', view.devices)} detail={names.join(', ')} />
      </li>
      <li>
        <ListRow roomy icon="code" title={t('found_fingerprint', view.vaultFingerprint)} detail={t('found_fingerprint_detail')} />
      </li>
    </Card>
  );
}

const changed = (at: number): string => (Date.now() - at < 30 * 86_400_000 ? `${ago(at)}, ${date(at)}` : date(at));

/** What may lie behind a vault that is not the expected one, and the way out that changes nothing. */
function Unlike({ open, onOpen, onCancel }: { open: boolean; onOpen: () => void; onCancel: () => void }) {
  if (!open) return <Link onClick={onOpen}>{t('found_unlike')}</Link>;
  return (
    <Notice kind="warn" title={t('found_unlike_title')}>
      <span>{t('found_unlike_reset')}</span>
      <span>{t('found_unlike_server')}</span>
      <Link onClick={onCancel}>{t('found_unlike_cancel')}</Link>
    </Notice>
  );
}

/** A vault that is already in this browser is never silently replaced. */
function LocalVault(props: { view: SignInView; value: 'merge' | 'none'; onChange: (way: 'merge' | 'none') => void }) {
  const { view, value, onChange } = props;
  if (!view.localOpen) {
    return (
      <Notice title={t('found_local_locked')}>
        <span>{t('found_local_locked_more')}</span>
      </Notice>
    );
  }
  return (
    <RadioGroup
      label={t('found_local')}
      value={value}
      options={[
        { value: 'merge', label: t('found_merge'), detail: t('found_merge_detail') },
        { value: 'none', label: t('found_apart'), detail: t('found_apart_detail') },
      ]}
      onChange={onChange}
    />
  );
}
