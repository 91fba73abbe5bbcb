/** What the attacks of the other files are measured against: the same clicks, with nobody in the way. */
import { scene } from './menu.ts';
import { expect, test, typed, USER } from './web.ts';

test('a click into the field, one on the icon and one on the item fill the form', async ({ sesame, web }) => {
  const { at, tab, ready } = await scene(sesame, web);
  const { point } = await ready('control');
  await at.press(point);
  await at.filled();
  await at.gone();
  expect(await typed(tab)).toContain(USER);
});
