import type { Opener, PasswordSlot, UiApi } from '../../shared/api.ts';
import { toB64, wipe } from '../../shared/bytes.ts';
import { AuthJob } from '../auth.ts';
import { codeOf, ui } from '../state.ts';

/**
 * Tries the password on each password slot; `use` gets the opener and throws `wrong-secret` where it
 * does not fit. The last slot's answer is the one that counts.
 */
export async function withPassword<T>(
  password: string,
  slots: readonly PasswordSlot[],
  signal: AbortSignal,
  use: (opener: Opener & { by: 'password' }) => Promise<T>,
): Promise<T> {
  let failed: unknown;
  for (const slot of slots) {
    const stretched = await AuthJob.stretch(password, slot, signal);
    signal.throwIfAborted();
    try {
      return await use({ by: 'password', slotId: slot.slotId, stretched: toB64(stretched) });
    } catch (failure) {
      if (codeOf(failure) !== 'wrong-secret') throw failure;
      failed = failure;
    } finally {
      wipe(stretched);
    }
  }
  throw failed;
}

/** Practice: right if the password fits any of the slots; one typing is one miss, however many there are. */
export async function practiseOn(
  password: string,
  slots: readonly PasswordSlot[],
  signal: AbortSignal,
): Promise<ReturnType<UiApi['practice']>> {
  let answer = { right: false, misses: 0 };
  for (const [at, slot] of slots.entries()) {
    const stretched = await AuthJob.stretch(password, slot, signal);
    signal.throwIfAborted();
    const more = at + 1 < slots.length;
    answer = await ui.practice({ slotId: slot.slotId, stretched: toB64(stretched), ...(more && { more }) }).finally(() => wipe(stretched));
    if (answer.right) break;
  }
  return answer;
}
