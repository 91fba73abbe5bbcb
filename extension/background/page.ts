/**
 * The door for content scripts: one port per document, named `page`. Such a script is believed as
 * little as the page it lives in (S-91): it only answers what it was just asked, and who it is
 * comes from the browser. A port that no fill waits for is closed.
 */
import { SesameError } from '../shared/errors.ts';
import { type FillReport, type FromPage, LIMITS, PAGE_PORT, type Snapshot, type ToPage } from '../shared/page.ts';
import { warnOnBadge } from './badge.ts';
import { flag, list, oneOf, shape, whole } from './check.ts';

/** Far above what `LIMITS` allow the script to collect; more is no snapshot. */
export const MAX_SNAPSHOT = 1024 * 1024;

const reportOf = shape<FillReport>({
  status: oneOf('filled', 'partly', 'page-changed', 'not-visible'),
  fields: list(
    shape<FillReport['fields'][number]>({
      field: whole(0, LIMITS.fields),
      result: oneOf('filled', 'reset', 'gone', 'not-visible', 'not-password', 'not-editable', 'no-option', 'action-changed'),
    }),
    LIMITS.fields,
  ),
  exposed: flag,
});

/** A document's script, as attested by the browser. */
export interface PageFrame {
  frame: number;
  documentId: string;
  origin: string;
  url: string;
  snapshot(): Promise<Snapshot | null>;
  fill(grant: Extract<ToPage, { type: 'fill' }>['grant']): Promise<FillReport>;
  close(): void;
}

const collectors = new Map<number, (frame: PageFrame) => void>();
let calls = 0;

/** Takes the ports that the tab's documents open from now on; returns the way to stop. */
export function collect(tabId: number, take: (frame: PageFrame) => void): () => void {
  collectors.set(tabId, take);
  return () => {
    if (collectors.get(tabId) === take) collectors.delete(tabId);
  };
}

export function onConnect(port: chrome.runtime.Port): void {
  const { sender } = port;
  const take = sender?.tab?.id === undefined ? undefined : collectors.get(sender.tab.id);
  if (port.name !== PAGE_PORT || sender?.id !== chrome.runtime.id || sender.frameId === undefined || !take) {
    port.disconnect();
    return;
  }
  take(frameOf(port, sender, sender.frameId));
}

function frameOf(port: chrome.runtime.Port, sender: chrome.runtime.MessageSender, frame: number): PageFrame {
  const pending = new Map<number, (answer: FromPage | null) => void>();
  port.onMessage.addListener((message: unknown) => {
    const answer = message as FromPage | null;
    if (answer?.type === 'cleared') {
      if (sender.tab?.id !== undefined) void warnOnBadge(sender.tab.id);
      return;
    }
    const call = answer?.call;
    if (typeof call !== 'number') return;
    pending.get(call)?.(answer);
    pending.delete(call);
  });
  port.onDisconnect.addListener(() => {
    for (const settle of pending.values()) settle(null);
    pending.clear();
  });
  const ask = (message: ToPage): Promise<FromPage | null> =>
    new Promise((settle) => {
      pending.set(message.call, settle);
      try {
        port.postMessage(message);
      } catch {
        settle(null);
      }
    });
  return {
    frame,
    // Where the browser gives documents no id, the port stands for its document: both end together.
    documentId: sender.documentId ?? `port-${crypto.randomUUID()}`,
    origin: sender.origin ?? '',
    url: sender.url ?? '',
    snapshot: async () => {
      calls += 1;
      const answer = await ask({ type: 'describe', call: calls });
      if (answer?.type !== 'snapshot' || JSON.stringify(answer).length > MAX_SNAPSHOT) return null;
      return answer.snapshot;
    },
    fill: async (grant) => {
      calls += 1;
      const answer = await ask({ type: 'fill', call: calls, grant });
      if (answer?.type !== 'filled') throw new SesameError('page-changed');
      return reportOf(answer.report);
    },
    close: () => port.disconnect(),
  };
}
