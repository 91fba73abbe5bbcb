/** Pages that get in the way of being described, and what being described leaves in them: nothing. */
import { expect, test } from '../pages/isolated.ts';

test('S-81: elements named after properties change nothing', async ({ page, script, site }) => {
  const names = [
    'action',
    'method',
    'elements',
    'parentNode',
    'getAttribute',
    'querySelectorAll',
    'localName',
    'nodeType',
    'id',
    'attributes',
    'children',
    'shadowRoot',
    'getBoundingClientRect',
    'checkVisibility',
    'contains',
    'isConnected',
    'getRootNode',
    'ownerDocument',
    'textContent',
    'length',
    'submit',
    'addEventListener',
    'dispatchEvent',
    'childNodes',
    'previousSibling',
    'compareDocumentPosition',
    'hasAttribute',
    'matches',
    'scrollIntoView',
    'tagName',
    'name',
    'target',
  ];
  const onDocument = [
    'querySelectorAll',
    'createTreeWalker',
    'documentElement',
    'title',
    'activeElement',
    'elementFromPoint',
    'defaultView',
    'getElementById',
    'body',
    'hasFocus',
    'scrollingElement',
  ];
  await page.goto(`${site.origin}/sign-in`);
  await page.evaluate(
    ([names, onDocument]) => {
      const form = document.querySelector('form') as HTMLFormElement;
      for (const name of names ?? []) {
        const trap = document.createElement('input');
        trap.type = 'hidden';
        trap.name = name;
        form.append(trap);
      }
      for (const name of onDocument ?? []) {
        const image = document.createElement('img');
        image.setAttribute('name', name);
        document.body.append(image);
      }
    },
    [names, onDocument],
  );
  const pageScript = await script(page);
  const { fields, groups, title } = await pageScript.describe();
  expect(fields.map(({ label, visibility }) => [label, visibility])).toEqual([
    ['User name', 'yes'],
    ['Password', 'yes'],
  ]);
  expect(groups[0]).toMatchObject({ action: `${site.origin}/received`, method: 'post' });
  expect(title).toBe('Sign in · Lantern Bank');
});

test('S-93: looking leaves the page as it was', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/react`);
  await expect(page.getByLabel('Password')).toBeVisible();
  const before = await page.evaluate(() => [document.documentElement.outerHTML, Object.keys(window).length]);
  const pageScript = await script(page);
  await pageScript.describe();
  await pageScript.inject();
  await pageScript.describe();
  expect(await page.evaluate(() => [document.documentElement.outerHTML, Object.keys(window).length])).toEqual(before);
});

test('put in twice, the one that lives answers again, and goes on watching what it filled', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  const pageScript = await script(page);
  await pageScript.inject();
  expect(await pageScript.evaluate('ports.map((port) => [port.name, port.open])')).toEqual([
    ['field', true],
    ['page', true],
    ['page', true],
  ]);
  expect((await pageScript.describe()).fields).toHaveLength(2);
});

test('a huge page is described within the caps', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.evaluate(() => {
    for (let index = 0; index < 2000; index++) {
      const label = document.createElement('label');
      label.textContent = 'x'.repeat(500);
      label.append(document.createElement('input'));
      document.body.append(label);
    }
  });
  const pageScript = await script(page);
  const snapshot = await pageScript.describe();
  expect(snapshot.fields).toHaveLength(300);
  expect(JSON.stringify(snapshot).length).toBeLessThan(500_000);
});
