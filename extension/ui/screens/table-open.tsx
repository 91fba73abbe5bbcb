import { ItemScreen } from './item.tsx';
import { later } from './later.tsx';
import { ListScreen } from './list.tsx';
import { NewScreen } from './new.tsx';
import type { OpenRoute, ScreenTable } from './table.ts';

/** The screens of an open vault. */
export const openScreens: ScreenTable<OpenRoute> = {
  list: ListScreen,
  item: ItemScreen,
  new: NewScreen,
  edit: later(async () => (await import('./editor.tsx')).EditorScreen),
  history: later(async () => (await import('./history.tsx')).HistoryScreen),
  generator: later(async () => (await import('./generator.tsx')).GeneratorScreen),
  health: later(async () => (await import('./health.tsx')).HealthScreen),
  settings: later(async () => (await import('./settings.tsx')).SettingsScreen),
  equivalents: later(async () => (await import('./equivalents.tsx')).EquivalentsScreen),
  never: later(async () => (await import('./never.tsx')).NeverScreen),
  'page-report': later(async () => (await import('./page-report.tsx')).PageReportScreen),
  'http-auth': later(async () => (await import('./http-auth.tsx')).HttpAuthScreen),
  'sealed-vaults': later(async () => (await import('./sealed-vaults.tsx')).SealedVaults),
  'sealed-open': later(async () => (await import('./sealed-open.tsx')).SealedOpen),
  'undo-reset': later(async () => (await import('./undo-reset.tsx')).UndoReset),
  import: later(async () => (await import('./import.tsx')).ImportScreen),
  export: later(async () => (await import('./export.tsx')).ExportScreen),
  'join-account': later(async () => (await import('../account/join-account.tsx')).JoinAccount),
  account: later(async () => (await import('../account/account.tsx')).Account),
  'account-hint': later(async () => (await import('../account/account-hint.tsx')).AccountHint),
  'change-email': later(async () => (await import('../account/change-email.tsx')).ChangeEmail),
  devices: later(async () => (await import('../account/devices.tsx')).Devices),
  'leave-account': later(async () => (await import('../account/leave-account.tsx')).LeaveAccount),
  'delete-account': later(async () => (await import('../account/delete-account.tsx')).DeleteAccount),
  'bring-password': later(async () => (await import('../account/bring-password.tsx')).BringPassword),
  suspended: later(async () => (await import('../account/suspended.tsx')).Suspended),
  bin: later(async () => (await import('./bin.tsx')).BinScreen),
};
