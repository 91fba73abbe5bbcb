/** What the content script does when a page changes between the decision, the fill and the sending. */
import { expect, grantFor, signIn, test } from '../pages/isolated.ts';

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

test('S-76: a page that changed its address since it was described gets nothing', async ({ page, script, site }) => {
  await page.goto(`${site.origin}/sign-in`);
  const pageScript = await script(page);
  for (const change of ['history.pushState({}, "", "/other")', 'history.replaceState({}, "", "?step=2")', 'location.hash = "pay"']) {
    const snapshot = await pageScript.describe();
    await page.evaluate(change);
    expect((await pageScript.send(grantFor(snapshot, signIn(snapshot)))).status, change).toBe('page-changed');
    await expect(page.getByLabel('Password')).toHaveValue('');
  }
  expect((await pageScript.fill(signIn)).status).toBe('filled');
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
