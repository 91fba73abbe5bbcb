/** The screens of an open vault that the popup does not open with: one file of the package, so that they cost one request together. */

export { Account } from '../account/account.tsx';
export { AccountHint } from '../account/account-hint.tsx';
export { BringPassword } from '../account/bring-password.tsx';
export { ChangeEmail } from '../account/change-email.tsx';
export { DeleteAccount } from '../account/delete-account.tsx';
export { Devices } from '../account/devices.tsx';
export { JoinAccount } from '../account/join-account.tsx';
export { LeaveAccount } from '../account/leave-account.tsx';
export { Suspended } from '../account/suspended.tsx';
export { BinScreen } from './bin.tsx';
export { EditorScreen } from './editor.tsx';
export { EquivalentsScreen } from './equivalents.tsx';
export { ExportScreen } from './export.tsx';
export { GeneratorScreen } from './generator.tsx';
export { HealthScreen } from './health.tsx';
export { HistoryScreen } from './history.tsx';
export { HttpAuthScreen } from './http-auth.tsx';
export { ImportScreen } from './import.tsx';
export { NeverScreen } from './never.tsx';
export { PageReportScreen } from './page-report.tsx';
export { SealedOpen } from './sealed-open.tsx';
export { SealedVaults } from './sealed-vaults.tsx';
export { SettingsScreen } from './settings.tsx';
export { UndoReset } from './undo-reset.tsx';
