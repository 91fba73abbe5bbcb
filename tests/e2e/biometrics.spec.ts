/** Biometric unlock, against authenticators, browsers and answers that are not as they should be. */
import type { Page } from '@playwright/test';
import { Authenticator, expect, type Sesame, test } from './fixtures.ts';
import { call } from './support/calls.ts';
import { createVault, expectUnlocked, lockNow, unlockWith } from './support/flows.ts';

const alert = (page: Page) => page.getByRole('alert');
const unlock = (page: Page) => page.getByRole('button', { name: 'Unlock with biometrics' });
const setUp = (page: Page) => page.getByRole('button', { name: 'Set up biometric unlock' });
const whyNot = (page: Page) => page.getByRole('link', { name: 'Why not?' });
const keysOf = async (page: Page) => (await call(page, 'status')).locked?.passkeys ?? [];
const stateOf = async (page: Page) => (await call(page, 'status')).state;

async function fresh(sesame: Sesame, options = {}): Promise<{ page: Page; device: Authenticator }> {
  const page = await sesame.openPopup();
  const device = await Authenticator.add(page, options);
  await createVault(page);
  return { page, device };
}

async function enrolled(sesame: Sesame, options = {}): Promise<{ page: Page; device: Authenticator }> {
  const { page, device } = await fresh(sesame, options);
  await setUp(page).click();
  await expectUnlocked(page);
  await lockNow(page);
  return { page, device };
}

/** The authenticator's word with some flags of its data cleared; a reload ends it. */
const withoutFlags = (page: Page, mask: number): Promise<void> =>
  page.evaluate((bits) => {
    const real = Object.getOwnPropertyDescriptor(AuthenticatorAssertionResponse.prototype, 'authenticatorData')?.get;
    Object.defineProperty(AuthenticatorAssertionResponse.prototype, 'authenticatorData', {
      get() {
        const data = new Uint8Array(real?.call(this) as ArrayBuffer).slice();
        data[32] = (data[32] ?? 0) & ~bits;
        return data.buffer;
      },
    });
  }, mask);

/** The browser's word on what was asked, changed. */
const withClientData = (page: Page, change: Record<string, unknown>): Promise<void> =>
  page.evaluate((fields) => {
    const real = Object.getOwnPropertyDescriptor(AuthenticatorResponse.prototype, 'clientDataJSON')?.get;
    Object.defineProperty(AuthenticatorResponse.prototype, 'clientDataJSON', {
      get() {
        const said = JSON.parse(new TextDecoder().decode(real?.call(this) as ArrayBuffer));
        return new TextEncoder().encode(JSON.stringify({ ...said, ...fields })).buffer;
      },
    });
  }, change);

/** The key that comes with an answer: these bytes, none, or again the real one. */
const withKey = (page: Page, key: number[] | null | 'real'): Promise<void> =>
  page.evaluate((bytes) => {
    const proto = PublicKeyCredential.prototype as { real?: () => unknown; getClientExtensionResults: () => unknown };
    proto.real ??= proto.getClientExtensionResults;
    const { real } = proto;
    proto.getClientExtensionResults = function lie() {
      // Creation goes on as it is: the verifying answer is what counts.
      const isNew = (this as unknown as PublicKeyCredential).response instanceof AuthenticatorAttestationResponse;
      if (bytes === 'real' || isNew) return real.call(this);
      return { prf: bytes === null ? {} : { results: { first: Uint8Array.from(bytes).buffer } } };
    };
  }, key);

/** Sesame's own time limit, shortened. */
const hurry = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const real = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (ms) => real(Math.min(ms, 700));
  });

test('S-106: an answer given to another origin, or to another question, opens nothing', async ({ sesame }) => {
  const { page } = await enrolled(sesame);
  for (const change of [{ origin: 'https://evil.test' }, { challenge: 'AAAA' }, { type: 'webauthn.create' }, { crossOrigin: true }]) {
    await withClientData(page, change);
    await unlock(page).click();
    await expect(alert(page), JSON.stringify(change)).toContainText('gave no answer');
    expect(await stateOf(page)).toBe('locked');
    await page.reload();
  }
  await unlock(page).click();
  await expectUnlocked(page);
});

test('S-106: a page of a website can ask for nothing, though it knows the id of the passkey', async ({ sesame, site, page }) => {
  const { page: own, device } = await enrolled(sesame);
  const [key] = await keysOf(own);
  await Authenticator.add(page);
  await page.goto(`${site.origin}/sign-in`);
  expect(await device.credentialIds()).toHaveLength(1);
  const names = await page.evaluate(
    async ([id, rp]) => {
      const raw = Uint8Array.from(atob((id as string).replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
      const ask = (rpId: string) =>
        navigator.credentials
          .get({
            publicKey: {
              challenge: new Uint8Array(32),
              rpId,
              allowCredentials: [{ type: 'public-key', id: raw }],
              extensions: { prf: { eval: { first: new Uint8Array(32) } } },
              timeout: 1000,
            },
          })
          .then(
            () => 'answered',
            (failure: DOMException) => failure.name,
          );
      return [await ask(rp as string), await ask('localhost')];
    },
    [key?.credentialId ?? '', sesame.extensionId],
  );
  expect(names).toEqual(['SecurityError', 'NotAllowedError']);
});

test('S-170: a key that came without a verified person opens nothing, and Why not? says so', async ({ sesame }) => {
  const { page } = await enrolled(sesame);
  await withoutFlags(page, 0x04);
  await unlock(page).click();
  await expect(alert(page)).toContainText('without checking that it is you');
  expect(await stateOf(page)).toBe('locked');
  await whyNot(page).click();
  await expect(page.getByText('without checking that it is you')).toBeVisible();
  await page.reload();
  // It may be tried again: somebody may have turned the reader on.
  await unlock(page).click();
  await expectUnlocked(page);
  expect((await keysOf(page))[0]?.lastProblem).toBeNull();
});

test('S-170: an authenticator that can’t verify its user enrols nothing, whatever the browser let through', async ({ sesame }) => {
  const { page } = await fresh(sesame, { hasUserVerification: false });
  await page.evaluate(() => {
    PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = async () => true;
    const create = navigator.credentials.create.bind(navigator.credentials);
    navigator.credentials.create = (options) => {
      const { publicKey } = options as { publicKey: PublicKeyCredentialCreationOptions };
      publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, userVerification: 'discouraged' };
      return create(options);
    };
  });
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('button', { name: /^Ways back in/ }).click();
  await setUp(page).click();
  await setUp(page).click();
  await expect(alert(page)).toContainText('without checking that it is you');
  expect(await keysOf(page)).toEqual([]);
});

test('S-170: a key of zeroes, a short or long one, or none is no key; then the real one is', async ({ sesame }) => {
  const { page, device } = await fresh(sesame);
  for (const key of [new Array<number>(32).fill(0), new Array<number>(31).fill(7), new Array<number>(33).fill(7), null]) {
    await withKey(page, key);
    await setUp(page).click();
    await expect(alert(page), String(key)).toContainText('keep a key for Sesame');
    expect(await keysOf(page)).toEqual([]);
    // It holds three passkeys, and each try makes one.
    await device.clear();
  }
  await withKey(page, 'real');
  await setUp(page).click();
  await expectUnlocked(page);
  expect(await keysOf(page)).toHaveLength(1);
});

test('S-170: another key than at enrolment: said, the slot kept, and set up anew beside it', async ({ sesame }) => {
  const { page } = await enrolled(sesame);
  await withKey(page, new Array<number>(32).fill(9));
  await unlock(page).click();
  await expect(alert(page)).toContainText('no longer matches');
  await expect(unlock(page)).toBeDisabled();
  await whyNot(page).click();
  await expect(page.getByText('an enrolment from before a change')).toBeVisible();
  await page.getByRole('button', { name: 'Unlock another way, then set it up' }).click();
  expect(await keysOf(page)).toMatchObject([{ lastProblem: 'key-changed' }]);

  await withKey(page, 'real');
  await unlockWith(page);
  await expect(page.getByRole('heading', { name: 'Biometric unlock' })).toBeVisible({ timeout: 30_000 });
  await setUp(page).click();
  await expectUnlocked(page);
  expect(await keysOf(page)).toHaveLength(2);
  await lockNow(page);
  await unlock(page).click();
  await expectUnlocked(page);
});

test('S-170: an authenticator that forgot its key (PRF) is told apart from one that did not answer', async ({ sesame }) => {
  const { page } = await enrolled(sesame);
  await withKey(page, null);
  await unlock(page).click();
  await expect(alert(page)).toContainText('keep a key for Sesame');
  await expect(unlock(page)).toBeDisabled();
  await whyNot(page).click();
  await expect(page.getByText('The device no longer gives the key.')).toBeVisible();
  expect(await keysOf(page)).toMatchObject([{ lastProblem: 'no-prf' }]);
});

test('S-170: a wrong finger is no answer, and the password opens as before', async ({ sesame }) => {
  const { page, device } = await enrolled(sesame);
  await device.setUserVerified(false);
  await unlock(page).click();
  await expect(alert(page)).toContainText('gave no answer');
  await expect(unlock(page)).toBeEnabled();
  await expect(whyNot(page)).toBeVisible();
  await unlockWith(page);
  await expectUnlocked(page);
});

test('Cancel ends the question at once, and the next one is asked', async ({ sesame }) => {
  const { page, device } = await enrolled(sesame);
  await device.setPresence(false);
  await unlock(page).click();
  await expect(unlock(page)).toBeDisabled();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(unlock(page)).toBeEnabled();
  await expect(alert(page)).toBeHidden();
  expect((await keysOf(page))[0]?.lastProblem).toBeNull();
  await device.setPresence(true);
  await unlock(page).click();
  await expectUnlocked(page);
});

test('a device that nobody answers, and a dialog that never settles, end by Sesame’s own clock', async ({ sesame }) => {
  const { page, device } = await enrolled(sesame);
  await hurry(page);
  await device.setPresence(false);
  await unlock(page).click();
  await expect(alert(page)).toContainText('took too long');
  await device.setPresence(true);
  await unlock(page).click();
  await expectUnlocked(page);
  await lockNow(page);
  // As seen with native dialogs: neither `timeout` nor anything else is heeded.
  await page.evaluate(() => {
    navigator.credentials.get = () => new Promise(() => undefined);
  });
  await unlock(page).click();
  await expect(alert(page)).toContainText('took too long');
  await expect(unlock(page)).toBeEnabled();
});

test('a passkey that is here already is not made twice', async ({ sesame }) => {
  const { page } = await enrolled(sesame);
  await unlock(page).click();
  await expectUnlocked(page);
  await page.getByRole('button', { name: /^Ways back in/ }).click();
  await setUp(page).click();
  await setUp(page).click();
  await expect(alert(page)).toContainText('already set up on this device');
  expect(await keysOf(page)).toHaveLength(1);
});

test('a synced passkey is called one (BE and BS)', async ({ sesame }) => {
  const { page } = await enrolled(sesame, { synced: true });
  expect(await keysOf(page)).toMatchObject([{ backupEligible: true, synced: true }]);
  await unlock(page).click();
  await expectUnlocked(page);
  await page.getByRole('button', { name: /^Ways back in/ }).click();
  await expect(page.getByText(/^Synced/)).toBeVisible();
});

test('S-171: the system hears of a passkey only when the person removes it here', async ({ sesame }) => {
  const { page, device } = await enrolled(sesame);
  await page.evaluate(() => {
    const heard: unknown[] = [];
    const note = (name: string) => async (said: unknown) => void heard.push([name, said]);
    const signals = PublicKeyCredential as unknown as Record<string, unknown>;
    for (const name of ['signalUnknownCredential', 'signalAllAcceptedCredentials', 'signalCurrentUserDetails']) signals[name] = note(name);
    Object.assign(globalThis, { heard });
  });
  const heard = () => page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard);
  const [key] = await keysOf(page);
  await device.clear();
  await unlock(page).click();
  await expect(alert(page)).toContainText('gave no answer');
  await unlockWith(page);
  await expectUnlocked(page);
  expect(await keysOf(page)).toHaveLength(1);
  expect(await heard()).toEqual([]);

  await page.getByRole('button', { name: /^Ways back in/ }).click();
  await page.getByRole('button', { name: /^More for / }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect.poll(heard).toEqual([['signalUnknownCredential', { rpId: sesame.extensionId, credentialId: key?.credentialId }]]);
});
