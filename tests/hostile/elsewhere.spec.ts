/** S-74, S-76: a choice in the menu is for the form that it was made in; where that came to nothing, nothing else is filled for it. */
import { ActionPopup } from '../e2e/fixtures.ts';
import { attacker, scene } from './menu.ts';
import { expect, SIGN_IN, test, typed } from './web.ts';

test('S-74, S-76: another form is not filled when the popup says what came of it', async ({ sesame, web }) => {
  const { at, tab, ready } = await scene(sesame, web);
  const two = `<div id="one">${SIGN_IN()}</div><div id="two" hidden>${SIGN_IN().replaceAll('name="', 'name="other-')}</div>`;
  const swap = `<script>
    let shown = false;
    new MutationObserver(() => {
      if (menuHost()) shown = true;
      else if (shown) { one.hidden = true; two.hidden = false; }
    }).observe(document, { subtree: true, childList: true });
  </script>`;
  const { point } = await ready('swap', attacker(swap, two));
  const popup = await ActionPopup.next(sesame, () => at.press(point));
  await popup.waitFor('button', 'Fill');
  await expect(tab.locator('#two')).toBeVisible();
  await at.notFilled();
  expect(await popup.text()).toMatch(/Nothing was filled/);
  // By hand it can be.
  await popup.click('button', 'Fill');
  await at.filled();
  expect(await typed(tab)).toContain('canary');
});
