import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SealedView } from '../../shared/account.ts';
import type { Opener } from '../../shared/api.ts';
import { date, t } from '../../shared/i18n.ts';
import { useProof } from '../account/use-proof.tsx';
import { downloadVaultFile } from '../parts/download.ts';
import { Button, Notice, Section, say, TextField } from '../parts/index.ts';
import { back, go } from '../route.ts';
import { attempt, ui } from '../state.ts';

/** The server waits at least so long before it erases what it was told to erase, and for the end of the time to undo, ms. */
const ERASE_DELAY = 30 * 86_400_000;

/** What else can be done with a sealed vault: undo the reset, take it out as a file, or part with it. */
export function SealedActs({ view }: { view: SealedView }) {
  const undo = view.undoUntil !== null && view.undoUntil > Date.now();
  return (
    <>
      {undo && (
        <Section title={t('undo_reset')}>
          <p class="quiet">{t('undo_short', date(view.undoUntil ?? 0))}</p>
          <Button full onClick={() => go({ name: 'undo-reset', gen: view.gen })}>
            {t('undo_reset')}
          </Button>
        </Section>
      )}
      {view.where === 'browser' ? <InBrowser view={view} /> : <AtAccount view={view} />}
    </>
  );
}

function InBrowser({ view }: { view: SealedView }) {
  const typing = useSignal(false);
  const save = (): Promise<boolean> =>
    attempt(async () => {
      const saved = await ui.saveSealed({ id: view.id });
      downloadVaultFile(saved);
      say(t('export_saved', saved.fileName));
    });
  const drop = async (typed: string, proof: Opener | null): Promise<void> => {
    await ui.dropSealed({ id: view.id, typed, proof });
    back();
    say(t('sealed_dropped'));
  };
  return (
    <Section title={t('sealed_part')}>
      <Button icon="download" full onClick={save}>
        {t('save_sealed_copy')}
      </Button>
      {typing.value ? (
        <Typed lead={t('sealed_drop_lead')} button={t('sealed_drop')} onSure={drop} />
      ) : (
        <Button kind="quiet" full onClick={() => (typing.value = true)}>
          {t('sealed_drop')}
        </Button>
      )}
    </Section>
  );
}

function AtAccount({ view }: { view: SealedView }) {
  const eraseAt = useSignal(view.eraseAt);
  const typing = useSignal(false);
  /** Its own time is over so soon that there is nothing to take back. */
  const due = useSignal(false);
  const early = Math.max(Date.now() + ERASE_DELAY, view.undoUntil ?? 0);
  const soon = eraseAt.value !== null && eraseAt.value <= early;
  const erase = async (_: string, proof: Opener | null): Promise<void> => {
    ({ eraseAt: eraseAt.value } = await ui.eraseSealed({ gen: view.gen, proof }));
    typing.value = false;
    say(t('sealed_erase_begun'));
  };
  const keep = (): Promise<boolean> =>
    attempt(async () => {
      await ui.keepSealed({ gen: view.gen });
      const again = (await ui.sealedVaults()).find(({ where, gen }) => where === 'account' && gen === view.gen);
      due.value = again?.eraseAt === eraseAt.value;
      eraseAt.value = again?.eraseAt ?? null;
      say(t('sealed_kept', date(eraseAt.value ?? 0)));
    });
  return (
    <Section title={t('sealed_part')}>
      {soon ? (
        <>
          <Notice kind="warn">
            <span>{t('sealed_erase_on', date(eraseAt.value ?? 0))}</span>
          </Notice>
          {!due.value && (
            <Button full onClick={keep}>
              {t('sealed_keep')}
            </Button>
          )}
        </>
      ) : typing.value ? (
        <Typed lead={t('sealed_erase_lead')} button={t('erase_now')} onSure={erase} />
      ) : (
        <Button kind="quiet" full onClick={() => (typing.value = true)}>
          {t('erase_now')}
        </Button>
      )}
    </Section>
  );
}

interface TypedProps {
  lead: string;
  button: string;
  onSure: (typed: string, proof: Opener | null) => Promise<void>;
}

/** The word by hand and a factor shown again: nothing that ends a vault is one press away. */
function Typed({ lead, button, onSure }: TypedProps) {
  const typed = useSignal('');
  const proof = useProof('list');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const word = t('sealed_word');
  const fits = typed.value.trim().toLowerCase() === word.toLowerCase();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (fits) void proof.run((shown) => onSure(typed.value, shown));
  };
  return (
    <>
      <form class="stack tight" onSubmit={submit}>
        <Notice kind="warn">
          <span>{lead}</span>
        </Notice>
        <TextField
          label={t('sealed_type', word)}
          value={typed.value}
          onInput={(value) => {
            typed.value = value;
          }}
          inputRef={field}
        />
        <Button type="submit" kind="danger" full disabled={!fits}>
          {button}
        </Button>
      </form>
      {proof.dialog}
    </>
  );
}
