//! Ways back in, and settings.

use super::Engine;
use super::convert::{json, object, parsed, secret32, thrown, with_code, writes};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Engine {
    /// Sets a new master password, `{kdfId, salt, hint}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = setMasterPassword, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn set_master_password(
        &mut self,
        input: &str,
        stretched: &[u8],
    ) -> Result<JsValue, JsValue> {
        self.keeper
            .set_master_password(parsed(input)?, secret32(stretched)?)
            .map(writes)
            .map_err(thrown)
    }

    /// Changes the hint.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = setHint, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn set_hint(&mut self, hint: &str) -> Result<JsValue, JsValue> {
        self.keeper.set_hint(hint).map(writes).map_err(thrown)
    }

    /// Makes a recovery code in place of the one there is.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = newRecoveryCode, unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; recoveryCode: string }")]
    pub fn new_recovery_code(&mut self) -> Result<JsValue, JsValue> {
        self.keeper
            .new_recovery_code()
            .map(with_code)
            .map_err(thrown)
    }

    /// The person types a group of the code back: `{writes, confirmed}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = confirmRecoveryCode, unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; confirmed: boolean }")]
    pub fn confirm_recovery_code(&mut self, group: u8, text: &str) -> Result<JsValue, JsValue> {
        let commit = self
            .keeper
            .confirm_recovery_code(group, text)
            .map_err(thrown)?;
        let confirmed = commit.is_some().into();
        Ok(object([
            ("writes", writes(commit.unwrap_or_default())),
            ("confirmed", confirmed),
        ]))
    }

    /// Adds a passkey, `PasskeyEnrolment` without its PRF output.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = addPasskey, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn add_passkey(&mut self, input: &str, prf: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper
            .add_passkey(&parsed(input)?, prf)
            .map(writes)
            .map_err(thrown)
    }

    /// Renames a passkey.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = renamePasskey, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn rename_passkey(&mut self, slot_id: &str, name: &str) -> Result<JsValue, JsValue> {
        self.keeper
            .rename_passkey(slot_id, name)
            .map(writes)
            .map_err(thrown)
    }

    /// Removes a passkey.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = removePasskey, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn remove_passkey(&mut self, slot_id: &str) -> Result<JsValue, JsValue> {
        self.keeper
            .remove_passkey(slot_id)
            .map(writes)
            .map_err(thrown)
    }

    /// The person typed the master password to keep it in mind: `{writes, right, misses}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(
        unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; right: boolean; misses: number }"
    )]
    pub fn practice(&mut self, slot_id: &str, stretched: &[u8]) -> Result<JsValue, JsValue> {
        let done = self
            .keeper
            .practice(slot_id, secret32(stretched)?)
            .map_err(thrown)?;
        Ok(object([
            ("writes", writes(done.commit)),
            ("right", done.right.into()),
            ("misses", done.misses.into()),
        ]))
    }

    /// Asks again tomorrow.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = skipPractice, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn skip_practice(&mut self) -> Result<JsValue, JsValue> {
        self.keeper.skip_practice().map(writes).map_err(thrown)
    }

    /// A backup file was saved.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = noteBackupSaved, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn note_backup_saved(&mut self) -> Result<JsValue, JsValue> {
        self.keeper.note_backup_saved().map(writes).map_err(thrown)
    }

    /// `SettingsView`.
    ///
    /// # Errors
    /// `{code}`.
    pub fn settings(&self) -> Result<String, JsValue> {
        json(&self.keeper.settings().map_err(thrown)?)
    }

    /// Saves `{lockAfter, vaultName}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = saveSettings, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn save_settings(&mut self, settings: &str) -> Result<JsValue, JsValue> {
        self.keeper
            .save_settings(&parsed(settings)?)
            .map(writes)
            .map_err(thrown)
    }
}
