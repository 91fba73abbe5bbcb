/** axe finds nothing on the screens of an open vault, in either theme and either language. */
import type { ItemEdit, Prefs } from '../../extension/shared/api.ts';
import { expect, test } from './fixtures.ts';
import { sound } from './support/axe.ts';
import { call, login } from './support/calls.ts';
import { button, openVault, reopen, row } from './support/vault.ts';

const ITEMS: ItemEdit[] = [
  login('apple', {
    totp: 'JBSWY3DPEHPK3PXP',
    notes: 'In the drawer',
    tags: ['home'],
    favourite: true,
    websites: [{ url: 'http://apple.example', match: 'site' }],
    custom: [
      { name: 'Customer', kind: 'text', value: '12' },
      { name: 'Phone PIN', kind: 'hidden', value: '4711' },
      { name: 'Joint', kind: 'boolean', value: 'true' },
    ],
  }),
  login('banana', { password: 'letmein' }),
  { ...login('card'), kind: 'card', websites: [], fields: { cardNumber: '4242424242424242', expiryMonth: '09', expiryYear: '2029' } },
  { ...login('bin me'), password: 'letmein' },
];

for (const [theme, language] of [
  ['light', 'en'],
  ['dark', 'it'],
] satisfies [Prefs['theme'], Prefs['language']][]) {
  test(`the open vault, ${theme}, ${language}`, async ({ sesame }) => {
    const page = await openVault(sesame, ITEMS);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const id = (await call(page, 'list', { text: 'bin me', in: 'items', offset: 0, limit: 1 })).rows[0]?.id ?? '';
    await call(page, 'moveToBin', { id });
    await call(page, 'rememberGenerated', { value: 'oD4!kel-8mR0' });
    await call(page, 'setPrefs', { theme, language });
    await reopen(sesame, page);
    const say = (english: string, italian: string): string => (language === 'it' ? italian : english);
    const press = (english: string, italian: string): Promise<void> => button(page, say(english, italian)).click();
    const goBack = (): Promise<void> => page.keyboard.press('Escape');

    await sound(page, 'list');
    await page.locator('.virtual-row').first().getByRole('button').last().click();
    await expect(page.getByRole('menu')).toBeVisible();
    await sound(page, 'menu of a row');
    await goBack();
    await page.getByRole('searchbox').fill('zzz');
    await sound(page, 'nothing found');
    await page.getByRole('searchbox').fill('');

    await row(page, /^apple/, say('All items', 'Tutti gli elementi')).click();
    await press('Show password', 'Mostra password');
    await sound(page, 'item');
    await press('Edit', 'Modifica');
    await expect(button(page, say('Save', 'Salva'))).toBeEnabled();
    await sound(page, 'editor');
    await goBack();
    await press('History', 'Cronologia');
    await sound(page, 'history');
    await goBack();
    await goBack();
    await row(page, /^card/, say('All items', 'Tutti gli elementi')).click();
    await sound(page, 'card');
    await goBack();

    await press('New item', 'Nuovo elemento');
    await sound(page, 'new');
    await press('Login', 'Accesso');
    await press('Generate password', 'Genera password');
    await press('Save', 'Salva');
    await expect(page.getByRole('alert')).not.toBeEmpty();
    await sound(page, 'editor with problems');
    await press('Cancel', 'Annulla');
    await sound(page, 'discard?');
    await press('Discard changes', 'Scarta modifiche');

    await press('Generator', 'Generatore');
    await sound(page, 'generator');
    await page.locator('.segments label').nth(1).click();
    await sound(page, 'generator, words');
    await goBack();
    await press('Password health', 'Salute delle password');
    await expect(page.getByRole('region', { name: say('Weak', 'Deboli') })).toBeVisible();
    await sound(page, 'health');
    await goBack();
    await press('Bin', 'Cestino');
    await sound(page, 'bin');
    await goBack();
    await press('Settings', 'Impostazioni');
    await sound(page, 'settings');
    await press('Import', 'Importa');
    await sound(page, 'import');
    await page.locator('input[type=file]').setInputFiles({
      name: 'chrome.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('name,url,username,password,note\nBank,https://bank.example/,alice,one,\n'),
    });
    await expect(button(page, say('Import 1 item', 'Importa 1 elemento'))).toBeVisible();
    await sound(page, 'import, found');
    await goBack();
    await press('Export', 'Esporta');
    await press('Export a readable file', 'Esporta un file leggibile');
    await sound(page, 'export');
  });
}
