/** Shortcuts as this system writes and types them. */

const isMac = navigator.platform.startsWith('Mac');

export const COPY_PASSWORD = isMac ? '⌘C' : 'Ctrl+C';
export const COPY_USERNAME = isMac ? '⇧⌘C' : 'Ctrl+Shift+C';

/** Which copy a key press asks for; text that is selected is left to the browser. */
export function copyAsked(event: KeyboardEvent): 'password' | 'username' | null {
  const held = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!held || event.altKey || event.key.toLowerCase() !== 'c') return null;
  if (!event.shiftKey && !getSelection()?.isCollapsed && getSelection()?.toString()) return null;
  return event.shiftKey ? 'username' : 'password';
}
