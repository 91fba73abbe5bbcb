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

test('rows with a button each are still one group', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.setContent(`<div><div class="row">User <input> <button type="button">Clear</button></div>
    <div class="row">Password <input type="password"> <button type="button">Show</button></div><a role="button">Go</a></div>`);
  const { fields, groups } = await (await script(page)).describe();
  expect([fields.map(({ group }) => group), groups.length]).toEqual([[0, 0], 1]);
});

test('what can be ticked is told by its label and its name, not whether it is ticked', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.setContent(`<form><input name="user"><input type="password">
    <label><input type="checkbox" name="keep" checked> Remember me</label><button>Sign in</button></form>`);
  const snapshot = await (await script(page)).describe();
  expect(snapshot.fields).toHaveLength(2);
  expect(snapshot.groups[0]?.checks).toEqual(['Remember me keep']);
});
