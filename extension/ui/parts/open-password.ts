import type { Opener, PasswordSlot, UiApi } from '../../shared/api.ts';
import { toB64, wipe } from '../../shared/bytes.ts';
import { AuthJob } from '../auth.ts';
import { codeOf, ui } from '../state.ts';

/** The password that is meant, as the 32 bytes for one slot. */
type Stretch = (slot: PasswordSlot) => Promise<Uint8Array<ArrayBuffer>>;
type PasswordOpener = Opener & { by: 'password' };

/** One after the other: `use` throws `wrong-secret` where one does not fit. The last one's answer is the one that counts. */
export async function firstThatFits<One, T>(all: readonly One[], use: (one: One) => Promise<T>): Promise<T> {
  let failed: unknown;
  for (const one of all) {
    try {
      return await use(one);
    } catch (failure) {
      if (codeOf(failure) !== 'wrong-secret') throw failure;
      failed = failure;
    }
  }
  throw failed;
}

/** Tries the password on each password slot; `use` gets the opener and throws `wrong-secret` where it does not fit. */
export function withStretched<T>(
  slots: readonly PasswordSlot[],
  stretch: Stretch,
  use: (opener: PasswordOpener) => Promise<T>,
): Promise<T> {
  return firstThatFits(slots, async (slot) => {
    const stretched = await stretch(slot);
    try {
      return await use({ by: 'password', slotId: slot.slotId, stretched: toB64(stretched) });
    } finally {
      wipe(stretched);
    }
  });
}

/** The same, with a worker for each slot. */
export const withPassword = <T>(
  password: string,
  slots: readonly PasswordSlot[],
  signal: AbortSignal,
  use: (opener: PasswordOpener) => Promise<T>,
): Promise<T> => withStretched(slots, inWorker(password, signal), use);

/** Practice: right if the password fits any of the slots; one typing is one miss, however many there are. */
export async function practise(slots: readonly PasswordSlot[], stretch: Stretch): Promise<ReturnType<UiApi['practice']>> {
  let answer = { right: false, misses: 0 };
  for (const [at, slot] of slots.entries()) {
    const stretched = await stretch(slot);
    const more = at + 1 < slots.length;
    answer = await ui.practice({ slotId: slot.slotId, stretched: toB64(stretched), ...(more && { more }) }).finally(() => wipe(stretched));
    if (answer.right) break;
  }
  return answer;
}

export const practiseOn = (password: string, slots: readonly PasswordSlot[], signal: AbortSignal): ReturnType<typeof practise> =>
  practise(slots, inWorker(password, signal));

const inWorker =
  (password: string, signal: AbortSignal): Stretch =>
  async (slot) => {
    const stretched = await AuthJob.stretch(password, slot, signal);
    signal.throwIfAborted();
    return stretched;
  };
