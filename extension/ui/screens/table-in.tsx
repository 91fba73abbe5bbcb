import { Biometrics } from './biometrics.tsx';
import { Create } from './create.tsx';
import { Damaged } from './damaged.tsx';
import { Locked } from './locked.tsx';
import { OpenBackup } from './open-backup.tsx';
import { RecoveryKit } from './recovery-kit.tsx';
import { SetPassword } from './set-password.tsx';
import { SignIn } from './sign-in.tsx';
import { StartOver } from './start-over.tsx';
import type { ScreenTable, WaysInRoute } from './table.ts';
import { UseRecovery } from './use-recovery.tsx';
import { WaysBack } from './ways-back.tsx';
import { Welcome } from './welcome.tsx';
import { WhyNot } from './why-not.tsx';

export const waysInScreens: ScreenTable<WaysInRoute> = {
  welcome: Welcome,
  create: Create,
  'sign-in': SignIn,
  'recovery-kit': RecoveryKit,
  biometrics: Biometrics,
  locked: Locked,
  'why-not': WhyNot,
  'ways-back': WaysBack,
  'use-recovery': UseRecovery,
  'start-over': StartOver,
  'open-backup': OpenBackup,
  'set-password': SetPassword,
  damaged: Damaged,
};
