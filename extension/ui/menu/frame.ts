/** The frame's port and texts, for whatever is drawn in it. */
import type { Prefs } from '../../shared/api.ts';
import { type FromMenu, MENU_PORT, type ToMenu } from '../../shared/menu.ts';
import { chosen, type Table, type TextKey, tableOf, textIn } from '../../shared/texts.ts';
import { judge } from './gate.ts';

let port: chrome.runtime.Port | null = null;
let table: Table = {};

export const t = (key: TextKey, ...values: (string | number)[]): string => textIn(table, key, values);

export async function applyPrefs({ language, theme }: Prefs): Promise<void> {
  const root = document.documentElement;
  const wanted = chosen(language);
  table = await tableOf(wanted);
  root.lang = wanted;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

function say(message: FromMenu): void {
  try {
    port?.postMessage(message);
  } catch {
    port = null;
  }
}

/** The address names the opening that this load is for; without one that the background knows, nothing is drawn. */
export function begin(onMessage: (message: ToMenu) => void): void {
  const opening = location.hash.slice(1);
  if (opening === '' || window === window.top) return;
  port = chrome.runtime.connect({ name: MENU_PORT });
  port.onMessage.addListener(onMessage);
  port.onDisconnect.addListener(() => {
    port = null;
    document.body.replaceChildren();
  });
  say({ type: 'hello', opening, parent: location.ancestorOrigins?.[0] ?? null });
}

export const stay = (): void => say({ type: 'here' });

export const close = (refocus: boolean): void => say({ type: 'close', refocus });

/** Asks for `act`, if the press that wants it passes the gate. */
export async function request(event: MouseEvent | KeyboardEvent, act: unknown): Promise<void> {
  const judged = await judge(event);
  if (judged) say({ type: 'act', proved: judged.proved, act: JSON.stringify(act) });
}

/** An element with its class, text and attributes. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  { text = '', ...attributes }: Record<string, string> = {},
  ...children: Element[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== '') element.textContent = text;
  element.append(...children);
  return element;
}
