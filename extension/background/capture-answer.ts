/** What a site's answer says of a form that was sent: the same question again, or anything else. */
import { scriptIn } from './field.ts';
import type { Flow } from './flows.ts';
import { understand } from './kind.ts';

const SIGN_IN = /^(login|login-or-signup|reauth)$/;
const MAKE = /^(signup|login-or-signup|change)$/;

/**
 * Whether the page asks for what was just sent once more, empty: then it was refused. Null where nobody can
 * look: the browser's own error pages are no answer.
 */
export async function shownAgain(flow: Flow, tabId: number, frameId: number): Promise<boolean | null> {
  const at = await scriptIn(tabId, frameId);
  const snapshot = await at?.look();
  if (!at || !snapshot) return null;
  if (at.origin !== flow.origin) return false;
  const known = await understand(snapshot);
  const role = flow.fresh ? /^new-password$/ : /^current-password$/;
  const purpose = flow.fresh ? MAKE : SIGN_IN;
  // A user name that was asked for on a page of its own is asked for again there.
  const named = flow.captures.length > 1 && !flow.fresh;
  return snapshot.fields.some((field, index) => {
    const understood = known?.fields[index]?.role ?? '';
    const whole = purpose.test(known?.groups[field.group]?.purpose ?? '');
    const asks = role.test(understood) || (named && understood === 'username');
    return whole && asks && !field.hasValue && (field.visibility === 'yes' || field.visibility === 'off-screen');
  });
}
