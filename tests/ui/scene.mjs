// One scene in one look, drawn and ready: shared by the picture makers.

/** `look` is "<theme>.<language>". The clock stands still, so that the same screen is the same picture. */
export async function openScene(browser, origin, scene, look, { bypassCSP = false, report = () => {} } = {}) {
  const [theme, language] = look.split('.');
  const { size = [380, 600], tab = size[0] > 400 || scene.tab === true, act, ...state } = scene;
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    bypassCSP,
  });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && report(message.text()));
  page.on('pageerror', (error) => report(error.stack ?? error.message));
  await page.clock.setFixedTime(new Date('2026-11-22T10:00:11Z'));
  await page.addInitScript(chromeStub, { tab });
  await page.goto(`${origin}/popup.html#${encodeURIComponent(JSON.stringify({ ...state, theme, language }))}`);
  await page.waitForSelector('[data-ready]', { timeout: 5000 }).catch(() => report('not ready'));
  await act?.(page).catch((error) => report(error.message));
  await page.waitForTimeout(150);
  return { page, close: () => context.close() };
}

/** What the pages expect of the browser, before they start. `tab`: whether the page is a tab. */
const chromeStub = ({ tab }) => {
  globalThis.chrome = {
    runtime: { getURL: (path) => `/${path}`, getManifest: () => ({ version: '0.1.0' }) },
    commands: { getAll: async () => [{ name: 'fill', shortcut: 'Ctrl+Shift+L' }] },
    i18n: { getUILanguage: () => 'en' },
    tabs: { getCurrent: async () => (tab ? { id: 1 } : undefined), create: async () => ({}) },
  };
  globalThis.PublicKeyCredential ??= class {};
  PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = async () => true;
};
