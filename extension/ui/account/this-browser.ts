/** How this browser is called in the list of devices until the person gives it another name. */

interface Brand {
  brand: string;
}
interface AgentData {
  brands: Brand[];
  platform: string;
}

const BROWSERS = ['Microsoft Edge', 'Opera', 'Brave', 'Vivaldi', 'Google Chrome', 'Chromium'];

/** "Chromium on Linux", from what the browser says of itself; nothing that tells two alike machines apart. */
export function thisBrowser(): string {
  const data = (navigator as { userAgentData?: AgentData }).userAgentData;
  const brand = BROWSERS.find((known) => data?.brands.some((one) => one.brand === known));
  const browser = brand ?? (navigator.userAgent.includes('Firefox/') ? 'Firefox' : 'Browser');
  const system = data?.platform || systemIn(navigator.userAgent);
  return system === '' ? browser : `${browser} · ${system}`;
}

function systemIn(agent: string): string {
  const known: [RegExp, string][] = [
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/CrOS/, 'ChromeOS'],
    [/Linux/, 'Linux'],
  ];
  return known.find(([pattern]) => pattern.test(agent))?.[1] ?? '';
}
