/** Fields that a page draws anew while it is filled, and pages that won't have a value at once. */
import { expect, signIn, test } from '../pages/isolated.ts';

/** Done once, as soon as the user name has been put in. */
const ON_USER = (change: string): string =>
  `document.querySelector('[name=username]').addEventListener('input', () => { ${change} }, { once: true })`;
const ANEW = `const old = document.querySelector('[name=password]'); const label = old.closest('label').cloneNode(true); old.closest('label').remove();`;

test('an equal field in the same form is the same field', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.evaluate(ON_USER(`${ANEW} document.querySelector('form').append(label);`));
  expect((await (await script(page)).fill(signIn)).status).toBe('filled');
  await expect(page.getByLabel('Password')).toHaveValue('correct horse');
});

test('the whole form may be drawn anew', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.evaluate(ON_USER(`const form = document.querySelector('form'); form.replaceWith(form.cloneNode(true));`));
  expect((await (await script(page)).fill(signIn)).status).toBe('filled');
  await expect(page.getByLabel('User name')).toHaveValue('alice@bank.test');
  await expect(page.getByLabel('Password')).toHaveValue('correct horse');
});

for (const [name, change, result] of [
  ['S-74: in another form', `${ANEW} const form = document.createElement('form'); form.append(label); document.body.append(form);`, 'gone'],
  ['S-74: outside of any form', `${ANEW} document.body.append(label);`, 'gone'],
  ['S-74: twice', `${ANEW} document.querySelector('form').append(label, label.cloneNode(true));`, 'gone'],
  [
    'S-72: as a text field',
    `${ANEW} label.querySelector('input').type = 'text'; document.querySelector('form').append(label);`,
    'not-password',
  ],
  ['S-73: where nobody sees it', `${ANEW} label.style.opacity = 0; document.querySelector('form').append(label);`, 'not-visible'],
  [
    'S-68: in a form that goes elsewhere',
    `const form = document.querySelector('form'); const other = form.cloneNode(true); other.action = 'https://evil.test/'; form.replaceWith(other);`,
    'action-changed',
  ],
] as const) {
  test(`${name}, a field that was drawn anew gets nothing`, async ({ page, script, site }) => {
    await page.goto(`${site.origin}/sign-in`);
    await page.evaluate(ON_USER(change));
    const report = await (await script(page)).fill(signIn);
    expect(report.fields[1]?.result).toBe(result);
    for (const field of await page.locator('[name=password]').all()) await expect(field).toHaveValue('');
  });
}

test('signs that a page refuses stay out, and it is said', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.locator('[name=username]').evaluate((field) => {
    field.addEventListener('beforeinput', (event) => {
      if (/\D/.test((event as InputEvent).data ?? '')) event.preventDefault();
    });
  });
  const report = await (await script(page)).fill(({ fields }) => [[fields[0], 'text', 'a1b2']]);
  expect(report.fields[0]?.result).toBe('reset');
  await expect(page.getByLabel('User name')).toHaveValue('12');
});

test('S-72: a field that shows its text in the middle of typing gets no more of it', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.locator('[name=password]').evaluate((field: HTMLInputElement) => {
    field.addEventListener('beforeinput', (event) => {
      if ((event.data ?? '').length > 1) event.preventDefault();
    });
    field.addEventListener('input', () => {
      if (field.value.length === 3) field.type = 'text';
    });
  });
  const report = await (await script(page)).fill(signIn);
  expect(report.fields[1]?.result).toBe('not-password');
  await expect(page.locator('[name=password]')).toHaveValue('cor');
});
