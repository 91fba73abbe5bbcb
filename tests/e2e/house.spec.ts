/** The fixtures themselves, and what the browser says about the built extension. */
import { Authenticator, expect, test } from './fixtures.ts';

test('the browser loads the extension under its fixed id', async ({ sesame }) => {
  const worker = await sesame.worker();
  expect(worker.url()).toBe(sesame.url('background.js'));
  expect(await worker.evaluate(() => chrome.runtime.id)).toBe(sesame.extensionId);
});

test('the service worker stops and comes back', async ({ sesame }) => {
  const mark = (): unknown => Reflect.get(globalThis, 'mark');
  await (await sesame.worker()).evaluate(() => Reflect.set(globalThis, 'mark', 1));
  expect(await (await sesame.worker()).evaluate(mark)).toBe(1);
  await sesame.killWorker();
  const page = await sesame.openPopup();
  await expect(page.getByRole('heading').first()).toBeVisible();
  expect(await (await sesame.worker()).evaluate(mark)).toBeUndefined();
});

test('the real action popup opens, answers and closes', async ({ sesame, page, site }) => {
  await page.goto(site.origin);
  await page.bringToFront();
  const popup = await sesame.openActionPopup();
  await popup.waitFor('heading', 'Welcome to Sesame');
  expect(await popup.text()).toContain('Create a vault');
  await popup.close();
});

test('a virtual authenticator gives a key in a page of ours', async ({ sesame }) => {
  const page = await sesame.openPopup();
  const device = await Authenticator.add(page);
  const bytes = await page.evaluate(async () => {
    const credential = (await navigator.credentials.create({
      publicKey: {
        challenge: new Uint8Array(32),
        rp: { name: 'Sesame' },
        user: { id: new Uint8Array(16), name: 'test', displayName: 'test' },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        extensions: { prf: { eval: { first: new Uint8Array(32) } } },
      },
    })) as PublicKeyCredential;
    const first = credential.getClientExtensionResults().prf?.results?.first;
    return first instanceof ArrayBuffer ? first.byteLength : 0;
  });
  expect(bytes).toBe(32);
  expect(await device.credentialIds()).toHaveLength(1);
});

test.describe('S-94, S-95', () => {
  // Each refusal is also said on the console.
  test.use({ expectedErrors: [/Content Security Policy|Trusted/] });

  test('neither inline script, nor eval, nor HTML sinks, nor foreign requests in our pages', async ({ sesame }) => {
    const page = await sesame.openPopup();
    const worked = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          // In a task of its own: what the debugger itself evaluates is exempt from the policy.
          setTimeout(async () => {
            const worked: string[] = [];
            const attempt = async (name: string, act: () => unknown): Promise<void> => {
              try {
                await act();
                worked.push(name);
              } catch {
                // Refused, as it should be.
              }
            };
            const trusted = Reflect.get(globalThis, 'trustedTypes') as { createPolicy(name: string, rules: object): unknown };
            await attempt('eval', () => Reflect.apply(Reflect.get(globalThis, 'eval') as () => unknown, globalThis, ['1']));
            await attempt('Function', () => Reflect.construct(Function, ['return 1']));
            await attempt('setTimeout of text', () => Reflect.apply(setTimeout, globalThis, ['1']));
            await attempt('html', () => Reflect.set(document.createElement('div'), 'innerHTML', '<b>x</b>'));
            await attempt('fetch', () => fetch('http://localhost:9/'));
            await attempt('policy', () => trusted.createPolicy('any', {}));
            await attempt('control', () => 1);
            resolve(worked);
          });
        }),
    );
    expect(worked).toEqual(['control']);
  });
});
