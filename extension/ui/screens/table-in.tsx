import { later } from './later.tsx';
import { Locked } from './locked.tsx';
import type { ScreenTable, WaysInRoute } from './table.ts';
import { Welcome } from './welcome.tsx';

const rest = () => import('./rest-in.ts');

export const waysInScreens: ScreenTable<WaysInRoute> = {
  welcome: Welcome,
  create: later(async () => (await rest()).Create),
  'sign-in': later(async () => (await rest()).SignIn),
  'sign-in-help': later(async () => (await rest()).SignInHelp),
  'sign-in-code': later(async () => (await rest()).SignInCode),
  'account-code': later(async () => (await rest()).AccountCode),
  'recovery-kit': later(async () => (await rest()).RecoveryKit),
  biometrics: later(async () => (await rest()).Biometrics),
  locked: Locked,
  'why-not': later(async () => (await rest()).WhyNot),
  'ways-back': later(async () => (await rest()).WaysBack),
  'use-recovery': later(async () => (await rest()).UseRecovery),
  'start-over': later(async () => (await rest()).StartOver),
  reset: later(async () => (await rest()).ResetScreen),
  'reset-code': later(async () => (await rest()).ResetCode),
  'reset-new': later(async () => (await rest()).ResetNew),
  'hint-mail': later(async () => (await rest()).HintMail),
  'open-backup': later(async () => (await rest()).OpenBackup),
  'set-password': later(async () => (await rest()).SetPassword),
  damaged: later(async () => (await rest()).Damaged),
};
