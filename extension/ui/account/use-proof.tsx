/** Does what needs a fresh factor: at once within a minute of one, otherwise after asking for it. */
import { useSignal } from '@preact/signals';
import type { Opener } from '../../shared/api.ts';
import { errorText } from '../../shared/i18n.ts';
import { problem } from '../parts/index.ts';
import { needsProof, ProofDialog } from '../parts/proof.tsx';
import { codeOf } from '../state.ts';

type Act = (proof: Opener | null) => Promise<unknown>;

export function useProof(route: string) {
  const asking = useSignal<Act | null>(null);
  const run = async (act: Act): Promise<void> => {
    problem(null);
    if (needsProof()) {
      asking.value = act;
      return;
    }
    try {
      await act(null);
    } catch (failure) {
      if (codeOf(failure) === 'not-fresh') asking.value = act;
      else problem(errorText(codeOf(failure)));
    }
  };
  const act = asking.value;
  const dialog = act && (
    <ProofDialog
      route={route}
      onProof={async (proof) => {
        await act(proof);
        asking.value = null;
      }}
      onClose={() => {
        asking.value = null;
      }}
    />
  );
  return { run, dialog };
}
