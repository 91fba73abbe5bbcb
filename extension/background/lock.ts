/** Locking: every copy of a secret that Sesame knows of goes, whoever asked for it (S-98). */
import { takeJoinings } from './account/join.ts';
import { forgetUnsettled, withdraw } from './account/unsettled.ts';
import { endSession, LOCK_ALARM } from './autolock.ts';
import { closeBackups } from './backups.ts';
import { refreshAllBadges } from './badge.ts';
import { clearIfOurs, takeMark } from './clipboard.ts';
import { lockEngine } from './engine.ts';
import { tell } from './pages.ts';
import { wipeSession } from './session.ts';

export async function lockNow(): Promise<void> {
  // From here on no job finds a session, even if one is between here and the engine's turn.
  endSession();
  void chrome.storage.session.remove('session');
  // The clipboard's mark is session data: it has to be taken before that is wiped.
  const mark = takeMark();
  const joining = takeJoinings();
  forgetUnsettled();
  closeBackups();
  // Queued at once: whoever unlocks after this call shall not be locked by it.
  await lockEngine(async () => {
    // A job before this one may have begun a session.
    endSession();
    await mark;
    await wipeSession();
  });
  tell('locked');
  joining.forEach(withdraw);
  await Promise.allSettled([mark.then((taken) => clearIfOurs(taken)), chrome.alarms.clear(LOCK_ALARM), refreshAllBadges()]);
}
