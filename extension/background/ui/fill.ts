import type { FillConfirm, FillOutcome } from '../../shared/api.ts';
import { id, oneOf, optional, shape, text } from '../check.ts';
import { type FillRequest, fill } from '../fill.ts';
import { noteFill } from '../shortcut.ts';
import { webTab } from '../tabs.ts';
import type { Handlers } from './desk.ts';
import { tabId } from './inputs.ts';

const request = shape<Omit<FillRequest, 'at'>>({
  id,
  tabId,
  confirm: optional(oneOf<FillConfirm>('action-elsewhere', 'method-get', 'cross-origin-frame')),
  target: optional(text(2048)),
});

async function fillNoted(wanted: FillRequest): Promise<FillOutcome> {
  const outcome = await fill(wanted);
  const tab = outcome.result === 'filled' ? await webTab(wanted.tabId) : null;
  if (tab) await noteFill(tab.origin, wanted.id);
  return outcome;
}

export const filling: Handlers<'fill'> = {
  fill: (input) => fillNoted(request(input)),
};
