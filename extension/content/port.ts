/** The way to the background: opened when there is something to say, and again after the worker was stopped. */
import { FIELD_PORT, type FromField, type ToField } from '../shared/field.ts';

type Listener = (message: ToField) => void;

const listeners: Listener[] = [];
const endings: (() => void)[] = [];
let port: chrome.runtime.Port | null = null;

/** False once the extension was reloaded or removed: this script has nobody left to talk to. */
export const isAlive = (): boolean => chrome.runtime?.id !== undefined;

export const onField = (listener: Listener): unknown => listeners.push(listener);

/** Called when the background has gone away, and with it everything that it had open. */
export const onEnd = (listener: () => void): unknown => endings.push(listener);

export function connect(): chrome.runtime.Port | null {
  if (port || !isAlive()) return port;
  const opened = chrome.runtime.connect({ name: FIELD_PORT });
  port = opened;
  opened.onMessage.addListener((message: ToField) => {
    for (const listener of listeners) listener(message);
  });
  opened.onDisconnect.addListener(() => {
    if (port === opened) port = null;
    for (const ending of endings) ending();
  });
  return port;
}

export function say(message: FromField): void {
  try {
    connect()?.postMessage(message);
  } catch {
    // The other end has gone this very moment; what is said next opens another.
    port = null;
  }
}
