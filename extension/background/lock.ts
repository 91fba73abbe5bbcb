/** Locking: every copy of a secret that Sesame knows of goes, whoever asked for it (S-98). */
import { endSession, LOCK_ALARM } from './autolock.ts';
import { closeBackups } from './backups.ts';
import { refreshAllBadges } from './badge.ts';
import { clearOurs } from './clipboard.ts';
import { lockEngine } from './engine.ts';
import { tell } from './pages.ts';
import { wipeSession } from './session.ts';

export async function lockNow(): Promise<void> {
  // From here on no job finds a session, even if one is between here and the engine's turn.
  endSession();
  // The clipboard's mark is session data: it has to be used before that is wiped.
  const clipboard = clearOurs().catch(() => undefined);
  closeBackups();
  await Promise.allSettled([chrome.storage.session.remove(['session']), chrome.alarms.clear(LOCK_ALARM)]);
  await lockEngine(async () => {
    // A job before this one may have begun a session.
    endSession();
    await clipboard;
    await wipeSession();
  });
  tell('locked');
  await refreshAllBadges();
}
