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
  import: later(async () => (await import('./import.tsx')).ImportScreen),
  export: later(async () => (await import('./export.tsx')).ExportScreen),
  bin: later(async () => (await import('./bin.tsx')).BinScreen),
};
