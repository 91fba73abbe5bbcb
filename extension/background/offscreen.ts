/** Chromium's service worker has no clipboard: this document, alive for one order, has. */
import type { OffscreenAnswer, OffscreenRequest } from '../shared/messages.ts';

/** An area that keeps the focus and the selection which `execCommand` works on. */
function area(value: string): HTMLTextAreaElement {
  const field = document.createElement('textarea');
  field.value = value;
  document.body.replaceChildren(field);
  field.focus();
  field.select();
  return field;
}

/** Through the event, so that the empty text can be written too, and nothing is left in the document. */
function write(text: string): boolean {
  area(' ');
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', fill, { once: true });
  return document.execCommand('copy');
}

function read(): OffscreenAnswer {
  const field = area('');
  const done = document.execCommand('paste');
  const text = field.value;
  field.remove();
  return { done, text };
}

chrome.runtime.onMessage.addListener((message: unknown, sender, answer: (value: OffscreenAnswer) => void) => {
  const request = message as OffscreenRequest | null;
  // Orders come from the background, which is no tab and no web page.
  if (request?.to !== 'offscreen' || sender.id !== chrome.runtime.id || sender.tab) return;
  answer(request.order === 'write' ? { done: write(request.text), text: '' } : read());
});
