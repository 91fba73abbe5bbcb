/** Three ways to show the account that a sealed vault is one's own, and what then opens it here. */
import type { AccountId } from '../../shared/account.ts';
import type { BackupInfo, Opener } from '../../shared/api.ts';
import { toB64, wipe } from '../../shared/bytes.ts';
import { status, ui } from '../state.ts';
import { withAuth } from '../with-auth.ts';

export type SealedSecret =
  | { by: 'password'; password: string }
  | { by: 'recovery'; code: string }
  /** A copy in this browser that was read and can be opened, by biometrics for example. */
  | { by: 'copy'; handle: string; opener: Opener };

interface Fetched {
  info: BackupInfo;
  /** In the order to try. */
  openers: Opener[];
}

export async function fetchBy(gen: AccountId, secret: SealedSecret, signal: AbortSignal): Promise<Fetched> {
  if (secret.by === 'password') return byPassword(gen, secret.password, signal);
  if (secret.by === 'recovery') {
    const info = await ui.fetchSealed({ gen, proof: { how: 'recovery', code: secret.code } });
    return { info, openers: [{ by: 'recovery', code: secret.code }] };
  }
  const info = await ui.fetchSealed({ gen, proof: { how: 'vault', handle: secret.handle, by: secret.opener } });
  return { info, openers: [secret.opener] };
}

/** Typed once: the same worker proves it to the account and stretches it for the vault. */
function byPassword(gen: AccountId, password: string, signal: AbortSignal): Promise<Fetched> {
  const server = status.value?.account?.server ?? '';
  return withAuth(password, signal, async (session) => {
    const { loginId, nonce, credId, ke2, pinned } = await ui.sealedProveStart({ gen, ke1: await session.loginStart() });
    const { ke3 } = await session.loginFinish({ ke2, credId, server, serverKey: pinned || undefined });
    const info = await ui.fetchSealed({ gen, proof: { how: 'password', loginId, nonce, ke3 } });
    const openers: Opener[] = [];
    for (const slot of info.passwordSlots) {
      const stretched = await session.stretch(slot);
      openers.push({ by: 'password', slotId: slot.slotId, stretched: toB64(stretched) });
      wipe(stretched);
    }
    return { info, openers };
  });
}
