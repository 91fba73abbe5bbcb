/** The screens around filling, in both themes and languages, by axe; and none of them scrolls sideways. */
import type { Prefs } from '../../extension/shared/api.ts';
import { expect, test } from './fixtures.ts';
import { sound } from './support/axe.ts';
import { call, login } from './support/calls.ts';
import { button, openVault, reopen } from './support/vault.ts';

const card = login('card', {
  kind: 'card',
  username: '',
  password: '',
  websites: [],
  fields: { cardNumber: '4242424242424243', expiryMonth: '3', expiryYear: '2024' },
});

for (const [theme, language] of [
  ['light', 'en'],
  ['dark', 'it'],
] satisfies [Prefs['theme'], Prefs['language']][]) {
  test(`settings of filling, what waits to be saved, a doubtful card, ${theme}, ${language}`, async ({ sesame, site, page: web }) => {
    test.slow();
    const say = (english: string, italian: string): string => (language === 'it' ? italian : english);
    await web.goto(`${site.origin}/sign-in`);
    await web.getByLabel('User name').click();
    await web.keyboard.type('alice');
    await web.keyboard.press('Tab');
    const page = await openVault(sesame, [card]);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await call(page, 'setPrefs', { theme, language });
    const { filling } = await call(page, 'settings');
    await call(page, 'saveFilling', { ...filling, equivalents: [['one.com', 'two.org']], never: ['https://one.example'] });
    await web.bringToFront();
    await web.keyboard.type('a-password');
    await web.getByRole('button', { name: 'Sign in' }).click();
    await expect.poll(async () => (await call(page, 'waitingCapture'))?.verdict).toBe('new');
    await reopen(sesame, page);
    await expect(page.getByRole('region', { name: say('Save this sign-in?', 'Salvare questo accesso?') })).toBeVisible();
    await sound(page, 'list with a question');

    await button(page, say('Settings', 'Impostazioni')).click();
    await sound(page, 'settings');
    for (const name of [
      say('Equivalent sites', 'Siti equivalenti'),
      say('Never offer to save', 'Non proporre mai di salvare'),
      say('Describe this page’s forms', 'Descrivi i moduli di questa pagina'),
    ]) {
      await page.getByRole('button', { name }).click();
      await expect(page.getByRole('heading', { name })).toBeVisible();
      await page.waitForTimeout(300);
      await sound(page, name);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('Escape');

    await page.getByRole('searchbox').fill('card');
    await page.getByRole('searchbox').press('Enter');
    await button(page, say('Edit', 'Modifica')).click();
    await sound(page, 'editor of a doubtful card');
  });
}
