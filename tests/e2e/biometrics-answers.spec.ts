/** Biometric unlock, against answers that are not what they should be: each ends without a key, and says why. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { alert, enrolled, fresh, keysOf, setUp, stateOf, unlock, whyNot } from './support/biometrics.ts';
import { expectUnlocked, lockNow, unlockWith } from './support/flows.ts';

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
