/** What the content script does with a grant, on pages of every make. */
import { expect, grantFor, signIn, test } from '../pages/isolated.ts';

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

test('S-72: a password field that shows its text by fill time gets nothing', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  const pageScript = await script(page);
  const snapshot = await pageScript.describe();
  await page.locator('[name=password]').evaluate((field: HTMLInputElement) => {
    field.type = 'text';
  });
  const report = await pageScript.send(grantFor(snapshot, signIn(snapshot)));
  expect(report.fields.map(({ result }) => result)).toEqual(['filled', 'not-password']);
  await expect(page.locator('[name=password]')).toHaveValue('');
});

for (const event of ['focus', 'keydown', 'beforeinput']) {
  test(`S-72: turned into text on ${event}, it gets nothing either`, async ({ page, script, site }) => {
    await page.goto(`${site.origin}/sign-in`);
    await page.locator('[name=password]').evaluate((field: HTMLInputElement, event) => {
      field.addEventListener(event, () => {
        field.type = 'text';
      });
    }, event);
    const report = await (await script(page)).fill(signIn);
    expect(report.fields[1]?.result).toBe('not-password');
    await expect(page.locator('[name=password]')).toHaveValue('');
  });
}

test('S-72: turned into text afterwards, it is said', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  await page.locator('[name=password]').evaluate((field: HTMLInputElement) => {
    field.addEventListener('input', () => {
      field.type = 'text';
    });
  });
  expect((await (await script(page)).fill(signIn)).exposed).toBe(true);
});

for (const [name, change, result] of [
  ['hidden', 'field.style.opacity = "0"', 'not-visible'],
  [
    'covered',
    'document.body.append(Object.assign(document.createElement("div"), { style: "position:fixed;inset:0;background:#fff" }))',
    'not-visible',
  ],
  ['taken away', 'field.remove()', 'gone'],
  ['moved to another form', 'document.body.appendChild(document.createElement("form")).append(field)', 'gone'],
  ['made read-only', 'field.readOnly = true', 'not-editable'],
] as const) {
  test(`S-73: a password field ${name} since it was described gets nothing`, async ({ page, script, site }) => {
    await page.goto(`${site.origin}/sign-in`);
    const pageScript = await script(page);
    const snapshot = await pageScript.describe();
    const handle = await page.locator('[name=password]').elementHandle();
    await handle?.evaluate((field, change) => new Function('field', change)(field), change);
    const report = await pageScript.send(grantFor(snapshot, signIn(snapshot)));
    expect(report.fields[1]?.result).toBe(result);
    expect(await handle?.evaluate((field) => (field as HTMLInputElement).value)).toBe('');
    if (result === 'gone') expect(report.status).toBe('page-changed');
  });
}

test('S-68: a form pointed elsewhere since it was described gets nothing', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  const pageScript = await script(page);
  const snapshot = await pageScript.describe();
  await page.evaluate(() => addEventListener('input', () => document.body.append('given'), true));
  await page.evaluate((target) => document.querySelector('button')?.setAttribute('formaction', target), site.otherOrigin);
  expect((await pageScript.send(grantFor(snapshot, signIn(snapshot)))).status).toBe('page-changed');
  await expect(page.getByLabel('User name')).toHaveValue('');
  expect(await page.content(), 'not even for a moment').not.toContain('given');
});

for (const delay of [0, 50, 500]) {
  test(`S-69: a form pointed elsewhere ${delay} ms after the fill is emptied`, async ({ page, script, site }) => {
    await page.goto(`${site.origin}/sign-in`);
    await page.locator('[name=password]').evaluate(
      (field, [target, delay]) => {
        field.addEventListener('change', () =>
          setTimeout(() => {
            (document.querySelector('form') as HTMLFormElement).action = String(target);
          }, Number(delay)),
        );
      },
      [`${site.otherOrigin}/received`, delay],
    );
    const pageScript = await script(page);
    await pageScript.fill(signIn);
    await expect(page.getByLabel('Password')).toHaveValue('');
    await expect(page.getByLabel('User name')).toHaveValue('');
    expect(await pageScript.said()).toContainEqual({ type: 'cleared', target: `${site.otherOrigin}/received` });
  });
}

for (const how of ['button', 'form.submit()', 'requestSubmit()']) {
  test(`S-69: swapped while it is sent by ${how}, nothing that was filled goes along`, async ({ page, script, site }) => {
    await page.goto(`${site.origin}/action-swapped`);
    await (await script(page)).fill(signIn);
    if (how === 'button') await page.getByRole('button', { name: 'Sign in' }).click();
    else {
      await page.evaluate(
        ([how, target]) => {
          const form = document.querySelector('form') as HTMLFormElement;
          form.action = `${target}/received`;
          if (how === 'form.submit()') form.submit();
          else form.requestSubmit();
        },
        [how, site.otherOrigin],
      );
    }
    await expect(page.getByRole('status')).toHaveText('Thank you');
    expect(await page.content()).not.toContain('correct horse');
  });
}

test('S-76: a grant is good for one snapshot, once, for two seconds', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  const pageScript = await script(page);
  const first = await pageScript.describe();
  const second = await pageScript.describe();
  expect((await pageScript.send(grantFor(first, signIn(first)))).status).toBe('page-changed');
  expect((await pageScript.send(grantFor(second, signIn(second)))).status, 'used up by the attempt').toBe('page-changed');
  expect((await pageScript.fill(signIn, { mintedAt: Date.now() - 2_100 })).status).toBe('page-changed');
  expect((await pageScript.fill(signIn, { mintedAt: Date.now() + 60_000 })).status).toBe('page-changed');
  await expect(page.getByLabel('Password')).toHaveValue('');
  const third = await pageScript.describe();
  expect((await pageScript.send(grantFor(third, signIn(third)))).status).toBe('filled');
  expect((await pageScript.send(grantFor(third, signIn(third)))).status).toBe('page-changed');
});

test('S-82: prototypes that the page patched see no value before it is given, and change nothing', async ({ page, script, site }) => {
  await page.addInitScript(() => {
    for (const [prototype, keys] of [
      [HTMLInputElement.prototype, ['value', 'type', 'form', 'labels']],
      [HTMLFormElement.prototype, ['action', 'method', 'elements']],
      [Element.prototype, ['shadowRoot', 'localName']],
    ] as const) {
      for (const key of keys) Object.defineProperty(prototype, key, { get: () => 'patched', set: () => undefined, configurable: true });
    }
    for (const key of ['getAttribute', 'getBoundingClientRect', 'checkVisibility'] as const) {
      Object.defineProperty(Element.prototype, key, { value: () => null });
    }
    Object.defineProperty(window, 'MutationObserver', {
      value: class {
        observe() {}
        disconnect() {}
      },
    });
    EventTarget.prototype.dispatchEvent = () => false;
  });
  await page.goto(`${site.origin}/sign-in`);
  const pageScript = await script(page);
  const snapshot = await pageScript.describe();
  expect(snapshot.fields.map(({ label }) => label)).toEqual(['User name', 'Password']);
  expect((await pageScript.send(grantFor(snapshot, signIn(snapshot)))).status).toBe('filled');
});

test('S-62: nothing goes into a frame that is too small to be seen', async ({ page, site, code }) => {
  await page.goto(`${site.origin}/frame`);
  await page.locator('iframe').evaluate((frame) => {
    frame.style.cssText = 'width: 1px; height: 1px; border: 0';
  });
  const inner = page.frame({ url: /sign-in$/ });
  await inner?.evaluate(`globalThis.chrome = { runtime: { connect: () => ({
    onMessage: { addListener: (listener) => { globalThis.hear = listener; } }, onDisconnect: { addListener() {} }, disconnect() {},
    postMessage: (message) => { globalThis.heard = message; } }) } }`);
  await inner?.evaluate(code);
  await inner?.evaluate('hear({ type: "describe", call: 1 })');
  expect(await inner?.evaluate('heard.snapshot.frameVisible')).toBe(false);
  await page.locator('iframe').evaluate((frame) => {
    frame.style.cssText = '';
  });
  await inner?.evaluate('hear({ type: "describe", call: 2 })');
  expect(await inner?.evaluate('heard.snapshot.frameVisible')).toBe(true);
});
