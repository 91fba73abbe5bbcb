//! What reads all rows: checks, mending, health, backups, import, export.

use super::Engine;
use super::convert::{json, object, parsed, row_map, shown, thrown, writes};
use crate::keeper::{Imported, Mended, Rows};
use js_sys::{Map, Uint8Array};
use sesame_vault::item::ItemEdit;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Engine {
    /// `Damage[]`: rows that are missing or not those of the vault.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = verifyRows)]
    pub fn verify_rows(&self, rows: &Map) -> Result<String, JsValue> {
        json(&self.keeper.verify_rows(&row_map(rows)?).map_err(thrown)?)
    }

    /// Mends what can be mended: `{writes, damage}`, `damage` as JSON of what is left.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(
        unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; damage: string }"
    )]
    pub fn rebuild(&mut self, rows: &Map) -> Result<JsValue, JsValue> {
        let Mended { commit, left } = self.keeper.rebuild(&row_map(rows)?).map_err(thrown)?;
        Ok(object([
            ("writes", writes(commit)),
            ("damage", json(&left)?.into()),
        ]))
    }

    /// `AuditReport`.
    ///
    /// # Errors
    /// `{code}`.
    pub fn audit(&self, rows: &Map) -> Result<String, JsValue> {
        json(&self.keeper.audit(&row_map(rows)?).map_err(thrown)?)
    }

    /// A backup file; sealed, so it works while locked too.
    ///
    /// # Errors
    /// `{code}`.
    pub fn backup(&mut self, rows: &Map) -> Result<Uint8Array, JsValue> {
        let file = self.keeper.backup(&row_map(rows)?).map_err(thrown)?;
        Ok(Uint8Array::from(file.as_slice()))
    }

    /// Another instance, with a backup file in the place of stored data; locked.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = fromBackup)]
    pub fn from_backup(file: &[u8]) -> Result<Engine, JsValue> {
        let mut engine = Self::default();
        engine.keeper.load_backup(file).map_err(thrown)?;
        Ok(engine)
    }

    /// `BackupInfo` without handle and sameVault.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = backupInfo)]
    pub fn backup_info(&self) -> Result<String, JsValue> {
        json(&self.keeper.backup_info().map_err(thrown)?)
    }

    /// Whether the other instance holds the same vault.
    #[wasm_bindgen(js_name = isSameVault)]
    #[must_use]
    pub fn is_same_vault(&self, other: &Engine) -> bool {
        self.keeper.is_same_vault(&other.keeper)
    }

    /// The opened backup becomes this browser's vault.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn adopt(&mut self) -> Result<JsValue, JsValue> {
        self.keeper.adopt().map(writes).map_err(thrown)
    }

    /// Takes the items of an opened backup in; `rows` are this vault's: `{writes, report}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = mergeBackup, unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; report: string }")]
    pub fn merge_backup(&mut self, other: &Engine, rows: &Map) -> Result<JsValue, JsValue> {
        let rows = row_map(rows)?;
        reported(
            self.keeper
                .merge_backup(&other.keeper, &rows)
                .map_err(thrown)?,
        )
    }

    /// Takes `ItemEdit[]` in; `rows` are this vault's, to skip what is here already:
    /// `{writes, report}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = importItems, unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; report: string }")]
    pub fn import_items(&mut self, items: &str, rows: Option<Map>) -> Result<JsValue, JsValue> {
        let items: Vec<ItemEdit> = parsed(items)?;
        let rows = rows.as_ref().map_or_else(|| Ok(Rows::new()), row_map)?;
        reported(self.keeper.import_items(&items, &rows).map_err(thrown)?)
    }

    /// Everything outside the bin, readable, as `csv` or `json`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = exportReadable)]
    pub fn export_readable(&self, rows: &Map, format: &str) -> Result<String, JsValue> {
        shown(self.keeper.export_readable(&row_map(rows)?, format))
    }
}

pub(super) fn reported(imported: Imported) -> Result<JsValue, JsValue> {
    let report = json(&imported.report)?;
    Ok(object([
        ("writes", writes(imported.commit)),
        ("report", report.into()),
    ]))
}
