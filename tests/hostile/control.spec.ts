/** What the attacks of the other files are measured against: the same clicks, with nobody in the way. */
import { expect, test } from '../e2e/fixtures.ts';
import { typed } from '../pages/desk.ts';
import { bank } from './menu.ts';

test('a click in the field, one on the icon and one on the item fill the form', async ({ sesame, site }) => {
  const { at, web, open } = await bank(sesame, site.origin);
  await open('sign-in');
  await at.choose();
  await at.filled();
  await at.gone();
  expect(await typed(web)).toContain('alice@bank.test');
});
