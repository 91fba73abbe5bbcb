import { later } from './later.tsx';
import { Locked } from './locked.tsx';
import type { ScreenTable, WaysInRoute } from './table.ts';
import { Welcome } from './welcome.tsx';

export const waysInScreens: ScreenTable<WaysInRoute> = {
  welcome: Welcome,
  create: later(async () => (await import('./create.tsx')).Create),
  'sign-in': later(async () => (await import('../account/sign-in.tsx')).SignIn),
  'sign-in-help': later(async () => (await import('../account/sign-in-help.tsx')).SignInHelp),
  'sign-in-code': later(async () => (await import('../account/sign-in-code.tsx')).SignInCode),
  'account-code': later(async () => (await import('../account/account-code.tsx')).AccountCode),
  'recovery-kit': later(async () => (await import('./recovery-kit.tsx')).RecoveryKit),
  biometrics: later(async () => (await import('./biometrics.tsx')).Biometrics),
  locked: Locked,
  'why-not': later(async () => (await import('./why-not.tsx')).WhyNot),
  'ways-back': later(async () => (await import('./ways-back.tsx')).WaysBack),
  'use-recovery': later(async () => (await import('./use-recovery.tsx')).UseRecovery),
  'start-over': later(async () => (await import('./start-over.tsx')).StartOver),
  reset: later(async () => (await import('./reset.tsx')).ResetScreen),
  'reset-code': later(async () => (await import('./reset-code.tsx')).ResetCode),
  'reset-new': later(async () => (await import('./reset-new.tsx')).ResetNew),
  'hint-mail': later(async () => (await import('./hint-mail.tsx')).HintMail),
  'open-backup': later(async () => (await import('./open-backup.tsx')).OpenBackup),
  'set-password': later(async () => (await import('./set-password.tsx')).SetPassword),
  damaged: later(async () => (await import('./damaged.tsx')).Damaged),
};
