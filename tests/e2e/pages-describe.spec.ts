/** What the content script sees of a page. */
import { expect, test } from '../pages/isolated.ts';

test('a plain form: fields, texts, form', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  const snapshot = await (await script(page)).describe();
  expect(snapshot.fields.map(({ type, name, label, autocomplete, visibility }) => [type, name, label, autocomplete, visibility])).toEqual([
    ['text', 'username', 'User name', 'username', 'yes'],
    ['password', 'password', 'Password', 'current-password', 'yes'],
  ]);
  expect(snapshot.groups).toMatchObject([
    { isForm: true, action: `${site.origin}/received`, hasAction: true, method: 'post', hasMethod: true, headings: ['Sign in'] },
  ]);
  expect(snapshot.groups[0]?.buttons).toMatchObject([{ text: 'Sign in', submit: true, formAction: '', visible: true }]);
  expect(snapshot.groups[0]?.links).toEqual(['Forgot your password?']);
  expect(snapshot).toMatchObject({ title: 'Sign in · Lantern Bank', lang: 'en', path: '/sign-in', focused: null, frameVisible: true });
});

test('S-83: a snapshot says that a field has a value, never which', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.getByLabel('Password').fill('canary-typed');
  const snapshot = await (await script(page)).describe();
  expect(snapshot.fields[1]).toMatchObject({ hasValue: true });
  expect(JSON.stringify(snapshot)).not.toContain('canary');
});

test('S-73: what nobody can see is said to be hidden, and how', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/honeypot`);
  const { fields } = await (await script(page)).describe();
  expect(Object.fromEntries(fields.map(({ name, visibility }) => [name, visibility]))).toEqual({
    'trap-offpage': 'off-page',
    'trap-transparent': 'transparent',
    'trap-tiny': 'tiny',
    'trap-clipped': 'clipped',
    'trap-hidden': 'not-rendered',
    'trap-folded': 'clipped',
    'trap-covered': 'covered',
    username: 'yes',
    password: 'yes',
  });
});

for (const [name, style, visibility] of [
  ['visibility', 'visibility: hidden', 'not-rendered'],
  ['filter', 'filter: opacity(1%)', 'transparent'],
  ['legacy clip', 'position: absolute; clip: rect(0, 0, 0, 0)', 'clipped'],
  ['empty circle', 'clip-path: circle(0px)', 'clipped'],
  ['flat polygon', 'clip-path: polygon(0 0, 0 0, 0 0)', 'clipped'],
  ['far up', 'position: absolute; top: -4000px', 'off-page'],
  ['scaled away', 'transform: scale(0.01)', 'tiny'],
  ['under its own panel', 'z-index: -1; position: relative', 'covered'],
  ['deaf to the pointer', 'pointer-events: none', 'covered'],
  ['greyed out', 'opacity: 0.5', 'yes'],
  ['far down', 'margin-top: 3000px', 'off-screen'],
] as const) {
  test(`S-73: ${name} makes a field ${visibility}`, async ({ page, script, site }) => {
    await page.goto(`${site.origin}/sign-in`);
    await page.locator('input[type=password]').evaluate((field, css) => {
      field.style.cssText += css;
    }, style);
    const snapshot = await (await script(page)).describe();
    expect(snapshot.fields[1]?.visibility).toBe(visibility);
  });
}

test('a label or an icon over a field does not hide it', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.setContent(`<form><div style="position: relative; width: 300px">
    <input id="u" style="width: 300px; height: 40px"><label for="u" style="position: absolute; inset: 0">User name</label></div>
    <div style="position: relative; width: 300px"><input type="password" style="width: 300px; height: 40px">
    <span style="position: absolute; right: 0; top: 0; width: 40px; height: 40px; background: red"></span></div></form>`);
  const { fields } = await (await script(page)).describe();
  expect(fields.map(({ visibility }) => visibility)).toEqual(['yes', 'yes']);
});

test('labels by every route', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.setContent(`<form>
    <label for="a">By for</label><input id="a">
    <label>Wrapping <input></label>
    <span id="l1">By</span><span id="l2">reference</span><input aria-labelledby="l1 l2" aria-describedby="d"><i id="d">More</i>
    <p>Text before <input></p>
    <table><tr><th>Head A</th><th>Head B</th></tr><tr><td>Beside</td><td><input></td></tr></table>
    <input placeholder="Placeholder" aria-label="Spoken" title="Title" inputmode="numeric" pattern="[0-9]*" maxlength="6" readonly>
    <select><option>One</option><option>Two</option></select>
  </form>`);
  const { fields } = await (await script(page)).describe();
  expect(fields.map(({ label, nearby }) => label || nearby)).toEqual([
    'By for',
    'Wrapping',
    'By reference',
    'Text before',
    'Beside Head B',
    expect.any(String),
    expect.any(String),
  ]);
  expect(fields[2]?.description).toBe('More');
  expect(fields[5]).toMatchObject({
    placeholder: 'Placeholder',
    ariaLabel: 'Spoken',
    title: 'Title',
    inputMode: 'numeric',
    pattern: '[0-9]*',
    maxLength: 6,
    readOnly: true,
  });
  expect(fields[6]).toMatchObject({ tag: 'select', type: 'select', options: ['One', 'Two'] });
});

test('open shadow roots are seen, and their fields grouped', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/shadow`);
  await expect(page.getByLabel('User name')).toBeVisible();
  const { fields, groups } = await (await script(page)).describe();
  expect(fields.map(({ label, group, visibility }) => [label, group, visibility])).toEqual([
    ['User name', 0, 'yes'],
    ['Password', 0, 'yes'],
  ]);
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({ isForm: false, action: '', buttons: [{ text: 'Sign in' }] });
});

test('fields without a form are grouped by what is around them', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/no-form`);
  const { fields, groups } = await (await script(page)).describe();
  const [search, user, password] = fields;
  expect(user?.group).toBe(password?.group);
  expect(search?.group).not.toBe(user?.group);
  expect(groups[user?.group ?? -1]).toMatchObject({ isForm: false, headings: [expect.stringContaining('Sign in')] });
});

test('S-68: base, form action and formaction are resolved as the browser would', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.setContent(`<base href="https://evil.test/deep/"><form id="f" action="take"><input type="password"></form>
    <button form="f" formaction="//other.test/x" formmethod="get">Go</button>`);
  const { groups } = await (await script(page)).describe();
  expect(groups[0]).toMatchObject({ action: 'https://evil.test/deep/take', hasMethod: false, method: 'get' });
  expect(groups[0]?.buttons).toMatchObject([{ formAction: 'https://other.test/x', formMethod: 'get', submit: true }]);
});

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

test('put in twice, the newest copy answers and the older one has left', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  const pageScript = await script(page);
  await pageScript.inject();
  expect(await pageScript.evaluate('ports.map((port) => port.open)')).toEqual([false, true]);
  expect((await pageScript.describe()).fields).toHaveLength(2);
});

test('a huge page is described within the caps and quickly', async ({ page, script, site }) => {
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
  const started = Date.now();
  const snapshot = await pageScript.describe();
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(snapshot.fields).toHaveLength(300);
  expect(JSON.stringify(snapshot).length).toBeLessThan(500_000);
});

test('rows with a button each are still one group', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.setContent(`<div><div class="row">User <input> <button type="button">Clear</button></div>
    <div class="row">Password <input type="password"> <button type="button">Show</button></div><a role="button">Go</a></div>`);
  const { fields, groups } = await (await script(page)).describe();
  expect([fields.map(({ group }) => group), groups.length]).toEqual([[0, 0], 1]);
});
