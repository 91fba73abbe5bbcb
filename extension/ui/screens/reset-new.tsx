import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { errorText, t } from '../../shared/i18n.ts';
import { hostOf } from '../account/address.ts';
import { Button, Notice, Progress, problem, Screen } from '../parts/index.ts';
import { ResetForm } from '../reset/form.tsx';
import { askAbout, type LinkInfo, type ResetLink } from '../reset/start-link.ts';
import { type Routes, replace } from '../route.ts';
import { codeOf, status, ui } from '../state.ts';

type Found = ResetLink & LinkInfo;
type State = { is: 'asking' } | { is: 'failed' } | { is: 'strange'; link: Found } | { is: 'ready'; link: Found };

/** Where a reset link ends, taken over from the server's page or typed as a code: the new master password. */
export function ResetNew({ link }: Routes['reset-new']) {
  const state = useSignal<State>(link ? { is: 'ready', link } : { is: 'asking' });
  const look = async (): Promise<void> => {
    problem(null);
    state.value = { is: 'asking' };
    try {
      const taken = await ui.pendingReset();
      if (taken) state.value = await found(taken);
      else {
        state.value = { is: 'failed' };
        problem(t('reset_link_gone'));
      }
    } catch (failure) {
      state.value = { is: 'failed' };
      problem(errorText(codeOf(failure)));
    }
  };
  useEffect(() => {
    if (!link) void look();
  }, []);

  const now = state.value;
  if (now.is === 'ready') return <ResetForm link={now.link} />;
  return (
    <Screen title={t('reset_account')}>
      <div class="stack">
        {now.is === 'asking' && <Progress text={t('reset_checking')} />}
        {now.is === 'failed' && <Failed onAgain={look} />}
        {now.is === 'strange' && (
          <Strange
            link={now.link}
            onGoOn={() => {
              state.value = { is: 'ready', link: now.link };
            }}
          />
        )}
      </div>
    </Screen>
  );
}

async function found({ asked, ...what }: ResetLink & { asked: string | null }): Promise<State> {
  const link = { ...what, ...(await askAbout(what)) };
  // A link that nobody here asked for may be somebody else's: a vault made with it would be at their account.
  const account = status.value?.account;
  const expected = [asked, account?.server === link.server ? account.email : null];
  const known = expected.some((email) => email?.toLowerCase() === link.email.toLowerCase());
  return { is: known ? 'ready' : 'strange', link };
}

function Failed({ onAgain }: { onAgain: () => Promise<void> }) {
  return (
    <>
      <p class="quiet">{t('reset_failed_safe')}</p>
      <div class="stack tight">
        <Button kind="primary" full autofocus onClick={() => replace({ name: 'reset' })}>
          {t('reset_ask_again')}
        </Button>
        <Button full onClick={() => void onAgain()}>
          {t('try_again')}
        </Button>
      </div>
    </>
  );
}

function Strange({ link, onGoOn }: { link: Found; onGoOn: () => void }) {
  return (
    <>
      <Notice kind="warn" title={t('reset_strange')}>
        <span>{t('reset_strange_whose', link.email, hostOf(link.server))}</span>
        <span>{t('reset_strange_more')}</span>
      </Notice>
      <Button kind="primary" full autofocus onClick={onGoOn}>
        {t('reset_strange_mine')}
      </Button>
    </>
  );
}
