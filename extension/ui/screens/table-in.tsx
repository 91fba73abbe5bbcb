import { Create } from './create.tsx';
import { later } from './later.tsx';
import { Locked } from './locked.tsx';
import type { ScreenTable, WaysInRoute } from './table.ts';
import { Welcome } from './welcome.tsx';

export const waysInScreens: ScreenTable<WaysInRoute> = {
  welcome: Welcome,
  create: Create,
  'sign-in': later(async () => (await import('./sign-in.tsx')).SignIn),
  'recovery-kit': later(async () => (await import('./recovery-kit.tsx')).RecoveryKit),
  biometrics: later(async () => (await import('./biometrics.tsx')).Biometrics),
  locked: Locked,
  'why-not': later(async () => (await import('./why-not.tsx')).WhyNot),
  'ways-back': later(async () => (await import('./ways-back.tsx')).WaysBack),
  'use-recovery': later(async () => (await import('./use-recovery.tsx')).UseRecovery),
  'start-over': later(async () => (await import('./start-over.tsx')).StartOver),
  'open-backup': later(async () => (await import('./open-backup.tsx')).OpenBackup),
  'set-password': later(async () => (await import('./set-password.tsx')).SetPassword),
  damaged: later(async () => (await import('./damaged.tsx')).Damaged),
};
