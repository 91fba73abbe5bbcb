import { useEffect, useState } from 'preact/hooks';
import type { FillOutcome, ItemId } from '../../shared/api.ts';
import { errorText, t } from '../../shared/i18n.ts';
import { confirmText, filledText, refusalText } from '../items/fill-words.ts';
import { Button, Dialog, Link, problem, say } from '../parts/index.ts';
import { go } from '../route.ts';
import { codeOf, inTab, isAttended, status, ui } from '../state.ts';

interface Asked {
  id: ItemId;
  tabId: number;
  outcome: Extract<FillOutcome, { result: 'confirm' }>;
}

/**
 * Fills one item into one tab, and says how that went. Draw `dialog` once on the screen. With
 * `takesUp`, a fill that waited for the vault to open is done as the screen appears.
 */
export function useFill({ takesUp = false } = {}) {
  const [asked, setAsked] = useState<Asked | null>(null);

  const ended = (id: ItemId, tabId: number, outcome: FillOutcome): void => {
    if (outcome.result === 'confirm') setAsked({ id, tabId, outcome });
    else if (outcome.result === 'refused')
      problem({ text: refusalText(outcome), more: outcome.reason === 'no-match' && <AddAddress id={id} /> });
    // The page behind is what the person wants to see now.
    else if (inTab.value) say(filledText(outcome));
    else close();
  };
  const fill = async (id: ItemId, tabId: number, confirmed?: Asked['outcome']): Promise<void> => {
    problem(null);
    setAsked(null);
    try {
      const agreed = confirmed ? { confirm: confirmed.reason, target: confirmed.target } : {};
      ended(id, tabId, await ui.fill({ id, tabId, ...agreed }));
    } catch (failure) {
      problem(errorText(codeOf(failure)));
    }
  };
  useEffect(() => {
    // In a tab that only follows what happened elsewhere, its question would be asked of nobody.
    if (!takesUp || status.value?.intent?.kind !== 'fill' || !isAttended()) return;
    void ui.resumeFill().then(
      (done) => done && ended(done.id, done.tabId, done.outcome),
      (failure) => problem(errorText(codeOf(failure))),
    );
  }, []);
  const dialog = asked && (
    <ConfirmFill outcome={asked.outcome} onCancel={() => setAsked(null)} onFill={() => void fill(asked.id, asked.tabId, asked.outcome)} />
  );
  return { fill, dialog };
}

function AddAddress({ id }: { id: ItemId }) {
  return <Link onClick={() => go({ name: 'edit', id, kind: 'login' })}>{t('fill_add_address')}</Link>;
}

/** Both addresses in full, so that a look-alike can't hide at a cut-off end (S-68, S-70, S-115). */
function ConfirmFill(props: { outcome: Asked['outcome']; onCancel: () => void; onFill: () => void }) {
  const { outcome, onCancel, onFill } = props;
  return (
    <Dialog
      title={t('fill_confirm_title')}
      onClose={onCancel}
      actions={
        <>
          <Button onClick={onCancel} autofocus>
            {t('cancel')}
          </Button>
          <Button kind="danger" onClick={onFill}>
            {t('fill_confirm_anyway')}
          </Button>
        </>
      }
    >
      <p class="whole-address">{confirmText(outcome)}</p>
      {outcome.reason === 'cross-origin-frame' ? <Frames target={outcome.target} /> : <Addresses of={outcome.target} />}
      <p class="quiet">{t(outcome.reason === 'cross-origin-frame' ? 'fill_confirm_frame_advice' : 'fill_confirm_advice')}</p>
    </Dialog>
  );
}

/** One address to a line: several are joined by blanks, which no origin has in it. */
function Addresses({ of }: { of: string }) {
  return of.split(' ').map((address) => (
    <p key={address} class="mono strong whole-address">
      <bdi>{address}</bdi>
    </p>
  ));
}

/** Whose form it is, and whose page it is shown in (S-63, S-64). */
function Frames({ target }: { target: string }) {
  const [own = '', ...above] = target.split(' ');
  return (
    <dl class="stack close">
      <div>
        <dt class="small quiet">{t('fill_confirm_frame_own')}</dt>
        <dd>
          <Addresses of={own} />
        </dd>
      </div>
      <div>
        <dt class="small quiet">{t('fill_confirm_frame_above')}</dt>
        <dd>
          <Addresses of={above.join(' ')} />
        </dd>
      </div>
    </dl>
  );
}
