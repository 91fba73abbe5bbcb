/**
 * The device's own authenticator, played by the browser's virtual one.
 *
 * It lives with the tab that it was added to: it survives a reload, is not shared with other tabs,
 * holds three credentials, and locks itself after a failed user verification (use a new one then).
 */
import type { CDPSession, Page } from '@playwright/test';

interface AuthenticatorOptions {
  hasPrf?: boolean;
  hasUserVerification?: boolean;
  isUserVerified?: boolean;
  /** A passkey that a provider keeps in sync (BE and BS flags). */
  synced?: boolean;
  /** `internal` is the device's own; `usb` a security key. */
  transport?: 'internal' | 'usb';
}

export class Authenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async add(page: Page, options: AuthenticatorOptions = {}): Promise<Authenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable', { enableUI: false });
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: options.transport ?? 'internal',
        hasResidentKey: true,
        hasUserVerification: options.hasUserVerification ?? true,
        hasPrf: options.hasPrf ?? true,
        isUserVerified: options.isUserVerified ?? true,
        automaticPresenceSimulation: true,
        defaultBackupEligibility: options.synced ?? false,
        defaultBackupState: options.synced ?? false,
      },
    });
    return new Authenticator(session, authenticatorId);
  }

  /** The virtual environment without any authenticator: ceremonies end instead of waiting for a native dialog. */
  static async none(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable', { enableUI: false });
  }

  /** The next finger is the right one, or not. */
  async setUserVerified(isUserVerified: boolean): Promise<void> {
    await this.session.send('WebAuthn.setUserVerified', { authenticatorId: this.authenticatorId, isUserVerified });
  }

  /** With false, nobody answers the prompt until it times out or is cancelled. */
  async setPresence(enabled: boolean): Promise<void> {
    await this.session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.authenticatorId, enabled });
  }

  async credentialIds(): Promise<string[]> {
    const { credentials } = await this.session.send('WebAuthn.getCredentials', { authenticatorId: this.authenticatorId });
    return credentials.map((credential) => credential.credentialId);
  }

  /** The person removed the passkeys from the device. */
  async clear(): Promise<void> {
    await this.session.send('WebAuthn.clearCredentials', { authenticatorId: this.authenticatorId });
  }

  async remove(): Promise<void> {
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.authenticatorId });
  }
}
