/** Biometric unlock in popup.html in a tab, by the names that a person sees. */
import type { Page } from '@playwright/test';
import type { Sesame } from '../fixtures.ts';
import { Authenticator } from './authenticator.ts';
import { call } from './calls.ts';
import { createVault, expectUnlocked, lockNow } from './flows.ts';

export const alert = (page: Page) => page.getByRole('alert');
export const unlock = (page: Page) => page.getByRole('button', { name: 'Unlock with biometrics' });
export const setUp = (page: Page) => page.getByRole('button', { name: 'Set up biometric unlock' });
export const whyNot = (page: Page) => page.getByRole('link', { name: 'Why not?' });
export const keysOf = async (page: Page) => (await call(page, 'status')).locked?.passkeys ?? [];
export const stateOf = async (page: Page) => (await call(page, 'status')).state;

export async function fresh(sesame: Sesame, options = {}): Promise<{ page: Page; device: Authenticator }> {
  const page = await sesame.openPopup();
  const device = await Authenticator.add(page, options);
  await createVault(page);
  return { page, device };
}

export async function enrolled(sesame: Sesame, options = {}): Promise<{ page: Page; device: Authenticator }> {
  const { page, device } = await fresh(sesame, options);
  await setUp(page).click();
  await expectUnlocked(page);
  await lockNow(page);
  return { page, device };
}
