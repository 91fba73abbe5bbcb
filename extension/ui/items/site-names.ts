/** Names of sites as people type them: one after another, perhaps with what an address bar adds. */
import { completed } from './website.ts';

/** Lower-case host names without `www.`, each once; null where one of them is no name of a site. */
export function siteNames(typed: string): string[] | null {
  const words = typed.split(/[\s,;]+/u).filter((word) => word !== '');
  const names = words.map((word) => {
    const url = URL.parse(completed(word));
    const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
    return isWeb && url ? url.hostname.replace(/^www\./u, '') : null;
  });
  return names.includes(null) ? null : [...new Set(names.filter((name) => name !== null))];
}
