/** Biometric unlock, against devices and people that do not answer as wished. */
import type { Page } from '@playwright/test';
import { Authenticator, expect, test } from './fixtures.ts';
import { alert, enrolled, keysOf, setUp, unlock, whyNot } from './support/biometrics.ts';
import { expectUnlocked, lockNow, unlockWith } from './support/flows.ts';

/** Sesame's own time limit, shortened. */
const hurry = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const real = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (ms) => real(Math.min(ms, 700));
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

test('beside another authenticator, the one that has the passkey answers; two passkeys are two slots', async ({ sesame }) => {
  const { page, device } = await enrolled(sesame);
  await Authenticator.add(page, { transport: 'usb' });
  await unlock(page).click();
  await expectUnlocked(page);
  // The system forgot the first one, and a second is made: both stay listed until the person removes one.
  await device.clear();
  await page.getByRole('button', { name: /^Ways back in/ }).click();
  await setUp(page).click();
  await setUp(page).click();
  await expect(page.getByRole('button', { name: /^More for / })).toHaveCount(2);
  const [first, second] = await keysOf(page);
  expect(first?.salt).not.toBe(second?.salt);
  await page.keyboard.press('Escape');
  await lockNow(page);
  await unlock(page).click();
  await expectUnlocked(page);
});
