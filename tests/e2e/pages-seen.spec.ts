/** Which fields the content script takes for visible (S-73). */
import { expect, test } from '../pages/isolated.ts';

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

for (const [name, host, visibility] of [
  ['a component that fades its empty field is seen by its own box', 'display: block; width: 300px', 'yes'],
  ['a faded component is not', 'display: block; width: 300px; opacity: 0.05', 'transparent'],
  ['nor one that shows far more than a field', 'display: block; width: 300px; height: 400px', 'not-rendered'],
] as const) {
  test(`S-73: ${name}`, async ({ page, script, site }) => {
    await page.goto(`${site.origin}/sign-in`);
    await page.evaluate((style) => {
      const host = document.createElement('bank-field');
      host.style.cssText = style;
      host.attachShadow({ mode: 'open' }).innerHTML =
        '<label for="f">Password</label><div style="opacity: 0"><input id="f" type="password" style="width: 200px; height: 30px"></div>';
      document.querySelector('form')?.replaceChildren(host);
    }, host);
    const snapshot = await (await script(page)).describe();
    expect(snapshot.fields[0]?.visibility).toBe(visibility);
  });
}
