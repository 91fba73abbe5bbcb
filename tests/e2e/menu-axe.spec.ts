/** axe finds nothing in the frame of the menu, in either theme and either language; the pictures go to SESAME_SHOTS. */
import type { Prefs } from '../../extension/shared/api.ts';
import { ARMED, attacker as pageOf, scene } from '../hostile/menu.ts';
import { expect, test } from '../hostile/web.ts';
import { scrollsSideways, violations } from './support/axe.ts';
import { call, login } from './support/calls.ts';

const NEW = `<form method="post" action="/received"><h1>Create your account</h1><label>E-mail <input type="email" autocomplete="email"></label>
  <label>New password <input name="password" type="password" autocomplete="new-password"></label><button>Create account</button></form>`;

for (const [theme, language] of [
  ['light', 'en'],
  ['dark', 'it'],
] satisfies [Prefs['theme'], Prefs['language']][]) {
  test(`the menu, ${theme}, ${language}`, async ({ sesame, web }) => {
    const { at, tab, popup, go } = await scene(sesame, web, { totp: 'JBSWY3DPEHPK3PXP' });
    await call(popup, 'setPrefs', { theme, language });
    const sound = async (screen: string): Promise<void> => {
      const frame = await at.frame();
      await tab.waitForTimeout(ARMED);
      // A frame is no page and needs no heading. Into the frame itself: from the page, axe sees no further than the closed root.
      expect(await violations(frame, { rules: { 'page-has-heading-one': { enabled: false } } }), screen).toEqual([]);
      expect(await scrollsSideways(frame), screen).toBe(false);
      const shots = process.env['SESAME_SHOTS'];
      if (shots) await tab.screenshot({ path: `${shots}/menu-${screen}-${theme}.png`, clip: { x: 0, y: 0, width: 480, height: 560 } });
      await tab.keyboard.press('Escape');
      await at.gone();
    };
    await go('menu');
    await at.open();
    await sound('one');
    const items = Array.from({ length: 60 }, (_, n) => login(`Account ${n}`, { websites: [{ url: 'https://bank.com', match: 'site' }] }));
    await call(popup, 'importItems', { items });
    await at.click(await at.icon());
    await sound('many');
    await at.click(await at.icon());
    await (await at.frame()).getByRole('combobox').fill('zzz');
    await sound('none');
    await go('new', pageOf('', NEW));
    await at.open();
    await sound('new');
    await call(popup, 'lock');
    await go('menu');
    await at.open();
    await sound('locked');
  });
}
