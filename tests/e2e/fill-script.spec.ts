/** What the content script does with a grant, on pages of every make. */
import { expect, signIn, test } from '../pages/isolated.ts';

for (const path of ['sign-in', 'react', 'vue', 'shadow', 'no-form', 'honeypot', 'late']) {
  test(`${path}: the page notices both values`, async ({ page, script, site }) => {
    await page.goto(`${site.origin}/${path}`);
    if (path === 'late') await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('Password').or(page.locator('#login-pass')).first()).toBeAttached();
    const report = await (await script(page)).fill(signIn);
    expect(report).toMatchObject({ status: 'filled', exposed: false });
    await page
      .getByRole('button', { name: /^(Sign in|Continue)$/ })
      .last()
      .click();
    await expect(page.getByRole('status')).toHaveText('Signed in as alice@bank.test');
    await expect(page.locator('[data-field=password]')).toHaveText('correct horse');
    await expect(page.locator('[data-field^=trap]').filter({ hasText: /./ })).toHaveCount(0);
  });
}

test('a framework sees focus, keys, input, change and blur, in order', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const names = ['focus', 'keydown', 'keypress', 'beforeinput', 'input', 'keyup', 'change', 'blur'];
    for (const name of names) document.querySelector('[name=username]')?.addEventListener(name, (event) => seen.push(event.type));
  });
  await (await script(page)).fill(signIn);
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
    'focus',
    'keydown',
    'keypress',
    'beforeinput',
    'input',
    'keyup',
    'change',
    'blur',
  ]);
});

test('a code goes into boxes, one sign each', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/code-boxes`);
  const report = await (await script(page)).fill(({ fields }) => fields.map((field, index) => [field, 'text', String(index + 1)]));
  expect(report.status).toBe('filled');
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.locator('[data-field=code]')).toHaveText('123456');
});

test('a select is set by value or label', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.setContent(
    '<form><select><option value="">-</option><option value="it">Italy</option><option value="FR">France</option></select></form>',
  );
  await page.evaluate(() =>
    document.querySelector('select')?.addEventListener('change', ({ target }) => {
      document.title = (target as HTMLSelectElement).value;
    }),
  );
  const pageScript = await script(page);
  expect((await pageScript.fill(({ fields }) => [[fields[0], 'select', 'italy']])).status).toBe('filled');
  expect(await page.title()).toBe('it');
  expect((await pageScript.fill(({ fields }) => [[fields[0], 'select', 'fr']])).status).toBe('filled');
  expect((await pageScript.fill(({ fields }) => [[fields[0], 'select', 'Atlantis']])).fields[0]?.result).toBe('no-option');
});

test('a page that puts its own value back once is told again', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.evaluate(() => {
    const field = document.querySelector('[name=username]') as HTMLInputElement;
    field.addEventListener(
      'input',
      () =>
        setTimeout(() => {
          field.value = '';
        }, 10),
      { once: true },
    );
  });
  expect((await (await script(page)).fill(signIn)).status).toBe('filled');
  await expect(page.getByLabel('User name')).toHaveValue('alice@bank.test');
});

test('a page that always puts its own value back is reported', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.evaluate(() => {
    const field = document.querySelector('[name=username]') as HTMLInputElement;
    field.addEventListener('input', () =>
      setTimeout(() => {
        field.value = '';
      }, 10),
    );
  });
  const report = await (await script(page)).fill(signIn);
  expect(report).toMatchObject({ status: 'partly', fields: [{ result: 'reset' }, { result: 'filled' }] });
});
