import type { UiApi, UiEvent } from './api.ts';
import { ERROR_CODES, type ErrorCode, SesameError } from './errors.ts';
import type { UiAnswer, UiRequest } from './messages.ts';

/** Every call of `UiApi`, as the pages see it: a promise, rejected with a `SesameError`. */
type Ui = {
  [K in keyof UiApi]: (...input: Parameters<UiApi[K]>) => Promise<ReturnType<UiApi[K]>>;
};

const codes: readonly string[] = ERROR_CODES;

function toError(code: unknown): SesameError {
  return new SesameError(typeof code === 'string' && codes.includes(code) ? (code as ErrorCode) : 'internal');
}

/** Calls that change nothing: the answer may be asked for again, whatever became of the first one. */
const READS: ReadonlySet<keyof UiApi> = new Set<keyof UiApi>([
  'status',
  'hint',
  'list',
  'forThisSite',
  'item',
  'edit',
  'reveal',
  'totp',
  'tags',
  'generate',
  'generatorHistory',
  'audit',
  'settings',
  'httpAuth',
  'loadDraft',
  'waitingCapture',
  'accountInfo',
  'pendingReset',
  'sealedVaults',
]);

async function send(request: UiRequest): Promise<unknown> {
  const ask = () => chrome.runtime.sendMessage<UiRequest, UiAnswer | undefined>(request);
  const answer = await ask().catch((failure: unknown) => {
    // The service worker was stopped. If nobody took the message, nothing has happened; otherwise the
    // work may have been done: a second `save` would then make a second item.
    const untaken = failure instanceof Error && failure.message.includes('Receiving end does not exist');
    return untaken || READS.has(request.call) ? ask().catch(() => undefined) : undefined;
  });
  if (answer && 'ok' in answer) return answer.ok;
  throw toError(answer?.error);
}

/** `ui.list(query)` asks the background for `list`. */
export const ui = new Proxy({} as Ui, {
  get: (_, call: string) => (input: unknown) => send({ to: 'background', call: call as keyof UiApi, input: input ?? null }),
});

const events: readonly string[] = ['locked', 'unlocked', 'changed', 'intent', 'account'] satisfies UiEvent['event'][];

/** Calls `listener` for what the background tells all pages; returns the way to stop. */
export function onEvent(listener: (event: UiEvent) => void): () => void {
  const receive = (message: unknown): void => {
    const event = (message as UiEvent | null)?.event;
    if (event !== undefined && events.includes(event)) listener({ event });
  };
  chrome.runtime.onMessage.addListener(receive);
  return () => chrome.runtime.onMessage.removeListener(receive);
}
