import type { ItemEdit, Website } from '../../shared/api.ts';

/**
 * Host names outside ASCII as the browser spells them (S-67): its parser grants the origins that they
 * are compared with, so it and no other does the IDNA. Everything else is the engine's to read.
 */
function asBrowserReads(website: Website): Website {
  const { url, match } = website;
  if (match === 'regex' || !/[^\p{ASCII}]/u.test(url)) return website;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`;
  return URL.canParse(address) ? { url: new URL(address).href, match } : website;
}

export function withReadAddresses(edit: ItemEdit): ItemEdit {
  return { ...edit, websites: edit.websites.map(asBrowserReads) };
}
