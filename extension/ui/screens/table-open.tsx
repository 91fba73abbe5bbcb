import { ItemScreen } from './item.tsx';
import { later } from './later.tsx';
import { ListScreen } from './list.tsx';
import { NewScreen } from './new.tsx';
import type { OpenRoute, ScreenTable } from './table.ts';

const rest = () => import('./rest-open.ts');

/** The screens of an open vault. */
export const openScreens: ScreenTable<OpenRoute> = {
  list: ListScreen,
  item: ItemScreen,
  new: NewScreen,
  edit: later(async () => (await rest()).EditorScreen),
  history: later(async () => (await rest()).HistoryScreen),
  generator: later(async () => (await rest()).GeneratorScreen),
  health: later(async () => (await rest()).HealthScreen),
  settings: later(async () => (await rest()).SettingsScreen),
  equivalents: later(async () => (await rest()).EquivalentsScreen),
  never: later(async () => (await rest()).NeverScreen),
  'page-report': later(async () => (await rest()).PageReportScreen),
  'http-auth': later(async () => (await rest()).HttpAuthScreen),
  'sealed-vaults': later(async () => (await rest()).SealedVaults),
  'sealed-open': later(async () => (await rest()).SealedOpen),
  'undo-reset': later(async () => (await rest()).UndoReset),
  import: later(async () => (await rest()).ImportScreen),
  export: later(async () => (await rest()).ExportScreen),
  'join-account': later(async () => (await rest()).JoinAccount),
  account: later(async () => (await rest()).Account),
  'account-hint': later(async () => (await rest()).AccountHint),
  'change-email': later(async () => (await rest()).ChangeEmail),
  devices: later(async () => (await rest()).Devices),
  'leave-account': later(async () => (await rest()).LeaveAccount),
  'delete-account': later(async () => (await rest()).DeleteAccount),
  'bring-password': later(async () => (await rest()).BringPassword),
  suspended: later(async () => (await rest()).Suspended),
  bin: later(async () => (await rest()).BinScreen),
};
