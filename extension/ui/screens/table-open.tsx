import { BinScreen } from './bin.tsx';
import { EditorScreen } from './editor.tsx';
import { ExportScreen } from './export.tsx';
import { GeneratorScreen } from './generator.tsx';
import { HealthScreen } from './health.tsx';
import { HistoryScreen } from './history.tsx';
import { ImportScreen } from './import.tsx';
import { ItemScreen } from './item.tsx';
import { ListScreen } from './list.tsx';
import { NewScreen } from './new.tsx';
import { SettingsScreen } from './settings.tsx';
import type { OpenRoute, ScreenTable } from './table.ts';

/** The screens of an open vault. */
export const openScreens: ScreenTable<OpenRoute> = {
  list: ListScreen,
  item: ItemScreen,
  new: NewScreen,
  edit: EditorScreen,
  history: HistoryScreen,
  generator: GeneratorScreen,
  health: HealthScreen,
  settings: SettingsScreen,
  import: ImportScreen,
  export: ExportScreen,
  bin: BinScreen,
};
